// Following a dossier by its code and the secret of its receipt.
#pragma once

#include "dossiers/service.hpp"
#include "http/http.hpp"

namespace chilang::dossiers {

http::Response track_form(Service& service, const http::Request& request);
http::Response track(Service& service, const http::Request& request);
http::Response applicants_slip(Service& service, const http::Request& request);
http::Response receipt_proof(Service& service, const http::Request& request);
// The applicant's own steps: bring the supplement, withdraw.
http::Response applicant_step(Service& service, const http::Request& request, Action action);

}  // namespace chilang::dossiers
