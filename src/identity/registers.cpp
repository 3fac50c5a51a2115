// Registers of the administration: rights, units and agencies on a date, days off, looks at data.
#include "base/csv.hpp"
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "identity/desk.hpp"

#include <algorithm>

namespace chilang::identity {

namespace {

http::Response list(const State& state, const http::Request& request, html::Page page,
                    const html::Table& table, std::string lead, html::View search = {}) {
    page.content.set("lead", std::move(lead));
    if (!page.content.find("date_form")) page.content.set("date_form", false);
    page.content.set("search", std::move(search));
    page.content.set("table", view(table));
    return show(state, request, "identity/admin_register", std::move(page));
}

Date asked_date(const http::Request& request) {
    const auto given = request.arg("ngay");
    if (const auto iso = parse_date(given)) return *iso;
    return parse_shown_date(given).value_or(date_of(request.now));
}

// The day of which the register speaks, as a form of its own.
html::View date_form(const char* action, Date on) {
    return html::View{{"action", action},
                      {"field", view(html::FieldView{.name = "ngay",
                                                     .label = "Xem theo ngày",
                                                     .hint = "Ví dụ 14/06/2023",
                                                     .value = chilang::show(on),
                                                     .inputmode = "numeric",
                                                     .width = 12})}};
}

http::Response overview(const State& state, const http::Request& request) {
    auto connection = state.pool.lease();
    const auto count = [&](std::string_view sql) {
        return text::number(connection->query(sql).at(0, 0).integer());
    };
    const auto places = state.places.now();
    const Date today = date_of(request.now);
    html::Table table{.caption = "Tổng quan",
                      .columns = {{"Nội dung"}, {"Số lượng", html::Column::Kind::number}}};
    const auto row = [&](std::string text, std::string number, std::string href) {
        table.rows.push_back({.cells = {{.text = std::move(text)}, {.text = std::move(number)}},
                              .href = std::move(href)});
    };
    row("Tài khoản đang dùng", count("SELECT count(*) FROM identity.account WHERE NOT disabled"),
        "/quan-tri/tai-khoan");
    row("Tài khoản đã khóa", count("SELECT count(*) FROM identity.account WHERE disabled"),
        "/quan-tri/tai-khoan");
    row("Phiên đang mở", count("SELECT count(*) FROM identity.session WHERE complete"),
        "/quan-tri/tai-khoan");
    row("Đơn vị hành chính hôm nay",
        text::number(
            static_cast<std::int64_t>(places->subtree(places->province().id, today).size())),
        "/quan-tri/don-vi");
    row("Cơ quan hôm nay",
        text::number(static_cast<std::int64_t>(places->agencies_on(today).size())),
        "/quan-tri/co-quan");
    row("Lượt cán bộ xem dữ liệu cá nhân", count("SELECT count(*) FROM identity.look_up"),
        "/quan-tri/xem-du-lieu");
    return list(state, request, admin_page("Quản trị", "/quan-tri"), table,
                "Quyền gắn với chức danh tại cơ quan, không gắn với người.");
}

http::Response rights_page(const State& state, const http::Request& request) {
    html::Table table{.caption = "Vai trò và quyền", .columns = {{"Quyền"}}};
    const auto roles = type_of<Role>().labels.size();
    for (std::size_t i = 0; i < roles; ++i)
        table.columns.push_back(
            {std::string(label(static_cast<Role>(i))), html::Column::Kind::narrow});
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

std::string links_of(const places::Places& places,
                     const std::vector<const places::Succession*>& links, bool forward) {
    std::string text;
    for (const places::Succession* link : links) {
        if (!text.empty()) text += "; ";
        text += places.full_name(places.unit(forward ? link->to : link->from));
        text += link->whole ? "" : " (một phần)";
    }
    return text.empty() ? "–" : text;
}

http::Response units_page(const State& state, const http::Request& request) {
    const auto places = state.places.now();
    const Date on = asked_date(request);
    const std::string query(request.arg("q"));
    std::vector<const places::Unit*> units;
    if (query.empty())
        for (const auto id : places->subtree(places->province().id, on))
            units.push_back(&places->unit(id));
    else
        units = places->search(query, 50);
    html::Table table{.caption = "Đơn vị hành chính",
                      .columns = {{"Mã"}, {"Tên"}, {"Hiệu lực"}, {"Hình thành từ"}, {"Nay thuộc"}}};
    for (const places::Unit* unit : units)
        table.rows.push_back(
            {.cells = {
                 {.text = unit->code},
                 {.text = places->full_name(*unit)},
                 {.text = chilang::show(unit->valid_from),
                  .second = unit->valid_to ? "đến trước " + chilang::show(*unit->valid_to) : ""},
                 {.text = links_of(*places, places->predecessors(unit->id), false)},
                 {.text = links_of(*places, places->successors(unit->id), true)}}});
    const std::string lead =
        query.empty() ? std::to_string(units.size()) + " đơn vị có hiệu lực " + show_long(on) + "."
                      : std::to_string(units.size()) + " đơn vị cũ và mới khớp với tên đã nhập.";
    html::Page page = admin_page("Đơn vị hành chính", "/quan-tri/don-vi");
    page.content.set("date_form", date_form("/quan-tri/don-vi", on));
    return list(state, request, std::move(page), table, lead,
                view(html::Search{.action = "/quan-tri/don-vi",
                                  .value = query,
                                  .label = "Tìm đơn vị",
                                  .hint = "Tên cũ hoặc mới, có dấu hoặc không, hoặc mã."}));
}

http::Response agencies_page(const State& state, const http::Request& request) {
    const auto places = state.places.now();
    const Date on = asked_date(request);
    const std::string query = text::fold(request.arg("q"));
    html::Table table{.caption = "Cơ quan",
                      .columns = {{"Mã"}, {"Tên"}, {"Hiệu lực"}, {"Cơ quan kế thừa"}}};
    for (const places::Agency* agency : places->agencies_on(on)) {
        const std::string name = places->full_name(*agency);
        if (text::fold(name + " " + agency->code).find(query) == std::string::npos) continue;
        table.rows.push_back(
            {.cells = {
                 {.text = agency->code},
                 {.text = name, .second = agency->short_name},
                 {.text = chilang::show(agency->valid_from),
                  .second =
                      agency->valid_to ? "đến trước " + chilang::show(*agency->valid_to) : ""},
                 {.text = agency->successor ? places->full_name(places->agency(*agency->successor))
                                            : "–"}}});
    }
    html::Page page = admin_page("Cơ quan", "/quan-tri/co-quan");
    page.content.set("date_form", date_form("/quan-tri/co-quan", on));
    return list(state, request, std::move(page), table,
                std::to_string(table.rows.size()) + " cơ quan hoạt động " + show_long(on) +
                    ". Mã dưới H37 là mã trình diễn, chưa phải mã chính thức theo Quyết định "
                    "20/2020/QĐ-TTg.",
                view(html::Search{.action = "/quan-tri/co-quan",
                                  .value = std::string(request.arg("q")),
                                  .label = "Tìm cơ quan",
                                  .keep = {{"ngay", to_iso(on)}}}));
}

http::Response holidays_page(const State& state, const http::Request& request) {
    html::Table table{.caption = "Ngày nghỉ và ngày làm bù",
                      .columns = {{"Ngày"}, {"Tên"}, {"Loại"}, {"Căn cứ"}, {"Độ chắc chắn"}}};
    const std::string year = std::to_string(civil(date_of(request.now)).year);
    for (const auto& row : read_csv(embedded_file("data/holidays.csv"))) {
        if (!row["date"].starts_with(year)) continue;
        const bool certain = row["certainty"] == "certain";
        table.rows.push_back(
            {.cells = {{.text = chilang::show(parse_date(row["date"]).value_or(Date{}))},
                       {.text = row["name"]},
                       {.text = row["kind"] == "off" ? "Nghỉ" : "Làm bù"},
                       {.text = row["basis"]},
                       {.tag = certain ? html::Tag{html::Tone::done, "Đã đối chiếu"}
                                       : html::Tag{html::Tone::attention, "Chờ xác nhận"}}}});
    }
    return list(
        state, request, admin_page("Ngày nghỉ", "/quan-tri/ngay-nghi"), table,
        "Năm " + year + ". Hạn trả kết quả được tính theo bảng này." +
            (year == "2026"
                 ? " Chưa có văn bản xác nhận có hoán đổi thứ Hai 23/11/2026 để nghỉ liền với "
                   "ngày 24/11/2026 hay không: bảng này coi là ngày làm việc."
                 : ""));
}

http::Response look_ups_page(const State& state, const http::Request& request) {
    auto connection = state.pool.lease();
    html::Table table{.caption = "Lượt xem dữ liệu cá nhân",
                      .columns = {{"Lúc"}, {"Chức danh"}, {"Bản ghi"}, {"Lý do"}}};
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
    page("/quan-tri/don-vi", "identity.admin", &units_page);
    page("/quan-tri/co-quan", "identity.admin", &agencies_page);
    page("/quan-tri/ngay-nghi", "identity.admin", &holidays_page);
    page("/quan-tri/xem-du-lieu", "identity.audit", &look_ups_page);
}

}  // namespace chilang::identity
