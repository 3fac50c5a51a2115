// Procedures and dossiers over HTTP. Faults are problem+json with the Vietnamese sentence per
// field.
//
// Bodies must say application/json: a browser does not send that to a foreign site without asking,
// so a stranger's page cannot act with an officer's session. Submissions take an Idempotency-Key; a
// repetition gets the first answer. Tracking needs code and secret, in the body: never in an
// address.
#include "dossiers/api.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "dossiers/officer/officer.hpp"
#include "dossiers/secret.hpp"
#include "places/places.hpp"

namespace chilang::dossiers {

struct ApplicantBody {
    std::string name;
    std::optional<std::string> citizen_id, phone, email, address;
};
BOOST_DESCRIBE_STRUCT(ApplicantBody, (), (name, citizen_id, phone, email, address))

struct SubmitBody {
    std::string procedure;  // code: "1.001193"
    std::string agency;     // code: "H37.12"
    ApplicantBody applicant;
};
BOOST_DESCRIBE_STRUCT(SubmitBody, (), (procedure, agency, applicant))

struct ActionBody {
    Action action = Action::accept;
    std::optional<std::string> reason, clause;
    std::optional<std::vector<Defect>> defects;
    std::optional<std::int64_t> assignee;
    std::optional<Instant> new_due;
    std::optional<std::int64_t> seen;  // number of the last event that the caller knows
};
BOOST_DESCRIBE_STRUCT(ActionBody, (), (action, reason, clause, defects, assignee, new_due, seen))

struct TrackBody {
    std::string code, secret;
};
BOOST_DESCRIBE_STRUCT(TrackBody, (), (code, secret))

struct PublicDossier {
    Id id{};
    std::string code, procedure, agency;
    Channel channel = Channel::online;
    Status status = Status::submitted;
    int portal_status = 1;
    Instant submitted_at{};
    std::optional<Instant> received_at, due_at, first_due_at, resolved_at, returned_at, closed_at;
    std::optional<Verdict> verdict;
    std::optional<Outcome> outcome;
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(PublicDossier, (),
                      (id, code, procedure, agency, channel, status, portal_status, submitted_at,
                       received_at, due_at, first_due_at, resolved_at, returned_at, closed_at,
                       verdict, outcome, seq))

struct StaffDossier {
    PublicDossier dossier;
    Applicant applicant;
    std::optional<std::int64_t> assignee;
    int supplements = 0, extensions = 0;
    std::vector<Action> possible;  // steps that this caller may take now
    std::vector<std::string> due_reasoning;
};
BOOST_DESCRIBE_STRUCT(StaffDossier, (),
                      (dossier, applicant, assignee, supplements, extensions, possible,
                       due_reasoning))

struct ProcedureList {
    std::int64_t total = 0;
    std::vector<Procedure> items;
};
BOOST_DESCRIBE_STRUCT(ProcedureList, (), (total, items))

namespace {

template <class T>
Result<T> body_of(const http::Request& request) {
    if (!request.header("content-type").starts_with("application/json"))
        return Problem{"content_type", "", "Gửi nội dung dạng application/json."};
    return json::read<T>(request.body);
}

http::Response fault(const Answer& answer) {
    switch (answer.kind) {
        case Answer::Kind::conflict:
            return http::problem(409, "Hồ sơ đã thay đổi", answer.problems);
        case Answer::Kind::missing:
            return http::problem(404, "Không tìm thấy hồ sơ", answer.problems);
        case Answer::Kind::forbidden:
            return http::problem(403, "Không có quyền", answer.problems);
        case Answer::Kind::unavailable: {
            http::Response response = http::problem(503, "Chưa ghi nhận được", answer.problems);
            response.headers.emplace_back("retry-after", "5");
            return response;
        }
        default:
            return http::problem(422, "Yêu cầu chưa hợp lệ", answer.problems);
    }
}

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

http::Response submit(Service& service, http::Request& request) {
    auto body = body_of<SubmitBody>(request);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    const std::string key(request.header("idempotency-key"));
    if (key.size() > 200) return http::problem(400, "Idempotency-Key dài nhất 200 ký tự");
    const auto places = service.platform().places.now();
    const places::Agency* agency = places->agency_by_code(body->agency);
    NewDossier dossier;
    dossier.procedure = body->procedure;
    dossier.agency = agency ? agency->id : 0;
    ApplicantBody& a = body->applicant;
    dossier.applicant = {a.name, a.citizen_id.value_or(""), a.phone.value_or(""),
                         a.email.value_or(""), a.address.value_or("")};
    dossier.key = command_key("api/", key);
    http::Response response;
    response.later = [&service, now = request.now, dossier = std::move(dossier)](
                         std::function<void(http::Response)> reply) mutable {
        service.submit(std::move(dossier), "citizen", now,
                       [reply = std::move(reply)](Answer answer) {
                           if (!answer.ok()) return reply(fault(answer));
                           http::Response made = http::json(json::write(answer.receipt), 201);
                           made.headers.emplace_back(
                               "location", "/api/v1/dossiers/" + to_string(answer.receipt.id));
                           made.headers.emplace_back("cache-control", "no-store");
                           reply(std::move(made));
                       });
    };
    return response;
}

http::Response act(Service& service, http::Request& request) {
    auto body = body_of<ActionBody>(request);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    const auto id = parse_id(request.param("id"));
    if (!id) return http::problem(404, "Không tìm thấy hồ sơ");
    Act act{.dossier = *id};
    act.step = {body->action,
                body->reason.value_or(""),
                body->clause.value_or(""),
                body->defects.value_or(std::vector<Defect>{}),
                body->assignee,
                body->new_due};
    act.seen = body->seen;
    act.key = command_key("act/" + std::to_string(identity::actor(request).account) + '/',
                          request.header("idempotency-key"));
    auto kept = std::make_shared<http::Request>(request);
    http::Response response;
    response.later = [&service, kept,
                      act = std::move(act)](std::function<void(http::Response)> reply) mutable {
        service.act(std::move(act), &identity::actor(*kept), kept->now,
                    [&service, kept, reply = std::move(reply)](Answer answer) {
                        if (!answer.ok()) return reply(fault(answer));
                        if (answer.kind == Answer::Kind::replayed) {
                            http::Response same;
                            same.status = 204;
                            return reply(std::move(same));
                        }
                        reply(http::json(json::write(public_view(service, answer.dossier))));
                    });
    };
    return response;
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
        due_of(*dossier, service.procedure(*dossier, *procedures), service.calendar(), request.now)
            .trace;
    http::Response response = http::json(json::write(view));
    response.headers.emplace_back("cache-control", "no-store");
    return response;
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
        list.total = static_cast<std::int64_t>(all->newest().size());
        for (const Procedure* p : all->newest().first(
                 std::min<std::size_t>(static_cast<std::size_t>(limit), all->newest().size())))
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

}  // namespace

void install_api(std::shared_ptr<Service> service) {
    using http::Method;
    http::Router& router = service->platform().router;
    using Handler = http::Response (*)(Service&, http::Request&);
    const auto add = [&](Method method, std::string pattern, std::string right, std::string event,
                         Handler handler, http::Doc doc) {
        router.add({.method = method,
                    .pattern = std::move(pattern),
                    .right = std::move(right),
                    .event = std::move(event),
                    .handler = [service, handler](
                                   http::Request& request) { return handler(*service, request); },
                    .doc = std::move(doc),
                    .csrf = false});
    };
    add(Method::get, "/api/v1/procedures", "public", "none", procedures,
        {.summary = "Search the catalogue of procedures, with or without diacritics",
         .query = {{"q", "words of name, code or field"}, {"limit", "1 to 100, default 20"}},
         .output = &type_of<ProcedureList>()});
    add(Method::get, "/api/v1/procedures/{code}", "public", "none", procedure,
        {.summary = "One procedure by its national code", .output = &type_of<Procedure>()});
    add(Method::post, "/api/v1/dossiers", "public", "dossier_submitted", submit,
        {.summary = "Submit a dossier online; repeatable with an Idempotency-Key header",
         .input = &type_of<SubmitBody>(),
         .output = &type_of<Receipt>()});
    add(Method::post, "/api/v1/dossiers/track", "public", "none", track,
        {.summary = "Follow a dossier by its code and the secret of its receipt",
         .input = &type_of<TrackBody>(),
         .output = &type_of<PublicDossier>()});
    add(Method::get, "/api/v1/dossiers/{id}", "dossiers.view", "personal_data_looked_up", show,
        {.summary = "One dossier with its applicant, reasoning of the due date and possible steps",
         .output = &type_of<StaffDossier>()});
    add(Method::post, "/api/v1/dossiers/{id}/actions", "dossiers.view", "dossier_accepted", act,
        {.summary = "Take a step on a dossier; 409 when it changed meanwhile",
         .input = &type_of<ActionBody>(),
         .output = &type_of<PublicDossier>()});
}

}  // namespace chilang::dossiers
