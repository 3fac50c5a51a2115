// The same commands as JSON, under /api/v1.
#pragma once

#include "dossiers/service.hpp"

#include <memory>

namespace chilang::dossiers {

void install_api(std::shared_ptr<Service> service);

}  // namespace chilang::dossiers
