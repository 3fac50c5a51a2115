// What people do without an account: find a procedure, apply, keep the receipt, follow, verify.
//
// Every page works without a script and asks for nothing twice. A dossier is shown only for its
// code together with the secret of its receipt; both travel in the body of a POST, never in an
// address.
#pragma once

#include "dossiers/service.hpp"

#include <memory>

namespace chilang::dossiers {

void install_citizen(std::shared_ptr<Service> service);

}  // namespace chilang::dossiers
