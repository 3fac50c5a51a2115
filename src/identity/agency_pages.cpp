// Agencies: those of a day, one with its names and successions, and its founding, renaming,
// closing.
#include "base/text.hpp"
#include "identity/agencies.hpp"
#include "identity/desk.hpp"

#include <algorithm>

namespace chilang::identity {

namespace {

constexpr std::string_view home = "/quan-tri/co-quan";

std::string href_of(std::int64_t agency) {
    return std::string(home) + "/" + std::to_string(agency);
}

std::string end_of(const places::Agency& agency) {
    return agency.valid_to ? "đến trước " + chilang::show(*agency.valid_to) : "";
}

// What the three forms ask, filled with what was typed.
struct Form {
    const http::Request& request;
    const Problems& problems;

    html::View field(html::FieldView one) const {
        one.value = std::string(request.field(one.name));
        one.error = html::error_of(problems, one.name);
        return view(one);
    }
    html::View name() const {
        return field({.name = "ten", .label = "Tên đầy đủ", .length_max = 160});
    }
    html::View short_name() const {
        return field({.name = "ten_ngan", .label = "Tên viết tắt", .width = 20, .length_max = 40});
    }
    html::View day(const char* name, std::string label, std::string hint) const {
        return field({.name = name,
                      .label = std::move(label),
                      .hint = std::move(hint),
                      .inputmode = "numeric",
                      .width = 12,
                      .length_max = 10});
    }
    html::View decision(const char* name) const {
        return field({.name = name,
                      .label = "Quyết định",
                      .hint = "Số, ký hiệu và ngày ban hành",
                      .length_max = 200});
    }
    std::optional<Date> typed_day(std::string_view name) const {
        return parse_shown_date(text::trim(request.field(name)));
    }
    std::string typed(std::string_view name) const { return text::clean(request.field(name)); }
    std::int64_t number(std::string_view name) const {
        return text::parse_integer(request.field(name)).value_or(0);
    }
};

http::Response list_page(const State& state, const http::Request& request) {
    const auto places = state.places.now();
    const Date on = asked_date(request);
    const std::string query = text::fold(request.arg("q"));
    html::Table table{.caption = "Cơ quan",
                      .columns = {{"Mã"}, {"Tên"}, {"Hiệu lực"}, {"Cơ quan kế thừa"}},
                      .stack = true};
    for (const places::Agency* agency : places->agencies_on(on)) {
        std::string name = places->name_on(*agency, on);
        const std::string now = places->full_name(*agency);
        if (text::fold(name + " " + now + " " + agency->code).find(query) == std::string::npos)
            continue;
        std::string second = name == agency->name ? agency->short_name : "nay là " + agency->name;
        if (name == agency->name) name = now;
        table.rows.push_back(
            {.cells = {{.text = agency->code},
                       {.text = std::move(name), .second = std::move(second)},
                       {.text = chilang::show(agency->valid_from), .second = end_of(*agency)},
                       {.text = agency->successor
                                    ? places->full_name(places->agency(*agency->successor))
                                    : "–"}},
             .href = href_of(agency->id)});
    }
    html::Page page = admin_page("Cơ quan", home);
    html::View& content = page.content;
    content.set("lead",
                text::number(static_cast<std::int64_t>(table.rows.size())) + " cơ quan hoạt động " +
                    show_long(on) +
                    ". Mã dưới H37 là mã trình diễn, chưa phải mã chính thức theo Quyết định "
                    "20/2020/QĐ-TTg.");
    content.set("pages", cut(table, request));
    content.set("date_form", day_form(home, on, request.arg("q")));
    content.set("search", view(html::Search{.action = std::string(home),
                                            .value = std::string(request.arg("q")),
                                            .label = "Tìm cơ quan",
                                            .keep = {{"ngay", to_iso(on)}}}));
    content.set("table", table.rows.empty() ? html::View{} : view(table));
    content.set("empty",
                table.rows.empty()
                    ? view(html::EmptyState{.title = "Không có cơ quan nào khớp",
                                            .text = "Bớt chữ trong ô tìm, hoặc xem ngày khác."})
                    : html::View{});
    return show(state, request, "identity/admin_agencies", std::move(page));
}

http::Response new_page(const State& state, const http::Request& request, const Problems& problems,
                        int status) {
    const Form form{request, problems};
    html::Page page = admin_page("Thêm cơ quan", home);
    page.trail = {{"Quản trị", "/quan-tri"}, {"Cơ quan", std::string(home)}};
    html::View& content = page.content;
    content.set("errors", html::error_summary(problems));
    content.set("code", form.field({.name = "ma",
                                    .label = "Mã định danh",
                                    .hint = "Theo Quyết định 20/2020/QĐ-TTg, ví dụ H37.12",
                                    .width = 12,
                                    .length_max = 20}));
    content.set("name", form.name());
    content.set("short_name", form.short_name());
    html::ChoiceView kinds{
        .name = "loai", .label = "Loại", .chosen = {std::string(request.field("loai"))}};
    const auto words = type_of<places::AgencyKind>().labels;
    for (std::size_t i = 0; i < words.size(); ++i)
        kinds.options.push_back(
            {words[i], std::string(places::label(static_cast<places::AgencyKind>(i)))});
    content.set("kind", view(kinds));
    html::ChoiceView units{.name = "don_vi",
                           .label = "Đơn vị hành chính",
                           .hint = "Địa bàn mà cơ quan phục vụ",
                           .error = html::error_of(problems, "don_vi"),
                           .chosen = {std::string(request.field("don_vi"))},
                           .placeholder = "Chọn đơn vị"};
    const auto places = state.places.now();
    for (const auto id : places->subtree(places->province().id, date_of(request.now)))
        units.options.push_back({std::to_string(id), places->full_name(places->unit(id))});
    content.set("unit", view(units));
    content.set("day", form.day("tu_ngay", "Hoạt động từ ngày", "Ví dụ 01/07/2025"));
    content.set("decision", form.decision("quyet_dinh"));
    return show(state, request, "identity/admin_agency_new", std::move(page), status);
}

html::Table names_table(const places::Places& places, std::int64_t agency) {
    html::Table table{.caption = "Tên qua các thời kỳ",
                      .show_caption = true,
                      .columns = {{"Từ ngày"}, {"Tên"}, {"Quyết định"}}};
    for (const places::AgencyName& name : places.names(agency))
        table.rows.push_back(
            {.cells = {{.text = chilang::show(name.valid_from)},
                       {.text = name.name, .second = name.short_name},
                       {.text = name.decision.empty() ? "Tên ban đầu" : name.decision}}});
    return table;
}

html::SummaryList facts_of(const places::Places& places, const places::Agency& agency) {
    html::SummaryList list{
        .facts = {
            {.key = "Loại", .value = std::string(places::label(agency.kind))},
            {.key = "Đơn vị hành chính",
             .value = places.full_name(places.unit(agency.unit)),
             .href = "/quan-tri/don-vi/" + std::to_string(agency.unit)},
            {.key = "Hiệu lực",
             .value = "từ " + chilang::show(agency.valid_from),
             .lines = agency.valid_to ? std::vector{end_of(agency)} : std::vector<std::string>{}}}};
    for (const places::Agency& other : places.agencies())
        if (other.successor && *other.successor == agency.id)
            list.facts.push_back({.key = "Tiếp nhận hồ sơ của",
                                  .value = places.full_name(other),
                                  .href = href_of(other.id)});
    if (agency.successor)
        list.facts.push_back({.key = "Hồ sơ đang mở do",
                              .value = places.full_name(places.agency(*agency.successor)),
                              .lines = {"tiếp nhận"},
                              .href = href_of(*agency.successor)});
    return list;
}

http::Response agency_page(const State& state, const http::Request& request,
                           const Problems& problems, int status) {
    const auto places = state.places.now();
    const std::int64_t id = id_param(request);
    const auto all = places->agencies();
    const auto agency = std::ranges::find(all, id, &places::Agency::id);
    if (agency == all.end())
        return state.platform->router.error_page(request, 404, "Không có cơ quan này");
    html::Page page = admin_page(agency->name, home);
    page.trail = {{"Quản trị", "/quan-tri"}, {"Cơ quan", std::string(home)}};
    html::View& content = page.content;
    const bool open = valid_on(*agency, date_of(request.now));
    content.set("errors", html::error_summary(problems));
    content.set("head", view(html::RecordHead{
                            .title = places->full_name(*agency),
                            .code = agency->code,
                            .tag = open ? html::Tag{html::Tone::done, "Đang hoạt động"}
                                        : html::Tag{html::Tone::none, "Không hoạt động"}}));
    content.set("facts", view(facts_of(*places, *agency)));
    content.set("names", view(names_table(*places, id)));
    content.set("href", href_of(id));
    content.set("changeable", !agency->valid_to);
    const Form form{request, problems};
    content.set("name", form.name());
    content.set("short_name", form.short_name());
    content.set("day", form.day("tu_ngay", "Tên mới từ ngày", "Từ hôm nay trở đi"));
    content.set("decision", form.decision("quyet_dinh"));
    html::ChoiceView next{.name = "ke_thua",
                          .label = "Cơ quan tiếp nhận hồ sơ đang mở",
                          .hint = "Thấy các hồ sơ này trong hộp việc; hạn và đồng hồ giữ nguyên",
                          .error = html::error_of(problems, "ke_thua"),
                          .chosen = {std::string(request.field("ke_thua"))},
                          .placeholder = "Chọn cơ quan"};
    for (const places::Agency* other : places->agencies_on(date_of(request.now)))
        if (other->id != id)
            next.options.push_back({std::to_string(other->id), places->full_name(*other)});
    content.set("next", view(next));
    content.set("closing_day",
                form.day("thoi_ngay", "Thôi hoạt động từ ngày", "Từ hôm nay trở đi"));
    content.set("closing_decision", form.decision("thoi_quyet_dinh"));
    auto connection = state.pool.lease();
    content.set("timeline", timeline_of(state, *connection, "agency/" + std::to_string(id)));
    return show(state, request, "identity/admin_agency", std::move(page), status);
}

places::NewAgency new_agency_of(const Form& form) {
    return {.code = form.typed("ma"),
            .name = form.typed("ten"),
            .short_name = form.typed("ten_ngan"),
            .kind = enum_value<places::AgencyKind>(form.request.field("loai"))
                        .value_or(places::AgencyKind::department),
            .unit = form.number("don_vi"),
            .from = form.typed_day("tu_ngay"),
            .decision = form.typed("quyet_dinh")};
}

http::Response create(State& state, http::Request& request) {
    const auto made =
        found_agency(state, actor(request), new_agency_of({request, {}}), request.now);
    if (!made) return new_page(state, request, made.problems(), 422);
    return http::redirect(href_of(*made));
}

http::Response rename(State& state, http::Request& request) {
    const Form form{request, {}};
    const auto done = rename_agency(state, actor(request),
                                    {.agency = id_param(request),
                                     .name = form.typed("ten"),
                                     .short_name = form.typed("ten_ngan"),
                                     .from = form.typed_day("tu_ngay"),
                                     .decision = form.typed("quyet_dinh")},
                                    request.now);
    if (!done) return agency_page(state, request, done.problems(), 422);
    return http::redirect(href_of(id_param(request)));
}

http::Response close(State& state, http::Request& request) {
    const Form form{request, {}};
    const auto done = close_agency(state, actor(request),
                                   {.agency = id_param(request),
                                    .day = form.typed_day("thoi_ngay"),
                                    .successor = text::parse_integer(request.field("ke_thua")),
                                    .decision = form.typed("thoi_quyet_dinh")},
                                   request.now);
    if (!done) return agency_page(state, request, done.problems(), 422);
    return http::redirect(href_of(id_param(request)));
}

}  // namespace

void add_agency_routes(State& state, http::Router& router) {
    using http::Method;
    const std::string base(home);
    router.add({Method::get, base, "identity.admin", "none",
                [&state](http::Request& request) { return list_page(state, request); }});
    router.add({Method::get, base + "/them", "identity.admin", "none",
                [&state](http::Request& request) { return new_page(state, request, {}, 200); }});
    router.add({Method::post, base + "/them", "identity.admin", "agency_added",
                [&state](http::Request& request) { return create(state, request); }});
    router.add({Method::get, base + "/{id}", "identity.admin", "none",
                [&state](http::Request& request) { return agency_page(state, request, {}, 200); }});
    router.add({Method::post, base + "/{id}/doi-ten", "identity.admin", "agency_renamed",
                [&state](http::Request& request) { return rename(state, request); }});
    router.add({Method::post, base + "/{id}/dong", "identity.admin", "agency_closed",
                [&state](http::Request& request) { return close(state, request); }});
}

}  // namespace chilang::identity
