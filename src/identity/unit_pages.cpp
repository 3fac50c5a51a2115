// Administrative units: those of a day or those that match a name of any time, and one of them with
// what it came from and what became of it.
#include "base/text.hpp"
#include "identity/desk.hpp"

#include <algorithm>

namespace chilang::identity {

namespace {

constexpr std::string_view home = "/quan-tri/don-vi";

std::string href_of(std::int64_t unit) {
    return std::string(home) + "/" + std::to_string(unit);
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

http::Response list_page(const State& state, const http::Request& request) {
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
                      .columns = {{"Mã"}, {"Tên"}, {"Hiệu lực"}, {"Hình thành từ"}, {"Nay thuộc"}},
                      .stack = true};
    for (const places::Unit* unit : units)
        table.rows.push_back(
            {.cells = {{.text = unit->code},
                       {.text = places->full_name(*unit)},
                       {.text = chilang::show(unit->valid_from),
                        .second =
                            unit->valid_to ? "đến trước " + chilang::show(*unit->valid_to) : ""},
                       {.text = links_of(*places, places->predecessors(unit->id), false)},
                       {.text = links_of(*places, places->successors(unit->id), true)}},
             .href = href_of(unit->id)});
    html::Page page = admin_page("Đơn vị hành chính", home);
    html::View& content = page.content;
    const std::string number = text::number(static_cast<std::int64_t>(units.size()));
    content.set("lead", query.empty() ? number + " đơn vị có hiệu lực " + show_long(on) + "."
                                      : number + " đơn vị cũ và mới khớp với tên đã nhập.");
    content.set("pages", cut(table, request));
    content.set("date_form", query.empty() ? day_form(home, on, "") : html::View{});
    content.set("search",
                view(html::Search{.action = std::string(home),
                                  .value = query,
                                  .label = "Tìm đơn vị",
                                  .hint = "Tên cũ hoặc mới, có dấu hoặc không, hoặc mã"}));
    content.set("table", units.empty() ? html::View{} : view(table));
    content.set("empty", units.empty() ? view(html::EmptyState{
                                             .title = "Không có đơn vị nào khớp",
                                             .text = "Thử tên cũ trước khi sáp nhập, hoặc bớt chữ.",
                                             .action_label = "Xem tất cả đơn vị hôm nay",
                                             .action_href = std::string(home)})
                                       : html::View{});
    return show(state, request, "identity/admin_units", std::move(page));
}

html::View succession_table(const places::Places& places,
                            const std::vector<const places::Succession*>& links, bool forward) {
    html::Table table{.caption = forward ? "Nay thuộc" : "Hình thành từ",
                      .show_caption = true,
                      .columns = {{"Đơn vị"}, {"Ngày"}, {"Phần"}}};
    for (const places::Succession* link : links) {
        const places::Unit& other = places.unit(forward ? link->to : link->from);
        table.rows.push_back({.cells = {{.text = places.full_name(other)},
                                        {.text = chilang::show(link->date)},
                                        {.text = link->whole ? "Toàn bộ" : "Một phần"}},
                              .href = href_of(other.id)});
    }
    return table.rows.empty() ? html::View{} : view(table);
}

html::View agencies_table(const places::Places& places, std::int64_t unit) {
    html::Table table{.caption = "Cơ quan của đơn vị",
                      .show_caption = true,
                      .columns = {{"Mã"}, {"Tên"}, {"Hiệu lực"}}};
    for (const places::Agency& agency : places.agencies())
        if (agency.unit == unit)
            table.rows.push_back(
                {.cells = {{.text = agency.code},
                           {.text = agency.name},
                           {.text = chilang::show(agency.valid_from),
                            .second = agency.valid_to
                                          ? "đến trước " + chilang::show(*agency.valid_to)
                                          : ""}},
                 .href = "/quan-tri/co-quan/" + std::to_string(agency.id)});
    return table.rows.empty() ? html::View{} : view(table);
}

http::Response unit_page(const State& state, const http::Request& request) {
    const auto places = state.places.now();
    const auto all = places->units();
    const auto unit = std::ranges::find(all, id_param(request), &places::Unit::id);
    if (unit == all.end())
        return state.platform->router.error_page(request, 404, "Không có đơn vị này");
    html::Page page = admin_page(places->full_name(*unit), home);
    page.trail = {{"Quản trị", "/quan-tri"}, {"Đơn vị", std::string(home)}};
    html::View& content = page.content;
    const bool there = valid_on(*unit, date_of(request.now));
    content.set("head",
                view(html::RecordHead{.title = places->full_name(*unit),
                                      .code = unit->code,
                                      .tag = there ? html::Tag{html::Tone::done, "Đang có hiệu lực"}
                                                   : html::Tag{html::Tone::none, "Không còn"}}));
    html::SummaryList facts{
        .facts = {{.key = "Hiệu lực",
                   .value = "từ " + chilang::show(unit->valid_from),
                   .lines = unit->valid_to
                                ? std::vector{"đến trước " + chilang::show(*unit->valid_to)}
                                : std::vector<std::string>{}}}};
    if (unit->parent)
        facts.facts.push_back({.key = "Thuộc",
                               .value = places->full_name(places->unit(*unit->parent)),
                               .href = href_of(*unit->parent)});
    content.set("facts", view(facts));
    content.set("from", succession_table(*places, places->predecessors(unit->id), false));
    content.set("to", succession_table(*places, places->successors(unit->id), true));
    content.set("agencies", agencies_table(*places, unit->id));
    return show(state, request, "identity/admin_unit", std::move(page));
}

}  // namespace

void add_unit_routes(State& state, http::Router& router) {
    using http::Method;
    router.add({Method::get, std::string(home), "identity.admin", "none",
                [&state](http::Request& request) { return list_page(state, request); }});
    router.add({Method::get, std::string(home) + "/{id}", "identity.admin", "none",
                [&state](http::Request& request) { return unit_page(state, request); }});
}

}  // namespace chilang::identity
