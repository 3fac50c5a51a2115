// From the bytes of a request to a Request, on a worker: decoding never holds the I/O thread.
#pragma once

#include "http/http.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chilang::http {

// What the I/O thread read. `status` other than 0: it already knows that this must be refused.
struct Raw {
    std::string method, target, body;
    Pairs headers;     // names in lower case
    std::string peer;  // address of the socket
    int status = 0;
};

std::optional<Method> method_of(std::string_view word);  // HEAD is get

// The path of a target as sent ("/a%20b"), without query; absolute form is understood; empty: bad.
std::string_view path_of(std::string_view target);

// Fills path, query, cookies, form, uploads and body. Returns 0, or the status of the refusal.
int take_in(Raw&& raw, bool trust_forwarded, Request& request);

}  // namespace chilang::http
