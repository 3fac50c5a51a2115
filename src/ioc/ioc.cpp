#include "ioc/ioc.hpp"

#include "html/html.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"
#include "ioc/board.hpp"
#include "ioc/figure_page.hpp"
#include "ioc/live.hpp"

namespace chilang::ioc {

namespace {

http::Response board(const Platform& platform, http::Request& request, bool wall) {
    const auto asking = ask(platform, request, wall ? "/dieu-hanh/man-hinh" : "/dieu-hanh", "");
    auto content = board_view(platform, asking, wall);
    if (request.wants_fragment())
        return {.body =
                    platform.templates.render(wall ? "ioc/wall_body" : "ioc/board_body", content)};
    content.set("source", asking.path + "?" + asking.arguments());
    content.set("bar", bar_view(asking, date_of(request.now)));
    html::Page page{.title = wall ? "Màn hình điều hành" : "Trung tâm điều hành",
                    .frame = wall ? html::Page::Frame::wall : html::Page::Frame::staff,
                    .section = "ioc",
                    .content = std::move(content)};
    page.live = "/luong";
    identity::dress(page, request);
    return {.status = asking.problems.empty() ? 200 : 422,
            .body = platform.templates.page(wall ? "ioc/wall" : "ioc/board", page)};
}

}  // namespace

void install(Platform& platform) {
    using identity::Role;
    identity::register_rights({{"ioc.view",
                                "Xem trung tâm điều hành",
                                {Role::head, Role::leader, Role::province_leader, Role::ict,
                                 Role::auditor, Role::administrator}}});
    platform.router.add(
        {http::Method::get, "/dieu-hanh", "ioc.view", "none",
         [platform](http::Request& request) { return board(platform, request, false); }});
    platform.router.add(
        {http::Method::get, "/dieu-hanh/man-hinh", "ioc.view", "none",
         [platform](http::Request& request) { return board(platform, request, true); }});
    platform.router.add(
        {http::Method::get, "/so-lieu/{id}", "public", "none",
         [platform](http::Request& request) { return figure_page(platform, request); }});
    platform.router.add(
        {http::Method::get, "/so-lieu/{id}/ban-ghi", "public", "none",
         [platform](http::Request& request) { return records_page(platform, request); }});
    publish_headlines(platform);
}

}  // namespace chilang::ioc
