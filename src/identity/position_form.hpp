// The three fields of a position (title, role, agency), used where one is granted.
#pragma once

#include "identity/desk.hpp"

namespace chilang::identity {

Position position_of_form(const http::Request& request);
void set_position_fields(html::View& content, const State& state, const http::Request& request,
                         const Problems& problems);

}  // namespace chilang::identity
