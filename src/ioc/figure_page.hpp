// The page of one figure, and the list of the records behind it. Open to everybody.
#pragma once

#include "http/http.hpp"
#include "platform/platform.hpp"

namespace chilang::ioc {

http::Response figure_page(const Platform& platform, http::Request& request);
http::Response records_page(const Platform& platform, http::Request& request);

}  // namespace chilang::ioc
