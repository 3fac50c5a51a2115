// One dossier on one page: what it is, how long it still has and why, what happened, what can be
// done.
//
// The applicant's data stand here in full, so opening the page is an event of its own.
#include "base/text.hpp"
#include "dossiers/citizen/show.hpp"
#include "dossiers/officer/officer.hpp"
#include "dossiers/officer/words.hpp"
#include "dossiers/secret.hpp"
#include "dossiers/slips/desk.hpp"
#include "dossiers/timeline.hpp"
#include "files/files.hpp"
#include "places/places.hpp"

#include <algorithm>

namespace chilang::dossiers {

namespace {

html::View facts(const Dossier& d, const Procedure& procedure, const places::Places& places,
                 const std::string& assignee) {
    html::SummaryList list;
    list.facts = {
        {.key = "Thủ tục",
         .value = procedure.name,
         .lines = {procedure.code + " · " + procedure.field}},
        {.key = "Cơ quan giải quyết", .value = places.full_name(places.agency(d.agency))},
        {.key = "Kênh nộp", .value = std::string(label(d.channel))},
        {.key = "Nộp lúc", .value = show(d.submitted_at)},
        {.key = "Tiếp nhận lúc",
         .value = d.received_at ? show(*d.received_at) : "",
         .missing = "Chưa tiếp nhận"},
        {.key = "Thời hạn", .value = limit_words(procedure)},
        {.key = "Hẹn trả lần đầu",
         .value = d.first_due_at ? show(*d.first_due_at) : "",
         .missing = "Chưa có"},
        {.key = "Người xử lý", .value = assignee, .missing = "Chưa phân công"},
    };
    if (d.due_at != d.first_due_at)
        list.facts.push_back({.key = "Hạn đang có hiệu lực", .value = show(*d.due_at)});
    if (d.resolved_at)
        list.facts.push_back({.key = "Có kết quả lúc",
                              .value = show(*d.resolved_at),
                              .lines = {d.outcome == Outcome::rejected ? "Từ chối giải quyết"
                                                                       : procedure.result_name}});
    if (d.returned_at)
        list.facts.push_back({.key = "Trả kết quả lúc", .value = show(*d.returned_at)});
    return html::view(list);
}

html::View applicant(const Applicant& a) {
    html::SummaryList list;
    list.title = "Người nộp hồ sơ";
    list.facts = {{.key = "Họ và tên", .value = a.name},
                  {.key = "Số định danh cá nhân", .value = a.citizen_id},
                  {.key = "Điện thoại", .value = a.phone},
                  {.key = "Thư điện tử", .value = a.email},
                  {.key = "Địa chỉ", .value = a.address}};
    return html::view(list);
}

html::View attachment(const files::StoredFile& file, const std::string& href) {
    return {{"name", file.name},
            {"href", href + "/tep/" + to_string(file.id)},
            {"size", text::number((file.size_bytes + 1023) / 1024) + " kB"}};
}

html::View components(const Procedure& procedure, const std::vector<files::StoredFile>& files,
                      const std::string& href) {
    html::View list = html::View::list();
    int number = 0;
    for (const Component& c : procedure.components) {
        const std::string part = component_field(++number);
        html::View own = html::View::list();
        for (const auto& file : files)
            if (file.part == part) own.add(attachment(file, href));
        list.add({{"name", c.name},
                  {"note", c.source == "data" ? "lấy từ cơ sở dữ liệu, không yêu cầu nộp"
                           : c.source == "original" ? "đối chiếu bản chính"
                           : c.required             ? "bắt buộc"
                                                    : "nếu có"},
                  {"files", std::move(own)}});
    }
    return list;
}

// Those that are no component: what came with a supplement, or before files said what they are.
html::View other_files(const std::vector<files::StoredFile>& files, const std::string& href) {
    html::View list = html::View::list();
    for (const auto& file : files)
        if (component_of(file.part) == 0) list.add(attachment(file, href));
    return list;
}

html::View slip_links(const std::vector<ledger::ProvenEvent>& events, const std::string& href) {
    html::View list = html::View::list();
    for (const Slip slip : issued(events))
        list.add({{"label", std::string(label(slip))},
                  {"href", href + "/giay/" + std::string(address(slip))}});
    return list;
}

// Buttons in the order of the table; what needs no words is done at once, the rest opens its form.
void set_actions(html::View& content, const Dossier& dossier, const identity::Actor& actor) {
    html::View quick = html::View::list(), asking = html::View::list();
    bool first = true;
    for (const Transition& t : transitions()) {
        if (!possible(dossier, t.action) || !permitted(actor, dossier, t.action)) continue;
        const ActionForm& form = form_of(t.action);
        const bool danger = t.action == Action::refuse || t.action == Action::reject ||
                            t.action == Action::stop || t.action == Action::withdraw;
        const char* kind = first ? "" : danger ? "danger" : "secondary";
        html::View button{
            {"label", std::string(t.label)},
            {"href", "/ho-so/" + to_string(dossier.id) + "/" + std::string(form.address)},
            {"kind", kind}};
        (form.asks ? asking : quick).add(std::move(button));
        first = false;
    }
    content.set("has_actions", !first);
    content.set("quick", std::move(quick));
    content.set("asking", std::move(asking));
    content.set("seen", std::to_string(dossier.head.seq));
}

}  // namespace

http::Response record_page(Service& service, const http::Request& request) {
    Platform& platform = service.platform();
    const auto dossier = dossier_of(service, request);
    if (!dossier) return no_such_dossier(platform, request);
    const identity::Actor& actor = identity::actor(request);
    service.looked_at(actor, *dossier, "mở hồ sơ", request.now);

    const auto procedures = service.procedures();
    const Procedure& procedure = service.procedure(*dossier, *procedures);
    const std::string stream = dossier_stream(dossier->id),
                      href = "/ho-so/" + to_string(dossier->id);
    auto connection = platform.pool.lease();
    const auto events = platform.ledger.stream(*connection, stream);
    const auto files = platform.files.of(*connection, stream);
    const auto deadline = due_of(*dossier, procedure, service.calendar_of(*dossier), request.now);

    html::RecordHead head;
    head.title = procedure.name;
    head.code = dossier->code;
    head.tag = staff_tag(dossier->status);
    head.clock = clock_of(service.calendar(), dossier->status, is_paused(*dossier),
                          dossier->received_at, dossier->due_at, dossier->verdict, request.now);
    if (head.clock) head.clock->spent_percent.reset();

    html::View trace = html::View::list();
    for (const std::string& sentence : deadline.trace) trace.add(sentence);
    html::Page page;
    page.title = dossier->code + " · " + procedure.name;
    page.trail = {{"Hộp việc", "/viec"}, {dossier->code, ""}};
    page.content = {
        {"head", html::view(head)},
        {"facts", facts(*dossier, procedure, *platform.places.now(),
                        dossier->assignee
                            ? platform.identity.name_of_position(*connection, *dossier->assignee)
                            : "")},
        {"applicant", applicant(dossier->applicant)},
        {"components", components(procedure, files, href)},
        {"files", other_files(files, href)},
        {"trace", std::move(trace)},
        {"timeline", timeline_view(events, OfficialNames(platform.identity, *connection))},
        {"slips", slip_links(events, href)},
        {"href", href},
        {"done", text::clean(request.arg("xong"))},
    };
    if (dossier->status == Status::submitted)
        page.content.set("intake", "Cần trả lời việc tiếp nhận trước " +
                                       show(intake_due(*dossier, service.calendar())) +
                                       " (8 giờ làm việc kể từ khi nộp).");
    page.content.set("has_files", std::ranges::any_of(files, [](const auto& file) {
                         return component_of(file.part) == 0;
                     }));
    page.content.set("has_slips", !issued(events).empty());
    set_actions(page.content, *dossier, actor);
    return staff_page(platform, request, "dossiers/record", std::move(page));
}

http::Response file_page(Service& service, const http::Request& request) {
    Platform& platform = service.platform();
    const auto dossier = dossier_of(service, request);
    const auto id = parse_id(request.param("file"));
    if (!dossier || !id) return no_such_dossier(platform, request);
    auto connection = platform.pool.lease();
    const auto file = platform.files.find(*connection, *id, dossier_stream(dossier->id));
    if (!file) return no_such_dossier(platform, request);
    service.looked_at(identity::actor(request), *dossier, "mở giấy tờ đính kèm", request.now);
    return http::attachment(platform.files.read(*file), file->type, file->name);
}

// A statutory paper in the browser's viewer, to print. Of the receipt two copies: the counter's
// POST brings the look-up secret for the applicant's one, the agency's never has it.
http::Response slip_page(Service& service, const http::Request& request) {
    const auto dossier = dossier_of(service, request);
    const auto slip = slip_of(request.param("slip"));
    if (!dossier || !slip) return no_such_dossier(service.platform(), request);
    std::string secret = text::clean(request.field("secret"));
    if (!secret_matches(dossier->id, dossier->secret, secret)) secret.clear();
    auto pdf = slip_pdf(service, *dossier, *slip, request.now, secret,
                        *slip == Slip::receipt ? Copies::with_the_agencys : Copies::one);
    if (!pdf)
        return told(service.platform(), request, 409, "Chưa có giấy này",
                    "Bước mà giấy này ghi nhận chưa diễn ra với hồ sơ.", "Mở lại hồ sơ",
                    "/ho-so/" + to_string(dossier->id));
    service.looked_at(identity::actor(request), *dossier, "in " + std::string(label(*slip)),
                      request.now);
    http::Response response;
    response.type = "application/pdf";
    response.body = std::move(*pdf);
    response.headers.emplace_back("content-disposition",
                                  "inline; filename=\"" + slip_file_name(*dossier, *slip) + "\"");
    response.headers.emplace_back("cache-control", "no-store");
    return response;
}

// Public: what happened and when, with its proofs; nothing about the applicant.
http::Response history_page(Service& service, const http::Request& request) {
    Platform& platform = service.platform();
    const auto id = parse_id(request.param("id"));
    const auto dossier = id ? service.find(*id) : std::nullopt;
    if (!dossier)
        return platform.router.error_page
                   ? platform.router.error_page(request, 404, "Không tìm thấy hồ sơ này")
                   : http::text("Không tìm thấy hồ sơ này.", 404);
    const auto procedures = service.procedures();
    const Procedure& procedure = service.procedure(*dossier, *procedures);
    const auto places = platform.places.now();
    auto connection = platform.pool.lease();
    html::SummaryList facts;
    facts.facts = {
        {.key = "Mã hồ sơ", .value = dossier->code},
        {.key = "Thủ tục", .value = procedure.name, .href = "/thu-tuc/" + procedure.code},
        {.key = "Cơ quan giải quyết", .value = places->full_name(places->agency(dossier->agency))},
        {.key = "Kênh nộp", .value = std::string(label(dossier->channel))},
        {.key = "Trạng thái", .tag = status_tag(dossier->status), .missing = ""},
        {.key = "Hẹn trả lần đầu",
         .value = dossier->first_due_at ? show(*dossier->first_due_at) : "",
         .missing = "Chưa có"},
        {.key = "Hạn đang có hiệu lực",
         .value = dossier->due_at ? show(*dossier->due_at) : "",
         .missing = "Chưa có"},
        {.key = "Có kết quả",
         .value = dossier->resolved_at ? show(*dossier->resolved_at) : "",
         .missing = "Chưa có"},
        {.key = "So với hạn",
         .value = dossier->verdict ? std::string(label(*dossier->verdict)) : "",
         .missing = "Chưa có"},
    };
    html::View trace = html::View::list();
    for (const std::string& sentence :
         due_of(*dossier, procedure, service.calendar_of(*dossier), request.now).trace)
        trace.add(sentence);
    html::Page page;
    page.title = "Lịch sử hồ sơ " + dossier->code;
    page.content = {
        {"heading", page.title},
        {"facts", html::view(facts)},
        {"trace", std::move(trace)},
        {"timeline", timeline_view(platform.ledger.stream(*connection, dossier_stream(dossier->id)),
                                   public_name)}};
    return citizen_page(platform, request, "dossiers/history", std::move(page));
}

}  // namespace chilang::dossiers
