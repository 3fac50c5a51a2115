// Writing answers. Every answer carries the same security headers; a handler may replace one by
// setting it itself, and cannot split the head: control characters in its headers are dropped.
#include "http/reply.hpp"

#include "base/text.hpp"
#include "http/form.hpp"

#include <brotli/encode.h>

#include <ctime>

namespace chilang::http {

namespace {

constexpr std::size_t squeeze_min = 2048;  // below it a packet is a packet
constexpr int squeeze_quality = 4;         // 0.4 ms for a page of 30 kB

struct Default {
    std::string_view name, value;
};
constexpr Default defaults[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"X-Frame-Options", "DENY"},
    {"Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Content-Security-Policy",
     "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
     "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
    {"Cache-Control", "no-store"},
};

std::string_view reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 507:
            return "Insufficient Storage";
        default:
            return "Status";
    }
}

void line(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    for (const char c : value)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    out += "\r\n";
}

const std::string* given(const Pairs& headers, std::string_view name) {
    for (const auto& [key, value] : headers)
        if (key.size() == name.size() && lower(key) == lower(name)) return &value;
    return nullptr;
}

// The date of RFC 9110, made once a second on each thread.
const std::string& http_date() {
    thread_local std::time_t made = 0;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now != made) {
        char buffer[40];
        std::tm parts{};
        gmtime_r(&now, &parts);
        text.assign(buffer,
                    std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &parts));
        made = now;
    }
    return text;
}

bool is_text(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/json") ||
           type.find("+json") != type.npos || type.find("+xml") != type.npos;
}

}  // namespace

std::string title_of(int status) {
    switch (status) {
        case 400:
            return "Yêu cầu không hợp lệ";
        case 401:
            return "Cần đăng nhập";
        case 403:
            return "Bạn không có quyền xem trang này";
        case 404:
            return "Không tìm thấy trang này";
        case 405:
            return "Trang này không nhận cách gửi đó";
        case 408:
            return "Gửi quá lâu nên kết nối đã ngắt";
        case 409:
            return "Việc này vừa được người khác làm";
        case 413:
            return "Dữ liệu gửi lên quá lớn";
        case 414:
            return "Địa chỉ quá dài";
        case 415:
            return "Không đọc được kiểu dữ liệu này";
        case 429:
            return "Bạn thử quá nhiều lần, hãy chờ ít phút";
        case 431:
            return "Phần đầu của yêu cầu quá lớn";
        case 503:
            return "Hệ thống đang bận, hãy thử lại sau ít phút";
        case 507:
            return "Kho lưu trữ của hệ thống đã đầy, chưa ghi được gì";
        default:
            return status < 500 ? "Yêu cầu không hợp lệ" : "Hệ thống gặp lỗi";
    }
}

Response plain_error(int status) {
    Response response;
    response.status = status;
    const std::string title = title_of(status);
    response.body = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>" + title +
                    "</title><h1>" + title + "</h1><p><a href=\"/\">Về trang đầu</a></p></html>\n";
    return response;
}

bool accepts_brotli(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
        const std::string_view one = accept_encoding.substr(0, comma);
        accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
        const auto semicolon = one.find(';');
        if (text::trim(one.substr(0, semicolon)) != "br") continue;
        const std::string_view rest =
            semicolon == one.npos ? "" : text::trim(one.substr(semicolon + 1));
        return !(rest.starts_with("q=0") && rest.find_first_of("123456789", 3) == rest.npos);
    }
    return false;
}

std::string brotli(std::string_view bytes, int quality) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    const auto mode = quality > 9 ? BROTLI_MODE_TEXT : BROTLI_MODE_GENERIC;
    const bool done =
        BrotliEncoderCompress(quality, quality > 9 ? BROTLI_DEFAULT_WINDOW : 18, mode, bytes.size(),
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data()));
    out.resize(done ? size : 0);
    return out;
}

Wire to_wire(Response&& response, const Manner& manner) {
    Wire wire;
    wire.status = response.status;
    wire.close = !manner.keep_alive;
    const bool bodiless = response.status == 204 || response.status == 304;
    std::string& head = wire.head;
    head.reserve(1024);
    head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head += reason(response.status);
    head += "\r\n";
    line(head, "Date", http_date());
    if (!response.type.empty() && !bodiless) line(head, "Content-Type", response.type);
    if (is_text(response.type) && !given(response.headers, "Content-Encoding")) {
        line(head, "Vary", "Accept-Encoding");
        if (manner.squeeze == Squeeze::brotli && response.body.size() > squeeze_min) {
            if (std::string squeezed = brotli(response.body, squeeze_quality); !squeezed.empty()) {
                response.body = std::move(squeezed);
                line(head, "Content-Encoding", "br");
            }
        }
    }
    for (const auto& [name, value] : response.headers) line(head, name, value);
    for (const Default& item : defaults)
        if (!given(response.headers, item.name)) line(head, item.name, item.value);
    if (!manner.trace_id.empty()) line(head, "X-Trace-Id", manner.trace_id);
    if (response.status >= 200 && !bodiless)
        line(head, "Content-Length", std::to_string(response.body.size()));
    line(head, "Connection", manner.keep_alive ? "keep-alive" : "close");
    head += "\r\n";
    if (!manner.head && !bodiless) wire.body = std::move(response.body);
    return wire;
}

}  // namespace chilang::http
