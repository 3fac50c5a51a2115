// From a Response to the bytes on the wire: security headers, compression, length, dates.
#pragma once

#include "http/http.hpp"

#include <string>
#include <string_view>

namespace chilang::http {

enum class Squeeze { no, brotli };
struct Manner {
    bool head = false;  // answer to HEAD: no body
    bool keep_alive = true;
    Squeeze squeeze = Squeeze::no;  // what the client accepts and we have time for
    std::string_view trace_id;
};
struct Wire {
    std::string head, body;
    int status = 200;
    bool close = false;
};

Wire to_wire(Response&& response, const Manner& manner);

// The sentence of an error page: 404 is "Không tìm thấy trang này".
std::string title_of(int status);

// A page that needs nothing: used when the queue is full or no error_page is set.
Response plain_error(int status);

bool accepts_brotli(std::string_view accept_encoding);
std::string brotli(std::string_view bytes, int quality);

}  // namespace chilang::http
