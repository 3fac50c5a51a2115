// Applying online: the form, the submission, the receipt.
#pragma once

#include "dossiers/service.hpp"
#include "http/http.hpp"

namespace chilang::dossiers {

http::Response apply_page(Service& service, const http::Request& request);
http::Response apply_submit(Service& service, const http::Request& request);

}  // namespace chilang::dossiers
