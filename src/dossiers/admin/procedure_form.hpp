// The form of a version: what was typed ↔ a procedure. Components are lines of a text area.
#pragma once

#include "dossiers/admin/procedures.hpp"
#include "html/html.hpp"
#include "http/http.hpp"

namespace chilang::dossiers {

// A number that is none becomes -1, which save_draft refuses beside its field.
Procedure read_procedure(const http::Request& request);
std::vector<Component> read_components(std::string_view lines);
std::string write_components(const std::vector<Component>& components);
// What was typed when there is a form, else the values of `procedure`.
void set_procedure_fields(html::View& content, const Service& service, const http::Request& request,
                          const Procedure& procedure, const Problems& problems);
std::string_view label(ProcedureScope scope);
std::string_view label(PausePolicy policy);
std::string_view source_label(std::string_view source);  // of a component
std::string limit_of(const Procedure& procedure);        // "5 ngày làm việc"

}  // namespace chilang::dossiers
