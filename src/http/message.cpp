// Requests are asked, responses are made: the small conveniences of http.hpp.
#include "http/http.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

namespace chilang::http {

namespace {

std::string_view first(const Pairs& pairs, std::string_view name) {
    for (const auto& [key, value] : pairs)
        if (key == name) return value;
    return {};
}

}  // namespace

std::string_view Request::param(std::string_view name) const {
    return first(path_params, name);
}
std::string_view Request::arg(std::string_view name) const {
    return first(query, name);
}
std::string_view Request::field(std::string_view name) const {
    return first(form, name);
}
std::string_view Request::header(std::string_view name) const {
    return first(headers, name);
}
std::string_view Request::cookie(std::string_view name) const {
    return first(cookies, name);
}

Response redirect(std::string location, int status) {
    Response response;
    response.status = status;
    response.type.clear();
    response.headers.emplace_back("Location", std::move(location));
    return response;
}

Response text(std::string body, int status) {
    Response response;
    response.status = status;
    response.type = "text/plain; charset=utf-8";
    response.body = std::move(body);
    return response;
}

Response json(std::string body, int status) {
    Response response;
    response.status = status;
    response.type = "application/json";
    response.body = std::move(body);
    return response;
}

Response problem(int status, std::string title, const Problems& problems) {
    std::string body = "{\"type\":\"about:blank\",\"title\":" + json::quote(title) +
                       ",\"status\":" + std::to_string(status);
    if (!problems.empty()) {
        body += ",\"errors\":[";
        for (const Problem& problem : problems) {
            if (body.back() == '}') body += ',';
            body += "{\"field\":" + json::quote(problem.field) +
                    ",\"code\":" + json::quote(problem.code) +
                    ",\"message\":" + json::quote(problem.message) + "}";
        }
        body += ']';
    }
    Response response = json(body + "}", status);
    response.type = "application/problem+json";
    return response;
}

Response attachment(std::string bytes, std::string type, std::string filename) {
    Response response;
    response.type = std::move(type);
    response.body = std::move(bytes);
    // RFC 6266: the star form carries Vietnamese names; the plain one is for very old clients.
    std::string plain = text::fold(filename);
    for (char& c : plain)
        if (c == '"' || c == '\\' || c == ' ') c = '-';
    response.headers.emplace_back(
        "Content-Disposition",
        "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + text::escape_url(filename));
    return response;
}

std::string cookie(std::string_view name, std::string_view value, int max_age_seconds,
                   CookieReach reach) {
    std::string out(name);
    out += '=';
    out += value;
    out += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(max_age_seconds);
    if (reach == CookieReach::https_only) out += "; Secure";
    return out;
}

}  // namespace chilang::http
