#include "app/pages.hpp"

#include "base/embedded.hpp"
#include "base/sha256.hpp"
#include "db/db.hpp"
#include "html/html.hpp"
#include "html/kit.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"
#include "ledger/ledger.hpp"
#include "platform/platform.hpp"

namespace chilang::app {
namespace {

constexpr std::string_view version = "0.1.0";

http::Response page(Platform& platform, const http::Request& request, std::string_view name, html::Page page) {
    identity::dress(page, request);
    http::Response response;
    response.body = platform.templates.page(name, page);
    response.headers.emplace_back("content-security-policy", platform.templates.csp(page.frame));
    return response;
}

std::string_view media_type(std::string_view path) {
    if (path.ends_with(".css")) return "text/css; charset=utf-8";
    if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (path.ends_with(".svg")) return "image/svg+xml";
    return "application/octet-stream";
}

http::Response asset(const http::Request& request) {
    const std::string path = "web/" + std::string(request.param("name"));
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.path != path) continue;
        http::Response response;
        response.type = media_type(path);
        response.body = file.bytes;
        response.headers.emplace_back("cache-control", "public, max-age=31536000, immutable");
        return response;
    }
    return http::text("Không có tệp này.", 404);
}

http::Response health(Platform& platform) {
    try {
        auto connection = platform.pool.lease();
        connection->query("SELECT 1");
        return http::json("{\"status\":\"ok\",\"version\":\"" + std::string(version) + "\",\"ledger_size\":" +
                          std::to_string(platform.ledger.size()) + "}");
    } catch (const db::Error&) {
        return http::json("{\"status\":\"unavailable\",\"reason\":\"database\"}", 503);
    }
}

http::Response api_page(Platform& platform, const http::Request& request) {
    static constexpr const char* methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    html::View routes = html::View::list();
    for (const http::Route& route : platform.router.routes()) {
        if (!route.pattern.starts_with("/api/v1")) continue;
        html::View query = html::View::list();
        for (const auto& [name, meaning] : route.doc.query)
            query.add({{"name", name}, {"meaning", meaning}});
        routes.add({{"method", methods[static_cast<int>(route.method)]},
                    {"pattern", route.pattern},
                    {"summary", route.doc.summary},
                    {"right", route.right},
                    {"event", route.event == "none" ? "" : route.event},
                    {"input", route.doc.input ? route.doc.input->name : ""},
                    {"output", route.doc.output ? route.doc.output->name : route.doc.output_type},
                    {"query", std::move(query)}});
    }
    html::Page shown;
    shown.title = "API";
    shown.content = {{"routes", std::move(routes)}};
    return page(platform, request, "app/api", std::move(shown));
}

}  // namespace

std::string asset_version() {
    std::string all;
    for (const EmbeddedFile& file : embedded_files())
        if (file.path.starts_with("web/")) all.append(file.bytes);
    return to_hex(view(sha256(all)).substr(0, 6));
}

void install_pages(Platform& platform, std::function<std::string()> metrics) {
    using http::Method;
    auto& router = platform.router;
    router.add({Method::get, "/assets/{name}", "public", "none", &asset});
    router.add({Method::get, "/healthz", "public", "none", [&](http::Request&) { return health(platform); }});
    router.add({Method::get, "/metrics", "public", "none", [metrics](http::Request&) {
                    http::Response response = http::text(metrics());
                    response.type = "text/plain; version=0.0.4; charset=utf-8";
                    return response;
                }});
    router.add({Method::get, "/kit", "public", "none", [&](http::Request& request) {
                    html::Page shown;
                    shown.title = "Bộ thành phần giao diện";
                    shown.frame = html::Page::Frame::staff;
                    shown.content = html::kit_gallery();
                    return page(platform, request, "html/kit", std::move(shown));
                }});
    router.add({Method::get, "/api", "public", "none",
                [&](http::Request& request) { return api_page(platform, request); }});
    router.add({.method = Method::get, .pattern = "/api/v1/openapi.json", .right = "public", .event = "none",
                .handler = [&](http::Request&) { return http::json(http::openapi(platform.router, version)); },
                .doc = {.summary = "This description of the API (OpenAPI 3.1)."}});
    install_ledger_pages(platform);
}

}  // namespace chilang::app
