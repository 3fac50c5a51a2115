// Registers of the administration: overview, rights, looks at personal data.
#include "base/text.hpp"
#include "identity/desk.hpp"

#include <algorithm>

namespace chilang::identity {

namespace {

http::Response list(const State& state, const http::Request& request, html::Page page,
                    const html::Table& table, std::string lead) {
    page.content.set("lead", std::move(lead));
    page.content.set("table", table.rows.empty() ? html::View{} : view(table));
    return show(state, request, "identity/admin_register", std::move(page));
}

http::Response overview(const State& state, const http::Request& request) {
    auto connection = state.pool.lease();
    const auto count = [&](std::string_view sql) {
        return connection->query(sql).at(0, 0).integer();
    };
    const auto places = state.places.now();
    const Date today = date_of(request.now);
    std::vector<OverviewLine> lines{
        {"Tài khoản đang dùng", count("SELECT count(*) FROM identity.account WHERE NOT disabled"),
         "/quan-tri/tai-khoan"},
        {"Tài khoản đã khóa", count("SELECT count(*) FROM identity.account WHERE disabled"),
         "/quan-tri/tai-khoan"},
        {"Phiên đang mở", count("SELECT count(*) FROM identity.session WHERE complete"), ""},
        {"Mã truy cập API đang dùng",
         connection
             ->query("SELECT count(*) FROM identity.api_token WHERE ended_at IS NULL"
                     " AND (expires_at IS NULL OR expires_at > $1)",
                     {state.clock_now()})
             .at(0, 0)
             .integer(),
         "/quan-tri/ma-truy-cap"},
        {"Đơn vị hành chính hôm nay",
         static_cast<std::int64_t>(places->subtree(places->province().id, today).size()),
         "/quan-tri/don-vi"},
        {"Cơ quan hôm nay", static_cast<std::int64_t>(places->agencies_on(today).size()),
         "/quan-tri/co-quan"}};
    for (const auto& more : state.overview) more(*connection, request.now, lines);
    lines.push_back({"Lượt cán bộ xem dữ liệu cá nhân",
                     count("SELECT count(*) FROM identity.look_up"), "/quan-tri/xem-du-lieu"});
    lines.push_back(
        {"Quyền theo vai trò", static_cast<std::int64_t>(rights().size()), "/quan-tri/quyen"});
    html::Table table{.caption = "Tổng quan",
                      .columns = {{"Nội dung"}, {"Số lượng", html::Column::Kind::number}}};
    for (OverviewLine& line : lines)
        table.rows.push_back(
            {.cells = {{.text = std::move(line.text)}, {.text = text::number(line.count)}},
             .href = std::move(line.href)});
    html::Page page = admin_page("Quản trị", "/quan-tri");
    page.content.set("table", view(table));
    return show(state, request, "identity/admin_overview", std::move(page));
}

http::Response rights_page(const State& state, const http::Request& request) {
    html::Table table{.caption = "Vai trò và quyền", .columns = {{"Quyền"}}};
    const auto roles = type_of<Role>().labels.size();
    for (std::size_t i = 0; i < roles; ++i)
        table.columns.push_back({std::string(label(static_cast<Role>(i)))});
    for (const Right& right : rights()) {
        html::Row row{.cells = {{.text = right.label, .second = right.name}}};
        for (std::size_t i = 0; i < roles; ++i) {
            const bool has = std::find(right.roles.begin(), right.roles.end(),
                                       static_cast<Role>(i)) != right.roles.end();
            row.cells.push_back({.text = has ? "Có" : "–"});
        }
        table.rows.push_back(std::move(row));
    }
    return list(state, request, admin_page("Quyền", "/quan-tri/quyen"), table,
                "Vai trò của chức danh cho các quyền sau. Thay đổi bảng này là thay đổi phần mềm, "
                "có kiểm thử kèm theo.");
}

http::Response look_ups_page(const State& state, const http::Request& request) {
    auto connection = state.pool.lease();
    html::Table table{.caption = "Lượt xem dữ liệu cá nhân",
                      .columns = {{"Lúc"}, {"Chức danh"}, {"Bản ghi"}, {"Lý do"}},
                      .stack = true};
    const auto rows = connection->query(
        "SELECT l.at, p.title, p.agency, l.subject, l.reason FROM identity.look_up l"
        " JOIN identity.position p ON p.id = l.position ORDER BY l.event DESC LIMIT 200");
    const auto places = state.places.now();
    for (std::size_t i = 0; i < rows.size(); ++i)
        table.rows.push_back(
            {.cells = {{.text = chilang::show(rows.at(i, 0).instant())},
                       {.text = std::string(rows.at(i, 1).text()),
                        .second = places->full_name(places->agency(rows.at(i, 2).integer()))},
                       {.text = std::string(rows.at(i, 3).text())},
                       {.text = std::string(rows.at(i, 4).text())}}});
    return list(state, request, admin_page("Nhật ký xem dữ liệu", "/quan-tri/xem-du-lieu"), table,
                "200 lượt gần nhất cán bộ mở dữ liệu cá nhân của người dân. Mỗi lượt là một sự "
                "kiện trong sổ cái.");
}

}  // namespace

void add_register_routes(State& state, http::Router& router) {
    const auto page = [&](const char* path, const char* right,
                          http::Response (*handler)(const State&, const http::Request&)) {
        router.add({http::Method::get, path, right, "none",
                    [&state, handler](http::Request& request) { return handler(state, request); }});
    };
    page("/quan-tri", "identity.admin", &overview);
    page("/quan-tri/quyen", "identity.audit", &rights_page);
    page("/quan-tri/xem-du-lieu", "identity.audit", &look_ups_page);
}

}  // namespace chilang::identity
