// What is read over HTTP. Opening an applicant's data is an event, as on the pages.
#include "base/text.hpp"
#include "dossiers/api_bodies.hpp"
#include "dossiers/officer/officer.hpp"
#include "dossiers/secret.hpp"
#include "dossiers/slips/desk.hpp"
#include "places/places.hpp"

namespace chilang::dossiers::api {

PublicDossier public_view(Service& service, const Dossier& d) {
    const auto procedures = service.procedures();
    PublicDossier v;
    v.id = d.id;
    v.code = d.code;
    v.procedure = service.procedure(d, *procedures).code;
    v.agency = service.platform().places.now()->agency(d.agency).code;
    v.channel = d.channel;
    v.status = d.status;
    v.portal_status = portal_code(d.status);
    v.submitted_at = d.submitted_at;
    v.received_at = d.received_at;
    v.due_at = d.due_at;
    v.first_due_at = d.first_due_at;
    v.resolved_at = d.resolved_at;
    v.returned_at = d.returned_at;
    v.closed_at = d.closed_at;
    v.verdict = d.verdict;
    v.outcome = d.outcome;
    v.seq = d.head.seq;
    return v;
}

http::Response show(Service& service, http::Request& request) {
    const auto dossier = dossier_of(service, request);
    if (!dossier) return http::problem(404, "Không tìm thấy hồ sơ");
    const identity::Actor& actor = identity::actor(request);
    service.looked_at(actor, *dossier, "đọc qua API", request.now);
    const auto procedures = service.procedures();
    StaffDossier view;
    view.dossier = public_view(service, *dossier);
    view.applicant = dossier->applicant;
    view.assignee = dossier->assignee;
    view.supplements = dossier->supplements;
    view.extensions = dossier->extensions;
    for (const Transition& t : transitions())
        if (possible(*dossier, t.action) && permitted(actor, *dossier, t.action))
            view.possible.push_back(t.action);
    view.due_reasoning =
        due_of(*dossier, service.procedure(*dossier, *procedures), service.calendar_of(*dossier), request.now)
            .trace;
    auto connection = service.platform().pool.lease();
    const std::string stream = dossier_stream(dossier->id);
    for (const auto& file : service.platform().files.of(*connection, stream))
        view.files.push_back({file.id, file.part, file.name, file.type, file.size_bytes});
    for (const Slip slip : issued(service.platform().ledger.stream(*connection, stream)))
        view.papers.emplace_back(address(slip));
    http::Response response = http::json(json::write(view));
    response.headers.emplace_back("cache-control", "no-store");
    return response;
}

http::Response assignees(Service& service, http::Request& request) {
    const auto dossier = dossier_of(service, request);
    if (!dossier) return http::problem(404, "Không tìm thấy hồ sơ");
    auto connection = service.platform().pool.lease();
    return http::json(json::write(AssigneeList{
        service.platform().identity.members(*connection, dossier->agency, date_of(request.now))}));
}

http::Response file(Service& service, http::Request& request) {
    const auto dossier = dossier_of(service, request);
    const auto id = parse_id(request.param("file"));
    if (!dossier || !id) return http::problem(404, "Không tìm thấy tệp");
    Platform& platform = service.platform();
    auto connection = platform.pool.lease();
    const auto found = platform.files.find(*connection, *id, dossier_stream(dossier->id));
    if (!found) return http::problem(404, "Không tìm thấy tệp");
    service.looked_at(identity::actor(request), *dossier, "đọc giấy tờ qua API", request.now);
    return http::attachment(platform.files.read(*found), found->type, found->name);
}

http::Response slip(Service& service, http::Request& request) {
    const auto dossier = dossier_of(service, request);
    const auto slip = slip_of(request.param("paper"));
    auto pdf = dossier && slip ? slip_pdf(service, *dossier, *slip, request.now, {}, Copies::one)
                               : std::nullopt;
    if (!pdf) return http::problem(404, "Hồ sơ chưa có giấy này");
    service.looked_at(identity::actor(request), *dossier, "in giấy tờ qua API", request.now);
    return http::attachment(std::move(*pdf), "application/pdf", slip_file_name(*dossier, *slip));
}

http::Response track(Service& service, http::Request& request) {
    const auto body = body_of<TrackBody>(request);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    if (!service.platform().identity.allow("track/" + request.remote, 20, request.now))
        return http::problem(429, "Tra cứu quá nhiều lần. Hãy thử lại sau một phút.");
    const auto dossier = service.find(text::clean(body->code));
    if (!dossier || !secret_matches(dossier->id, dossier->secret, body->secret))
        return http::problem(404, "Mã hồ sơ hoặc mã bí mật không đúng");
    return http::json(json::write(public_view(service, *dossier)));
}

http::Response procedures(Service& service, http::Request& request) {
    const std::int64_t limit =
        std::clamp<std::int64_t>(text::parse_integer(request.arg("limit")).value_or(20), 1, 100);
    const auto all = service.procedures();
    ProcedureList list;
    const std::string words = text::clean(request.arg("q"));
    if (!words.empty()) {
        for (const Procedure* p : all->search(words, static_cast<std::size_t>(limit)))
            list.items.push_back(*p);
        list.total = static_cast<std::int64_t>(list.items.size());
    } else {
        list.total = static_cast<std::int64_t>(all->in_force().size());
        for (const Procedure* p : all->in_force().first(
                 std::min<std::size_t>(static_cast<std::size_t>(limit), all->in_force().size())))
            list.items.push_back(*p);
    }
    return http::json(json::write(list));
}

http::Response procedure(Service& service, http::Request& request) {
    const auto all = service.procedures();
    const Procedure* found = all->find(request.param("code"));
    return found ? http::json(json::write(*found))
                 : http::problem(404, "Không có thủ tục mang mã này");
}

}  // namespace chilang::dossiers::api
