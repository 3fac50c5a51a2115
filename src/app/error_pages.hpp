// Errors as pages: what happened, what to do, and the trace number for whoever is asked for help.
#pragma once

#include "http/http.hpp"

#include <functional>
#include <string>

namespace chilang {
struct Platform;
}

namespace chilang::app {

std::function<http::Response(const http::Request&, int status, std::string title)> error_pages(
    Platform& platform);

}  // namespace chilang::app
