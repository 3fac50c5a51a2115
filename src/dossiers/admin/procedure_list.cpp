// The catalogue as an administrator sees it: every procedure with the version that matters now, by
// words, level, field, agency, standing and certainty.
#include "base/text.hpp"
#include "dossiers/admin/admin.hpp"
#include "dossiers/admin/procedure_form.hpp"
#include "places/places.hpp"

#include <algorithm>
#include <set>

namespace chilang::dossiers {

namespace {

constexpr std::string_view home = "/quan-tri/thu-tuc";
constexpr std::size_t page_size = 50;

struct Asked {
    std::string words, level, field, agency, standing, certainty;
};

Asked asked_of(const http::Request& request) {
    const auto arg = [&](std::string_view name) { return std::string(request.arg(name)); };
    return {arg("q"),       arg("muc_do"),     arg("linh_vuc"),
            arg("co_quan"), arg("tinh_trang"), arg("do_tin")};
}

html::View select(std::string name, std::string label, std::string all,
                  std::vector<html::Option> options, const std::string& chosen) {
    options.insert(options.begin(), {"", std::move(all)});
    return view(html::ChoiceView{.name = std::move(name),
                                 .label = std::move(label),
                                 .options = std::move(options),
                                 .chosen = {chosen}});
}

// One row a procedure: the version in force, else the newest.
std::vector<const Procedure*> rows_of(const Procedures& procedures) {
    std::vector<const Procedure*> rows;
    const auto all = procedures.all();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (i + 1 == all.size() || all[i + 1].id != all[i].id) {
            const Procedure* offered = procedures.find(all[i].id);
            rows.push_back(offered ? offered : &all[i]);
        }
    return rows;
}

bool matches(const Procedure& p, const Asked& asked, const Procedures& procedures, Date today,
             const std::vector<std::string>& words) {
    if (!asked.level.empty() && asked.level != enum_name(p.level)) return false;
    if (!asked.field.empty() && asked.field != p.field) return false;
    if (!asked.agency.empty() && asked.agency != std::to_string(p.department)) return false;
    if (!asked.certainty.empty() && asked.certainty != p.certainty) return false;
    if (asked.standing == "draft") {
        if (!draft_of(procedures, p.id)) return false;
    } else if (!asked.standing.empty() && asked.standing != enum_name(standing(p, today))) {
        return false;
    }
    if (words.empty()) return true;
    const std::string text = text::fold(p.name + ' ' + p.code + ' ' + p.field);
    for (const std::string& word : words)
        if (text.find(word) == std::string::npos) return false;
    return true;
}

html::Row row_of(const Procedure& p, const Procedures& procedures, const places::Places& places,
                 Date today) {
    html::Row row{
        .cells = {{.text = p.code},
                  {.text = p.name, .second = p.field},
                  {.text = std::string(label(p.level))},
                  {.text = limit_of(p)},
                  {.text = places.agency(p.department).name},
                  {.second = draft_of(procedures, p.id) && p.published ? "có bản đang soạn" : "",
                   .tag = standing_tag(standing(p, today))},
                  {.tag = certainty_tag(p)}},
        .href = std::string(home) + "/" + std::to_string(p.id)};
    return row;
}

std::string href_with(const Asked& asked, std::int64_t page) {
    const std::pair<const char*, const std::string&> parts[] = {
        {"q", asked.words},        {"muc_do", asked.level},        {"linh_vuc", asked.field},
        {"co_quan", asked.agency}, {"tinh_trang", asked.standing}, {"do_tin", asked.certainty}};
    std::string href = std::string(home) + "?trang=" + std::to_string(page);
    for (const auto& [name, value] : parts)
        if (!value.empty()) href += std::string("&") + name + "=" + text::escape_url(value);
    return href;
}

void set_filters(html::View& content, const Service& service, const Asked& asked) {
    std::vector<html::Option> levels, fields, agencies;
    for (const auto level : {ServiceLevel::information, ServiceLevel::partial, ServiceLevel::full})
        levels.push_back({std::string(enum_name(level)), std::string(label(level))});
    std::set<std::int64_t> departments;
    for (const Procedure& p : service.procedures()->all()) departments.insert(p.department);
    for (const std::string& name : service.procedures()->fields()) fields.push_back({name, name});
    const auto places = service.platform().places.now();
    for (const std::int64_t id : departments)
        agencies.push_back({std::to_string(id), places->agency(id).name});
    content.set("words", view(html::FieldView{.name = "q",
                                              .label = "Tìm thủ tục",
                                              .hint = "Tên, mã hoặc lĩnh vực, có dấu hoặc không",
                                              .value = asked.words}));
    content.set("level", select("muc_do", "Mức độ", "Mọi mức độ", levels, asked.level));
    content.set("field", select("linh_vuc", "Lĩnh vực", "Mọi lĩnh vực", fields, asked.field));
    content.set("agency", select("co_quan", "Cơ quan", "Mọi cơ quan", agencies, asked.agency));
    content.set("standing", select("tinh_trang", "Tình trạng", "Mọi tình trạng",
                                   {{"in_force", "Đang công bố"},
                                    {"to_come", "Sắp có hiệu lực"},
                                    {"draft", "Có bản đang soạn"},
                                    {"ended", "Hết hiệu lực"}},
                                   asked.standing));
    content.set(
        "certainty",
        select("do_tin", "Nguồn dữ liệu", "Mọi nguồn",
               {{"sure", "Công bố"}, {"doubtful", "Cần kiểm tra"}, {"generated", "Mẫu minh họa"}},
               asked.certainty));
}

}  // namespace

html::Tag standing_tag(Standing standing) {
    switch (standing) {
        case Standing::in_force:
            return {html::Tone::done, "Đang công bố"};
        case Standing::to_come:
            return {html::Tone::on_course, "Sắp có hiệu lực"};
        case Standing::draft:
            return {html::Tone::attention, "Đang soạn"};
        case Standing::ended:
            break;
    }
    return {html::Tone::none, "Hết hiệu lực"};
}

html::Tag certainty_tag(const Procedure& p) {
    if (p.certainty == "sure") return {html::Tone::done, "Công bố"};
    if (p.certainty == "generated") return {html::Tone::none, "Mẫu minh họa"};
    return {html::Tone::attention, "Cần kiểm tra"};
}

http::Response procedure_list_page(Service& service, const http::Request& request) {
    const auto procedures = service.procedures();
    const auto places = service.platform().places.now();
    const Date today = date_of(request.now);
    const Asked asked = asked_of(request);
    const auto words = text::words(text::fold(asked.words));
    std::vector<const Procedure*> found;
    for (const Procedure* p : rows_of(*procedures))
        if (matches(*p, asked, *procedures, today, words)) found.push_back(p);
    const auto count = static_cast<std::int64_t>(found.size());
    const std::int64_t pages = std::max<std::int64_t>(1, (count + page_size - 1) / page_size);
    const std::int64_t page_number =
        std::clamp<std::int64_t>(text::parse_integer(request.arg("trang")).value_or(1), 1, pages);
    constexpr auto narrow = html::Column::Kind::narrow;
    html::Table table{.caption = "Thủ tục hành chính",
                      .columns = {{"Mã", narrow},
                                  {"Tên"},
                                  {"Mức độ", narrow},
                                  {"Thời hạn", narrow},
                                  {"Cơ quan phụ trách"},
                                  {"Tình trạng", narrow},
                                  {"Nguồn", narrow}},
                      .stack = true};
    for (std::size_t i = static_cast<std::size_t>(page_number - 1) * page_size;
         i < found.size() && table.rows.size() < page_size; ++i)
        table.rows.push_back(row_of(*found[i], *procedures, *places, today));
    html::Page page = identity::admin_page("Thủ tục", home);
    html::View& content = page.content;
    content.set("count", text::number(count) + " thủ tục");
    set_filters(content, service, asked);
    content.set("filtered", count != static_cast<std::int64_t>(rows_of(*procedures).size()));
    content.set("table", table.rows.empty() ? html::View{} : view(table));
    content.set("empty", table.rows.empty()
                             ? view(html::EmptyState{.title = "Không có thủ tục nào khớp",
                                                     .text = "Bớt chữ trong ô tìm hoặc bỏ bớt lọc.",
                                                     .action_label = "Xem tất cả thủ tục",
                                                     .action_href = std::string(home)})
                             : html::View{});
    content.set("pages", pages > 1
                             ? view(html::Pagination{
                                   .page = page_number,
                                   .pages = pages,
                                   .href = [&](std::int64_t to) { return href_with(asked, to); }})
                             : html::View{});
    return admin_show(service, request, "dossiers/admin_procedures", std::move(page));
}

}  // namespace chilang::dossiers
