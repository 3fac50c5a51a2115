// Pages of the working calendar: the list of a year, one entry, and the preview that stands between
// the form and every change.
#include "base/text.hpp"
#include "dossiers/admin/admin.hpp"
#include "dossiers/admin/calendar_form.hpp"
#include "places/places.hpp"

#include <algorithm>

namespace chilang::dossiers {

namespace {

constexpr std::string_view home = "/quan-tri/ngay-nghi";
constexpr std::size_t shown_max = 200;

html::Tag tag_of(const workdays::Day& day) {
    if (!current(day)) return {html::Tone::none, "Đã bỏ"};
    if (!day.confirmed) return {html::Tone::attention, "Chưa xác nhận"};
    return {html::Tone::done, "Đã xác nhận"};
}

std::string kind_word(const workdays::Day& day) {
    return day.working ? "Làm bù" : "Nghỉ";
}

std::string source_of(const workdays::Day& day) {
    if (!day.decision.empty()) return day.decision;
    return day.confirmed ? "Danh mục ban đầu" : "Chưa có văn bản";
}

html::Table table_of(const std::vector<workdays::Day>& days, int year, bool ended) {
    constexpr auto narrow = html::Column::Kind::narrow;
    html::Table table{.caption = ended ? "Mục đã bỏ" : "Ngày nghỉ và ngày làm bù",
                      .columns = {{"Ngày", narrow},
                                  {"Tên"},
                                  {"Loại", narrow},
                                  {"Căn cứ"},
                                  {"Trạng thái", narrow}},
                      .stack = true};
    for (const workdays::Day& day : days) {
        if (civil(day.date).year != year || current(day) == ended) continue;
        table.rows.push_back(
            {.cells = {{.text = show_weekday(day.date)},
                       {.text = day.name},
                       {.text = kind_word(day), .second = std::string(label(day.basis))},
                       {.text = source_of(day),
                        .second = ended ? "Bỏ lúc " + show(*day.known_to) +
                                              (day.ended_by.empty() ? "" : ": " + day.ended_by)
                                        : ""},
                       {.tag = tag_of(day)}},
             .href = std::string(home) + "/" + std::to_string(day.id)});
    }
    return table;
}

http::Response list_page(Service& service, const http::Request& request, const Field& field,
                         const Problems& problems, int status) {
    const auto days = service.platform().workdays.days();
    int year = static_cast<int>(text::parse_integer(request.arg("nam")).value_or(0));
    if (year < 2015 || year > 2040) {
        const auto typed = parse_shown_date(text::trim(field("ngay")));
        year = civil(typed.value_or(date_of(request.now))).year;
    }
    html::Page page = identity::admin_page("Lịch làm việc", home);
    html::View& content = page.content;
    content.set("errors", html::error_summary(problems));
    content.set("saved", request.arg("da") == "luu");
    std::vector<html::Tab> years;
    const int first =
        std::min(civil(days->empty() ? date_of(request.now) : days->front().date).year,
                 civil(date_of(request.now)).year);
    const int last = std::max(civil(date_of(request.now)).year + 1, year);
    for (int y = first; y <= last; ++y)
        years.push_back(
            {std::to_string(y), std::string(home) + "?nam=" + std::to_string(y), y == year});
    content.set("years", view(years));
    content.set("year", std::to_string(year));
    const html::Table table = table_of(*days, year, false);
    const html::Table ended = table_of(*days, year, true);
    content.set("empty",
                table.rows.empty()
                    ? view(html::EmptyState{
                          .title = "Chưa có ngày nào của năm " + std::to_string(year),
                          .text = "Khi chưa nhập, mọi ngày từ thứ Hai đến thứ Sáu của năm được "
                                  "tính là ngày làm việc. Thêm các ngày nghỉ ngay khi có thông báo "
                                  "của năm."})
                    : html::View{});
    content.set("table", table.rows.empty() ? html::View{} : view(table));
    content.set("ended", ended.rows.empty() ? html::View{} : view(ended));
    set_day_fields(content, field, problems);
    content.set("decision", decision_field(field, problems));
    return admin_show(service, request, "dossiers/admin_calendar", std::move(page), status);
}

const workdays::Day* entry_of(const std::vector<workdays::Day>& days, std::int64_t id) {
    const auto at = std::ranges::find(days, id, &workdays::Day::id);
    return at == days.end() ? nullptr : &*at;
}

http::Response entry_page(Service& service, const http::Request& request, std::int64_t id,
                          const Field& field, const Problems& problems, int status) {
    const auto days = service.platform().workdays.days();
    const workdays::Day* day = entry_of(*days, id);
    if (!day) return admin_missing(service, request, "Không có ngày này trong lịch");
    html::Page page = identity::admin_page(day->name, home);
    page.trail = {{"Quản trị", "/quan-tri"}, {"Lịch làm việc", std::string(home)}};
    html::View& content = page.content;
    content.set("errors", html::error_summary(problems));
    content.set("head",
                view(html::RecordHead{
                    .title = day->name, .code = show_weekday(day->date), .tag = tag_of(*day)}));
    html::SummaryList facts{.facts = {{.key = "Loại", .value = kind_word(*day)},
                                      {.key = "Căn cứ", .value = std::string(label(day->basis))},
                                      {.key = "Văn bản", .value = source_of(*day)}}};
    if (day->known_to)
        facts.facts.push_back({.key = "Bỏ lúc",
                               .value = show(*day->known_to),
                               .lines = {day->ended_by},
                               .missing = ""});
    content.set("facts", view(facts));
    content.set("open", current(*day));
    content.set("unconfirmed", !day->confirmed);
    content.set("id", std::to_string(id));
    content.set("decision", decision_field(field, problems));
    return admin_show(service, request, "dossiers/admin_calendar_day", std::move(page), status);
}

html::Table moved_table(const Service& service, const std::vector<MovedDue>& moved) {
    html::Table table{.caption = "Hồ sơ đang mở sẽ có hạn khác nếu tính lại",
                      .columns = {{"Mã hồ sơ"}, {"Cơ quan"}, {"Đã hẹn"}, {"Nếu tính lại"}}};
    const auto places = service.platform().places.now();
    for (const MovedDue& one : moved) {
        if (table.rows.size() == shown_max) break;
        table.rows.push_back({.cells = {{.text = one.code},
                                        {.text = places->full_name(places->agency(one.agency))},
                                        {.text = show(one.promised)},
                                        {.text = show(one.recounted)}}});
    }
    return table;
}

std::string title_of(CalendarVerb verb) {
    switch (verb) {
        case CalendarVerb::add:
            return "Thêm ngày vào lịch";
        case CalendarVerb::confirm:
            return "Xác nhận ngày trong lịch";
        case CalendarVerb::end:
            break;
    }
    return "Bỏ ngày khỏi lịch";
}

http::Response again(Service& service, const http::Request& request, const Field& field,
                     const CalendarCommand& command, const Problems& problems) {
    return command.verb == CalendarVerb::add
               ? list_page(service, request, field, problems, 422)
               : entry_page(service, request, command.day, field, problems, 422);
}

http::Response preview_page(Service& service, const http::Request& request) {
    const Field field = query_of(request);
    const CalendarCommand command = read_command(field);
    const auto preview = preview_calendar(service, command, request.now);
    if (!preview) return again(service, request, field, command, preview.problems());
    html::Page page = identity::admin_page(title_of(command.verb), home);
    page.trail = {{"Quản trị", "/quan-tri"}, {"Lịch làm việc", std::string(home)}};
    html::View& content = page.content;
    const workdays::Day& day = preview->day;
    content.set("facts",
                view(html::SummaryList{.facts = {{.key = "Ngày", .value = show_weekday(day.date)},
                                                 {.key = "Tên", .value = day.name},
                                                 {.key = "Loại", .value = kind_word(day)},
                                                 {.key = "Văn bản",
                                                  .value = command.decision,
                                                  .missing = "Chưa có văn bản"}}}));
    const auto count = static_cast<std::int64_t>(preview->moved.size());
    std::string sentence = text::number(count) + " hồ sơ đang mở sẽ đổi hạn nếu tính lại";
    if (!day.confirmed)
        sentence = "Ngày chưa xác nhận không đổi cách tính hạn";
    else if (count == 0)
        sentence = "Không hồ sơ đang mở nào đổi hạn";
    content.set("impact",
                view(html::Banner{
                    .kind = count > 0 ? html::Banner::Kind::warning : html::Banner::Kind::info,
                    .title = sentence,
                    .text = "Hạn đã hẹn với người dân được giữ nguyên. Lịch mới áp dụng cho hồ sơ "
                            "tiếp nhận từ lúc lưu; muốn đổi hạn của một hồ sơ, lãnh đạo hẹn lại "
                            "theo Mẫu 04."}));
    content.set("moved", count > 0 ? view(moved_table(service, preview->moved)) : html::View{});
    content.set("more", preview->moved.size() > shown_max
                            ? "Bảng nêu " + std::to_string(shown_max) + " hồ sơ hẹn sớm nhất."
                            : "");
    html::View kept = html::View::list();
    for (const char* name :
         {"viec", "muc", "ngay", "loai", "ten", "can_cu", "quyet_dinh", "xac_nhan"})
        kept.add({{"name", name}, {"value", std::string(field(name))}});
    content.set("kept", std::move(kept));
    content.set("button", title_of(command.verb));
    return admin_show(service, request, "dossiers/admin_calendar_impact", std::move(page));
}

http::Response save(Service& service, const http::Request& request) {
    const Field field = form_of(request);
    const CalendarCommand command = read_command(field);
    const auto done = change_calendar(service, identity::actor(request), command, request.now);
    if (!done) return again(service, request, field, command, done.problems());
    return http::redirect(std::string(home) + "?nam=" + std::to_string(civil(done->day.date).year) +
                          "&da=luu");
}

}  // namespace

void add_calendar_pages(std::shared_ptr<Service> service) {
    using http::Method;
    http::Router& router = service->platform().router;
    const std::string base(home);
    router.add({Method::get, base, "calendar.admin", "none", [service](http::Request& request) {
                    return list_page(*service, request, query_of(request), {}, 200);
                }});
    router.add({Method::get, base + "/xem-truoc", "calendar.admin", "none",
                [service](http::Request& request) { return preview_page(*service, request); }});
    router.add(
        {Method::get, base + "/{id}", "calendar.admin", "none", [service](http::Request& request) {
             return entry_page(*service, request, identity::id_param(request), query_of(request),
                               {}, 200);
         }});
    router.add({Method::post, base, "calendar.admin", "calendar_day_added",
                [service](http::Request& request) { return save(*service, request); }});
}

}  // namespace chilang::dossiers
