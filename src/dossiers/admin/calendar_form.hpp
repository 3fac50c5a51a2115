// The form of a change of the calendar: the same fields come in the query of the preview and in the
// form that saves.
#pragma once

#include "dossiers/admin/calendar.hpp"
#include "html/kit.hpp"
#include "http/http.hpp"

#include <functional>

namespace chilang::dossiers {

using Field = std::function<std::string_view(std::string_view name)>;
Field query_of(const http::Request& request);
Field form_of(const http::Request& request);

CalendarCommand read_command(const Field& field);
// The fields of a new day: members date, kind, name, basis, sure.
void set_day_fields(html::View& content, const Field& field, const Problems& problems);
html::View decision_field(const Field& field, const Problems& problems);

}  // namespace chilang::dossiers
