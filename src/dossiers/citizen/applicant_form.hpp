// Who applies, as typed -> checked. Spaces, dots and dashes in numbers are forgiven.
#pragma once

#include "base/result.hpp"
#include "dossiers/model.hpp"
#include "http/http.hpp"

namespace chilang::dossiers {

// Problems carry the form's field names: name, citizen_id, phone, email, address.
Result<Applicant> applicant_form(const http::Request& request);

}  // namespace chilang::dossiers
