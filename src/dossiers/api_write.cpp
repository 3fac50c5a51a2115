// What changes something over HTTP: submissions, receptions at the counter, steps.
//
// The same rules answer as on the pages, with the same sentences under the same field names. Files
// come in the same request as parts named component_1, component_2 …, so a dossier is complete or
// not there at all, and one Idempotency-Key covers both. A repetition gets the first answer.
#include "base/text.hpp"
#include "dossiers/api_bodies.hpp"
#include "dossiers/secret.hpp"
#include "dossiers/uploads.hpp"
#include "identity/identity.hpp"
#include "places/places.hpp"

namespace chilang::dossiers::api {

namespace {

http::Response unreadable(const Problems& problems) {
    return http::problem(400, "Không đọc được yêu cầu", problems);
}

}  // namespace

Result<std::string> sent_json(const http::Request& request, std::string_view part) {
    const std::string_view type = request.header("content-type");
    if (type.starts_with("application/json")) return request.body;
    if (!part.empty() && type.starts_with("multipart/form-data")) {
        if (request.field(part).empty())
            return Problem{"part_missing", std::string(part),
                           "Thiếu phần \"" + std::string(part) + "\" dạng JSON."};
        return std::string(request.field(part));
    }
    return Problem{"content_type", "",
                   part.empty() ? "Gửi nội dung dạng application/json."
                                : "Gửi nội dung dạng application/json hoặc multipart/form-data."};
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

Applicant applicant_of(const ApplicantBody& a) {
    return {a.name, a.citizen_id.value_or(""), a.phone.value_or(""), a.email.value_or(""),
            a.address.value_or("")};
}

http::Response submitted(Service& service, NewDossier dossier, const std::string& actor,
                         Instant now) {
    http::Response response;
    response.later = [&service, now, actor, dossier = std::move(dossier)](
                         std::function<void(http::Response)> reply) mutable {
        service.submit(std::move(dossier), actor, now, [reply = std::move(reply)](Answer answer) {
            if (!answer.ok()) return reply(fault(answer));
            http::Response made = http::json(json::write(answer.receipt), 201);
            made.headers.emplace_back("location",
                                      "/api/v1/dossiers/" + to_string(answer.receipt.id));
            made.headers.emplace_back("cache-control", "no-store");
            reply(std::move(made));
        });
    };
    return response;
}

http::Response acted(Service& service, const http::Request& request, Act act, bool by_applicant) {
    auto kept = std::make_shared<http::Request>(request);
    kept->uploads.clear();
    http::Response response;
    response.later = [&service, kept, by_applicant,
                      act = std::move(act)](std::function<void(http::Response)> reply) mutable {
        service.act(std::move(act), by_applicant ? nullptr : &identity::actor(*kept), kept->now,
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

http::Response submit(Service& service, http::Request& request) {
    auto body = body_of<SubmitBody>(request, "dossier");
    if (!body) return unreadable(body.problems());
    const std::string key = command_key("api/", request.header("idempotency-key"));
    Kept kept = keep_uploads(service, request);
    if (!kept.problems.empty()) return http::problem(422, "Yêu cầu chưa hợp lệ", kept.problems);
    const auto places = service.platform().places.now();
    const places::Agency* agency = places->agency_by_code(body->agency);
    NewDossier dossier{.procedure = body->procedure,
                       .agency = agency ? agency->id : 0,
                       .applicant = applicant_of(body->applicant),
                       .files = std::move(kept.files),
                       .key = key};
    return submitted(service, std::move(dossier), "citizen", request.now);
}

http::Response receive(Service& service, http::Request& request) {
    auto body = body_of<ReceptionBody>(request, "dossier");
    if (!body) return unreadable(body.problems());
    const identity::Actor& actor = identity::actor(request);
    const std::string key = command_key("reception/" + std::to_string(actor.account) + '/',
                                        request.header("idempotency-key"));
    if (body->channel == Channel::online)
        return http::problem(422, "Yêu cầu chưa hợp lệ",
                             {{"channel_unknown", "channel",
                               "Tiếp nhận tại quầy hoặc qua bưu chính; hồ sơ trực tuyến do người "
                               "nộp tự gửi."}});
    Kept kept = keep_uploads(service, request);
    if (!kept.problems.empty()) return http::problem(422, "Yêu cầu chưa hợp lệ", kept.problems);
    NewDossier dossier{.procedure = body->procedure,
                       .agency = actor.position.agency,
                       .channel = body->channel,
                       .applicant = applicant_of(body->applicant),
                       .files = std::move(kept.files),
                       .brought = std::move(body->brought),
                       .key = key};
    return submitted(service, std::move(dossier), actor.stream_name(), request.now);
}

http::Response act(Service& service, http::Request& request) {
    auto body = body_of<ActionBody>(request, "step");
    if (!body) return unreadable(body.problems());
    const auto id = parse_id(request.param("id"));
    if (!id) return http::problem(404, "Không tìm thấy hồ sơ");
    const std::string key =
        command_key("act/" + std::to_string(identity::actor(request).account) + '/',
                    request.header("idempotency-key"));
    Kept kept = keep_uploads(service, request);
    if (!kept.problems.empty()) return http::problem(422, "Yêu cầu chưa hợp lệ", kept.problems);
    Act act{.dossier = *id,
            .step = {body->action, body->reason.value_or(""), body->clause.value_or(""),
                     body->defects.value_or(std::vector<Defect>{}), body->assignee, body->new_due},
            .files = std::move(kept.files),
            .seen = body->seen,
            .key = key};
    return acted(service, request, std::move(act), false);
}

http::Response applicant_act(Service& service, http::Request& request) {
    auto body = body_of<ApplicantActionBody>(request, "step");
    if (!body) return unreadable(body.problems());
    if (!service.platform().identity.allow("track/" + request.remote, 20, request.now))
        return http::problem(429, "Tra cứu quá nhiều lần. Hãy thử lại sau một phút.");
    const auto dossier = service.find(text::clean(body->code));
    if (!dossier || !secret_matches(dossier->id, dossier->secret, body->secret))
        return http::problem(404, "Mã hồ sơ hoặc mã bí mật không đúng");
    const std::string key =
        command_key("applicant/" + to_string(dossier->id) + '/', request.header("idempotency-key"));
    Kept kept = keep_uploads(service, request);
    if (kept.problems.empty() && kept.files.empty() && body->action == Action::supplement)
        kept.problems.push_back(
            {"missing", "file", "Hãy gửi giấy tờ bổ sung mà cơ quan đã yêu cầu."});
    if (!kept.problems.empty()) return http::problem(422, "Yêu cầu chưa hợp lệ", kept.problems);
    Act act{.dossier = dossier->id,
            .step = {.action = body->action, .reason = body->reason.value_or("")},
            .files = std::move(kept.files),
            .key = key};
    return acted(service, request, std::move(act), true);
}

}  // namespace chilang::dossiers::api
