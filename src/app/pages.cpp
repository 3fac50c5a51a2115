#include "app/pages.hpp"

#include "base/json.hpp"
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

http::Response page(Platform& platform, const http::Request& request, std::string_view name,
                    html::Page page) {
    identity::dress(page, request);
    http::Response response;
    response.body = platform.templates.page(name, page);
    response.headers.emplace_back("content-security-policy", platform.templates.csp(page.frame));
    return response;
}

http::Response health(Platform& platform) {
    try {
        auto connection = platform.pool.lease();
        connection->query("SELECT 1");
        const std::string facts = ",\"version\":\"" + std::string(version) +
                                  "\",\"ledger_size\":" + std::to_string(platform.ledger.size());
        // Work goes on while nothing is sealed, but somebody has to look.
        if (const auto trouble = platform.ledger.trouble(); !trouble.empty())
            return http::json("{\"status\":\"degraded\",\"sealer\":\"halted\",\"reason\":" +
                                  json::quote(trouble) + facts + "}",
                              503);
        return http::json("{\"status\":\"ok\",\"sealer\":\"ok\"" + facts + "}");
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

// What the rail offers to staff and the menu to citizens; who lacks the right does not see the
// item.
void tell_menus(html::Templates& templates) {
    templates.rail({{"dossiers", "Việc của tôi", "/viec", "inbox", "dossiers.view"},
                    {"receive", "Tiếp nhận tại quầy", "/tiep-nhan", "add", "dossiers.receive"},
                    {"ioc", "Điều hành", "/dieu-hanh", "chart", "ioc.view"},
                    {"reports", "Báo cáo", "/bao-cao", "report", "reports.view"},
                    {"ledger", "Sổ cái", "/so-cai", "ledger", ""},
                    {"admin", "Quản trị", "/quan-tri", "settings", "identity.admin"}});
    templates.menu({{"procedures", "Thủ tục", "/thu-tuc", "", ""},
                    {"track", "Tra cứu hồ sơ", "/tra-cuu", "", ""},
                    {"verify", "Kiểm tra biên nhận", "/kiem-tra", "", ""}});
}

void install_pages(Platform& platform, std::function<std::string()> metrics) {
    using http::Method;
    auto& router = platform.router;
    for (html::Asset& asset : html::assets())
        http::serve_asset(router, "/assets/" + asset.name, asset.type, std::move(asset.bytes));
    router.add({Method::get, "/healthz", "public", "none",
                [&](http::Request&) { return health(platform); }});
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
    router.add(
        {.method = Method::get,
         .pattern = "/api/v1/openapi.json",
         .right = "public",
         .event = "none",
         .handler =
             [&](http::Request&) { return http::json(http::openapi(platform.router, version)); },
         .doc = {.summary = "This description of the API (OpenAPI 3.1)."}});
    install_ledger_pages(platform);
}

}  // namespace chilang::app
