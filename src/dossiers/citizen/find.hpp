// Pages on which a citizen finds a procedure.
#pragma once

#include "dossiers/service.hpp"
#include "http/http.hpp"

namespace chilang::dossiers {

http::Response front_page(Service& service, const http::Request& request);
http::Response search_page(Service& service, const http::Request& request);
http::Response procedure_page(Service& service, const http::Request& request);

}  // namespace chilang::dossiers
