// The front page, the search for a procedure, and a procedure's own page.
#include "dossiers/citizen/find.hpp"

#include "base/text.hpp"
#include "dossiers/citizen/show.hpp"
#include "places/places.hpp"

namespace chilang::dossiers {
namespace {

html::View procedure_row(const Procedure& procedure) {
    return {{"href", "/thu-tuc/" + procedure.code},
            {"name", procedure.name},
            {"field", procedure.field},
            {"level", std::string(label(procedure.level))},
            {"limit", limit_words(procedure)},
            {"sample", procedure.certainty == "generated"}};
}

html::View component_row(const Component& component) {
    return {{"name", component.name},
            {"from_data", component.source == "data"},
            {"original", component.source == "original"},
            {"optional", !component.required},
            {"copies",
             component.copies > 1 ? std::to_string(component.copies) + " bản" : std::string()}};
}

}  // namespace

http::Response front_page(Service& service, const http::Request& request) {
    html::Page page;
    page.title = "Dịch vụ công tỉnh Lạng Sơn";
    const auto procedures = service.procedures();
    html::View often = html::View::list();
    for (const char* code :
         {"1.001193", "2.000815", "1.000894", "1.004873", "2.000635", "1.001612"})
        if (const Procedure* procedure = procedures->find(std::string_view(code)))
            often.add(procedure_row(*procedure));
    page.content = {
        {"search",
         html::view(html::Search{.action = "/thu-tuc",
                                 .value = "",
                                 .label = "Anh/chị cần làm việc gì?",
                                 .hint = "Gõ không dấu cũng được, ví dụ: khai sinh, chung thuc"})},
        {"count", static_cast<std::int64_t>(procedures->in_force().size())},
        {"often", std::move(often)}};
    return citizen_page(service.platform(), request, "dossiers/citizen_front", std::move(page));
}

http::Response search_page(Service& service, const http::Request& request) {
    constexpr std::size_t shown_max = 30;
    const std::string typed = text::clean(request.arg("q"));
    const std::string field = text::clean(request.arg("linh-vuc"));
    const auto procedures = service.procedures();
    std::vector<const Procedure*> found;
    if (!typed.empty())
        found = procedures->search(typed, shown_max);
    else if (!field.empty())
        for (const Procedure* procedure : procedures->in_force())
            if (procedure->field == field) found.push_back(procedure);
    html::View rows = html::View::list(), fields = html::View::list();
    for (const Procedure* procedure : found) rows.add(procedure_row(*procedure));
    if (typed.empty() && field.empty())
        for (const std::string& name : procedures->fields())
            fields.add({{"name", name}, {"href", "/thu-tuc?linh-vuc=" + text::escape_url(name)}});
    html::Page page;
    page.title = typed.empty() ? field.empty() ? "Thủ tục hành chính" : field : "Tìm: " + typed;
    page.section = "procedures";
    page.content = {
        {"search", html::view(html::Search{.action = "/thu-tuc",
                                           .value = typed,
                                           .label = "Tìm thủ tục",
                                           .hint = "Gõ không dấu, sai một chữ vẫn tìm được"})},
        {"heading", field.empty() ? std::string("Thủ tục hành chính") : field},
        {"rows", std::move(rows)},
        {"fields", std::move(fields)},
        {"nothing", found.empty() && !typed.empty()},
        {"typed", typed}};
    return citizen_page(service.platform(), request, "dossiers/citizen_search", std::move(page));
}

http::Response procedure_page(Service& service, const http::Request& request) {
    Platform& platform = service.platform();
    const auto procedures = service.procedures();
    const Procedure* procedure = procedures->find(request.param("code"));
    if (!procedure) return platform.router.error_page(request, 404, "Không có thủ tục mang mã này");
    html::View components = html::View::list();
    for (const Component& component : procedure->components)
        components.add(component_row(component));
    const auto places = platform.places.now();
    html::SummaryList facts;
    facts.facts = {{.key = "Thời hạn giải quyết", .value = limit_words(*procedure)},
                   {.key = "Phí, lệ phí", .value = fee_words(*procedure)},
                   {.key = "Kết quả nhận được", .value = procedure->result_name},
                   {.key = "Mức độ trực tuyến", .value = std::string(label(procedure->level))},
                   {.key = "Khi phải bổ sung giấy tờ",
                    .value = procedure->pause_policy == PausePolicy::keep
                                 ? "Thời hạn vẫn tính tiếp"
                                 : "Thời hạn tạm dừng theo " + procedure->pause_clause},
                   {.key = "Lĩnh vực", .value = procedure->field},
                   {.key = "Mã thủ tục", .value = procedure->code},
                   {.key = "Căn cứ pháp lý", .value = procedure->basis}};
    html::Page page;
    page.title = procedure->name;
    page.section = "procedures";
    page.trail = {{"Thủ tục", "/thu-tuc"},
                  {procedure->field, "/thu-tuc?linh-vuc=" + text::escape_url(procedure->field)}};
    page.content = {
        {"name", procedure->name},
        {"facts", html::view(facts)},
        {"components", std::move(components)},
        {"apply",
         procedure->level == ServiceLevel::information ? "" : "/nop-ho-so/" + procedure->code},
        {"sample", procedure->certainty == "generated"},
        {"doubtful", procedure->certainty == "doubtful"}};
    return citizen_page(platform, request, "dossiers/citizen_procedure", std::move(page));
}

}  // namespace chilang::dossiers
