// Decoding of requests; every refusal is a status with a page behind it, never a silent close.
#include "http/intake.hpp"

#include "base/text.hpp"
#include "http/form.hpp"

namespace chilang::http {

namespace {

int status_of(FormFault fault) {
    switch (fault) {
        case FormFault::none:
            return 0;
        case FormFault::too_many:
            return 413;
        case FormFault::malformed:
        case FormFault::not_utf8:
            break;
    }
    return 400;
}

// The last address of X-Forwarded-For: the one that our own proxy saw.
std::string forwarded(const Request& request, std::string peer) {
    const std::string_view header = request.header("x-forwarded-for");
    const auto comma = header.rfind(',');
    const auto last = text::trim(comma == header.npos ? header : header.substr(comma + 1));
    return last.empty() || last.size() > 45 ? peer : std::string(last);
}

int take_body(std::string&& body, Request& request) {
    const std::string_view type = request.header("content-type");
    const std::string kind = lower(text::trim(type.substr(0, type.find(';'))));
    if (kind == "application/x-www-form-urlencoded")
        return status_of(parse_urlencoded(body, {}, request.form));
    if (kind == "multipart/form-data")
        return status_of(parse_multipart(body, type, {}, request.form, request.uploads));
    request.body = std::move(body);
    return 0;
}

}  // namespace

std::optional<Method> method_of(std::string_view word) {
    if (word == "GET" || word == "HEAD") return Method::get;
    if (word == "POST") return Method::post;
    if (word == "PUT") return Method::put;
    if (word == "PATCH") return Method::patch;
    if (word == "DELETE") return Method::del;
    return std::nullopt;
}

std::string_view path_of(std::string_view target) {
    if (target.starts_with("http://") || target.starts_with("https://")) {
        const auto slash = target.find('/', target.find("//") + 2);
        target = slash == target.npos ? "/" : target.substr(slash);
    }
    if (!target.starts_with('/')) return {};
    return target.substr(0, target.find_first_of("?#"));
}

int take_in(Raw&& raw, bool trust_forwarded, Request& request) {
    request.method = method_of(raw.method).value_or(Method::get);
    request.head = raw.method == "HEAD";
    request.headers = std::move(raw.headers);
    request.remote = trust_forwarded ? forwarded(request, raw.peer) : raw.peer;
    const int bad = raw.status ? raw.status : 400;
    if (!is_plain_text(raw.target)) return bad;
    request.target = raw.target;
    const std::string_view path = path_of(raw.target);
    auto decoded = percent_decode(path, Plus::as_is);
    if (path.empty() || !decoded || !is_plain_text(*decoded)) return bad;
    request.path = std::move(*decoded);
    request.cookies = parse_cookies(request.header("cookie"));
    if (const auto question = raw.target.find('?'); question != raw.target.npos) {
        const std::string_view query = std::string_view(raw.target).substr(question + 1);
        if (const int status = status_of(parse_urlencoded(query, {}, request.query))) return status;
    }
    if (raw.status) return raw.status;
    return take_body(std::move(raw.body), request);
}

}  // namespace chilang::http
