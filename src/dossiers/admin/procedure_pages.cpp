// One procedure: a version with its facts and what the validator finds; drafting, publishing,
// ending.
#include "base/text.hpp"
#include "dossiers/admin/admin.hpp"
#include "dossiers/admin/procedure_form.hpp"
#include "places/places.hpp"

namespace chilang::dossiers {

namespace {

constexpr std::string_view home = "/quan-tri/thu-tuc";

std::string href_of(std::int64_t id) {
    return std::string(home) + "/" + std::to_string(id);
}

html::Page framed(std::string title) {
    html::Page page = identity::admin_page(std::move(title), home);
    page.trail = {{"Quản trị", "/quan-tri"}, {"Thủ tục", std::string(home)}};
    return page;
}

std::string period_of(const Procedure& p) {
    if (!p.published) return "chưa công bố";
    std::string text = "từ " + show(p.valid_from);
    if (p.valid_to) text += " đến trước " + show(*p.valid_to);
    return text;
}

std::string confirmed_by(Service& service, const Procedure& p) {
    if (!p.confirmed_by || !p.confirmed_on) return "";
    auto connection = service.platform().pool.lease();
    return service.platform().identity.name_of_position(*connection, *p.confirmed_by) + ", ngày " +
           show(*p.confirmed_on);
}

html::SummaryList facts_of_version(Service& service, const Procedure& p) {
    const auto places = service.platform().places.now();
    html::SummaryList list;
    const auto fact = [&](std::string key, std::string value, std::string missing) {
        list.facts.push_back(
            {.key = std::move(key), .value = std::move(value), .missing = std::move(missing)});
    };
    fact("Hiệu lực", period_of(p), "");
    fact("Xác nhận bởi", confirmed_by(service, p), "Chưa ai xác nhận nội dung");
    fact("Lĩnh vực", p.field, "Chưa ghi");
    fact("Cơ quan phụ trách", places->agency(p.department).name, "");
    fact("Cấp giải quyết", std::string(label(p.scope)), "");
    fact("Mức độ dịch vụ công", std::string(label(p.level)), "");
    fact("Kênh nộp",
         p.level == ServiceLevel::information ? "Trực tiếp, bưu chính"
                                              : "Trực tuyến, trực tiếp, bưu chính",
         "");
    fact("Thời hạn", limit_of(p), "");
    list.facts.push_back({.key = "Khi chờ bổ sung",
                          .value = std::string(label(p.pause_policy)),
                          .lines = p.pause_clause.empty() ? std::vector<std::string>{}
                                                          : std::vector{p.pause_clause}});
    list.facts.push_back(
        {.key = "Phí, lệ phí",
         .value = p.fee_dong > 0 ? text::money(p.fee_dong) : "0 đồng",
         .lines = p.fee_note.empty() ? std::vector<std::string>{} : std::vector{p.fee_note}});
    fact("Kết quả", p.result_name, "Chưa ghi");
    fact("Căn cứ pháp lý", p.basis, "Chưa ghi");
    fact("Cổng Dịch vụ công quốc gia",
         p.portal_level ? std::string(label(*p.portal_level))
                        : (p.portal_synced ? "Đã đồng bộ" : ""),
         "Chưa công khai");
    return list;
}

html::Table components_table(const Procedure& p) {
    html::Table table{.caption = "Thành phần hồ sơ",
                      .show_caption = true,
                      .columns = {{"Giấy tờ"}, {"Hình thức"}}};
    for (const Component& component : p.components)
        table.rows.push_back(
            {.cells = {{.text = component.name},
                       {.text = std::string(source_label(component.source)),
                        .second = std::to_string(component.copies) + " bản, " +
                                  (component.required ? "bắt buộc" : "không bắt buộc")}}});
    return table;
}

html::View findings_list(Procedure p) {
    if (!p.published) p.certainty = "sure";  // of a draft its text counts, not its source
    html::View list = html::View::list();
    for (const Finding& finding : findings(p))
        list.add({{"sentence", finding.sentence},
                  {"tag", view(finding.blocking ? html::Tag{html::Tone::error, "Phải sửa"}
                                                : html::Tag{html::Tone::attention, "Cần xem"})}});
    return list.empty() ? html::View{} : html::View{{"items", std::move(list)}};
}

void set_publishing(html::View& content, const http::Request& request, const Problems& problems,
                    bool doubts) {
    content.set("publish_day", view(html::FieldView{.name = "tu_ngay",
                                                    .label = "Có hiệu lực từ ngày",
                                                    .hint = "Từ hôm nay trở đi, ví dụ 01/12/2026",
                                                    .value = std::string(request.field("tu_ngay")),
                                                    .error = html::error_of(problems, "tu_ngay"),
                                                    .inputmode = "numeric",
                                                    .width = 12}));
    content.set("seen", doubts ? view(html::ChoiceView{
                                     .name = "da_xem",
                                     .label = "Các điểm cần xem",
                                     .error = html::error_of(problems, "da_xem"),
                                     .options = {{"co", "Tôi đã đối chiếu với văn bản gốc"}},
                                     .chosen = {std::string(request.field("da_xem"))}})
                               : html::View{});
}

http::Response record_page(Service& service, const http::Request& request, std::int64_t id,
                           const Problems& problems, int status) {
    const auto procedures = service.procedures();
    const auto versions = procedures->versions(id);
    if (versions.empty()) return admin_missing(service, request, "Không có thủ tục này");
    const Date today = date_of(request.now);
    const Procedure* draft = draft_of(*procedures, id);
    const Procedure* shown = procedures->version(
        id, static_cast<int>(text::parse_integer(request.arg("ban")).value_or(0)));
    if (!shown) shown = procedures->find(id);
    if (!shown || !problems.empty()) shown = draft ? draft : &versions.back();
    html::Page page = framed(shown->name);
    html::View& content = page.content;
    content.set("errors", html::error_summary(problems));
    html::RecordHead head{
        .title = shown->name, .code = shown->code, .tag = standing_tag(standing(*shown, today))};
    head.actions.push_back({.label = draft ? "Sửa bản đang soạn" : "Soạn phiên bản mới",
                            .href = href_of(id) + "/soan"});
    content.set("head", view(head));
    content.set("certainty", view(certainty_tag(*shown)));
    std::vector<html::Tab> tabs;
    for (const Procedure& version : versions)
        tabs.push_back({"Phiên bản " + std::to_string(version.version),
                        href_of(id) + "?ban=" + std::to_string(version.version),
                        &version == shown});
    content.set("versions", tabs.size() > 1 ? view(tabs) : html::View{});
    content.set("findings", findings_list(*shown));
    content.set("facts", view(facts_of_version(service, *shown)));
    content.set("components", view(components_table(*shown)));
    content.set("href", href_of(id));
    bool doubts = false;
    if (draft) {
        Procedure sure = *draft;
        sure.certainty = "sure";
        for (const Finding& finding : findings(sure)) doubts = doubts || !finding.blocking;
    }
    content.set("draft", shown == draft);
    set_publishing(content, request, problems, doubts);
    const Procedure* last = nullptr;
    for (const Procedure& version : versions)
        if (version.published) last = &version;
    content.set("endable", last == shown && last && !last->valid_to);
    content.set("end_day", view(html::FieldView{.name = "bo_ngay",
                                                .label = "Ngừng tiếp nhận từ ngày",
                                                .hint = "Hồ sơ đang mở vẫn được giải quyết tiếp",
                                                .value = std::string(request.field("bo_ngay")),
                                                .error = html::error_of(problems, "bo_ngay"),
                                                .inputmode = "numeric",
                                                .width = 12}));
    auto connection = service.platform().pool.lease();
    content.set("timeline", identity::timeline_of(service.platform().identity.state(), *connection,
                                                  procedure_stream(id)));
    return admin_show(service, request, "dossiers/admin_procedure", std::move(page), status);
}

// Of {id}, or a new procedure when there is none in the path.
http::Response draft_page(Service& service, const http::Request& request, std::int64_t id,
                          const Problems& problems, int status) {
    const auto procedures = service.procedures();
    const auto versions = procedures->versions(id);
    if (id != 0 && versions.empty()) return admin_missing(service, request, "Không có thủ tục này");
    Procedure start;
    start.limit_amount = 5;
    if (id != 0) start = versions.back();
    html::Page page = framed(id == 0 ? "Thêm thủ tục" : "Soạn phiên bản: " + start.name);
    page.content.set("errors", html::error_summary(problems));
    page.content.set("action", id == 0 ? std::string(home) + "/them" : href_of(id) + "/soan");
    page.content.set("code", id == 0 ? "" : start.code);
    set_procedure_fields(page.content, service, request, start, problems);
    return admin_show(service, request, "dossiers/admin_procedure_draft", std::move(page), status);
}

http::Response save(Service& service, const http::Request& request, std::int64_t id) {
    Procedure form = read_procedure(request);
    form.id = id;
    if (id != 0) {
        const auto procedures = service.procedures();
        const auto versions = procedures->versions(id);
        if (!versions.empty()) form.code = versions.back().code;
    }
    const auto saved = save_draft(service, identity::actor(request), std::move(form), request.now);
    if (!saved) return draft_page(service, request, id, saved.problems(), 422);
    return http::redirect(href_of(saved->id) + "?ban=" + std::to_string(saved->version));
}

http::Response publish_form(Service& service, const http::Request& request) {
    const std::int64_t id = identity::id_param(request);
    const auto done = publish(service, identity::actor(request),
                              {.id = id,
                               .from = parse_shown_date(text::trim(request.field("tu_ngay"))),
                               .doubts_seen = request.field("da_xem") == "co"},
                              request.now);
    if (!done) return record_page(service, request, id, done.problems(), 422);
    return http::redirect(href_of(id) + "?ban=" + std::to_string(done->version));
}

http::Response end_form(Service& service, const http::Request& request) {
    const std::int64_t id = identity::id_param(request);
    const auto done = end_procedure(
        service, identity::actor(request),
        {.id = id, .day = parse_shown_date(text::trim(request.field("bo_ngay")))}, request.now);
    if (!done) return record_page(service, request, id, done.problems(), 422);
    return http::redirect(href_of(id));
}

}  // namespace

void add_procedure_pages(std::shared_ptr<Service> service) {
    using http::Method;
    http::Router& router = service->platform().router;
    const std::string base(home);
    const auto add = [&](Method method, std::string path, std::string event,
                         std::function<http::Response(Service&, const http::Request&)> handler) {
        router.add({.method = method,
                    .pattern = std::move(path),
                    .right = "procedures.admin",
                    .event = std::move(event),
                    .handler = [service, handler = std::move(handler)](http::Request& request) {
                        return handler(*service, request);
                    }});
    };
    add(Method::get, base, "none", procedure_list_page);
    add(Method::get, base + "/them", "none", [](Service& s, const http::Request& request) {
        return draft_page(s, request, 0, {}, 200);
    });
    add(Method::post, base + "/them", "procedure_drafted",
        [](Service& s, const http::Request& request) { return save(s, request, 0); });
    add(Method::get, base + "/{id}", "none", [](Service& s, const http::Request& request) {
        return record_page(s, request, identity::id_param(request), {}, 200);
    });
    add(Method::get, base + "/{id}/soan", "none", [](Service& s, const http::Request& request) {
        return draft_page(s, request, identity::id_param(request), {}, 200);
    });
    add(Method::post, base + "/{id}/soan", "procedure_drafted",
        [](Service& s, const http::Request& request) {
            return save(s, request, identity::id_param(request));
        });
    add(Method::post, base + "/{id}/cong-bo", "procedure_updated", publish_form);
    add(Method::post, base + "/{id}/bai-bo", "procedure_closed", end_form);
}

}  // namespace chilang::dossiers
