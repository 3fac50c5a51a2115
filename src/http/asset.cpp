// Files that never change under their address: compressed once at the start, kept a year.
#include "base/id.hpp"
#include "http/http.hpp"
#include "http/reply.hpp"

#include <functional>

namespace chilang::http {

void serve_asset(Router& router, std::string path, std::string type, std::string bytes) {
    struct Kept {
        std::string plain, squeezed, type, tag;
    };
    auto kept = std::make_shared<Kept>();
    kept->squeezed = brotli(bytes, 11);
    if (kept->squeezed.size() >= bytes.size()) kept->squeezed.clear();
    kept->tag = "\"" + std::to_string(std::hash<std::string>{}(bytes)) + "\"";
    kept->plain = std::move(bytes);
    kept->type = std::move(type);
    Route route;
    route.method = Method::get;
    route.pattern = std::move(path);
    route.right = "public";
    route.event = "none";
    route.handler = [kept](Request& request) {
        Response response;
        response.type = kept->type;
        response.headers = {{"Cache-Control", "public, max-age=31536000, immutable"},
                            {"ETag", kept->tag}};
        if (request.header("if-none-match") == kept->tag) {
            response.status = 304;
            return response;
        }
        const bool squeezed =
            !kept->squeezed.empty() && accepts_brotli(request.header("accept-encoding"));
        if (squeezed) {
            response.headers.emplace_back("Content-Encoding", "br");
            response.headers.emplace_back("Vary", "Accept-Encoding");
        }
        response.body = squeezed ? kept->squeezed : kept->plain;
        return response;
    };
    router.add(std::move(route));
}

}  // namespace chilang::http
