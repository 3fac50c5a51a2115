#include "dossiers/citizen/track.hpp"

#include "base/text.hpp"
#include "dossiers/citizen/show.hpp"
#include "dossiers/secret.hpp"
#include "dossiers/slips/desk.hpp"
#include "dossiers/store.hpp"
#include "dossiers/timeline.hpp"
#include "dossiers/uploads.hpp"
#include "identity/identity.hpp"
#include "places/places.hpp"

#include <memory>

namespace chilang::dossiers {
namespace {

http::Response form(Service& service, const http::Request& request, const Problems& problems,
                    int status) {
    std::string code{request.field("code")};
    if (code.empty()) code = request.arg("ma");
    html::Page page;
    page.title = "Tra cứu hồ sơ";
    page.section = "track";
    page.content = {
        {"errors", html::error_summary(problems)},
        {"code", html::view(html::FieldView{.name = "code",
                                            .label = "Mã hồ sơ",
                                            .hint = "Ví dụ H37.12-230614-0001",
                                            .value = text::clean(code),
                                            .error = html::error_of(problems, "code")})},
        {"secret", html::view(html::FieldView{
                       .name = "secret",
                       .label = "Mã bí mật",
                       .hint = "10 ký tự in trên biên nhận; chữ hoa hay thường đều được",
                       .error = html::error_of(problems, "secret"),
                       .width = 12})}};
    return citizen_page(service.platform(), request, "dossiers/citizen_track_form", std::move(page),
                        status);
}

// A dossier as its applicant sees it: with its events, oldest first.
struct Opened {
    Dossier dossier;
    std::vector<ledger::ProvenEvent> events;
};

// That of the code, if the secret is right. One answer for a wrong code and a wrong secret.
std::optional<Opened> opened(Service& service, const http::Request& request, Problems& problems) {
    const std::string code = text::clean(request.field("code"));
    const std::string secret = text::clean(request.field("secret"));
    if (code.empty())
        problems.push_back({"missing", "code", "Hãy ghi mã hồ sơ in trên biên nhận."});
    if (secret.empty())
        problems.push_back({"missing", "secret", "Hãy ghi mã bí mật in trên biên nhận."});
    if (!problems.empty()) return std::nullopt;
    auto [dossier, events] = load_with_history(*service.platform().pool.lease(), code);
    if (dossier && secret_matches(dossier->id, dossier->secret, secret))
        return Opened{std::move(*dossier), std::move(events)};
    // Only wrong guesses are counted: a village office looks up many dossiers from one address.
    if (service.platform().identity.allow("track/" + request.remote, 20, request.now))
        problems.push_back(
            {"not_found", "code",
             "Không có hồ sơ nào khớp với mã hồ sơ và mã bí mật này. Hãy xem lại biên nhận."});
    else
        problems.push_back(
            {"too_many", "", "Đã thử sai quá nhiều lần. Hãy đợi một phút rồi thử lại."});
    return std::nullopt;
}

html::View facts_of(Service& service, const Dossier& dossier, const Procedure& procedure,
                    Instant now) {
    const auto places = service.platform().places.now();
    html::SummaryList list;
    list.facts = {{.key = "Thủ tục", .value = procedure.name, .href = "/thu-tuc/" + procedure.code},
                  {.key = "Nơi giải quyết", .value = places->agency(dossier.agency).name},
                  {.key = "Nộp lúc", .value = show(dossier.submitted_at)}};
    if (dossier.received_at)
        list.facts.push_back({.key = "Tiếp nhận lúc", .value = show(*dossier.received_at)});
    if (dossier.due_at)
        list.facts.push_back({.key = "Hẹn trả kết quả", .value = show(*dossier.due_at)});
    if (dossier.first_due_at && dossier.due_at != dossier.first_due_at)
        list.facts.push_back({.key = "Ngày hẹn lần đầu", .value = show(*dossier.first_due_at)});
    if (dossier.resolved_at)
        list.facts.push_back({.key = "Có kết quả lúc",
                              .value = show(*dossier.resolved_at) + " (" +
                                       std::string(label(*dossier.verdict)) + ")"});
    else if (dossier.due_at && dossier.status != Status::withdrawn &&
             dossier.status != Status::stopped)
        list.facts.push_back(
            {.key = "Thời hạn",
             .value = time::clock_face(service.calendar(), *dossier.due_at, now).words});
    return html::view(list);
}

html::View slip_buttons(const std::vector<ledger::ProvenEvent>& events) {
    html::View list = html::View::list();
    for (const Slip slip : issued(events))
        if (for_applicant(slip))
            list.add({{"label", std::string(label(slip))},
                      {"action", "/tra-cuu/giay/" + std::string(address(slip))}});
    return list;
}

http::Response show_dossier(Service& service, const http::Request& request, const Opened& opened,
                            std::string done, const Problems& problems) {
    const auto& [dossier, events] = opened;
    const auto procedures = service.procedures();
    const Procedure& procedure = service.procedure(dossier, *procedures);
    const bool open = dossier.status == Status::submitted || dossier.status == Status::accepted ||
                      dossier.status == Status::processing ||
                      dossier.status == Status::waiting_applicant;
    const bool late =
        !dossier.resolved_at && dossier.due_at && *dossier.due_at < request.now && open;
    html::Page page;
    page.title = "Hồ sơ " + dossier.code;
    page.section = "track";
    page.content = {
        {"errors", html::error_summary(problems)},
        {"done", std::move(done)},
        {"code", dossier.code},
        {"secret", std::string(request.field("secret"))},
        {"tag", html::view(status_tag(dossier.status))},
        {"late", late},
        {"facts", facts_of(service, dossier, procedure, request.now)},
        {"timeline", timeline_view(events, public_name)},
        {"slips", slip_buttons(events)},
        {"waiting", dossier.status == Status::waiting_applicant},
        {"file", html::view(html::FileView{.name = "file",
                                           .label = "Giấy tờ bổ sung",
                                           .error = html::error_of(problems, "file"),
                                           .multiple = true,
                                           .photo = true})},
        {"reason", html::view(html::FieldView{.name = "reason",
                                              .label = "Lý do rút hồ sơ",
                                              .error = html::error_of(problems, "reason")})},
        {"may_withdraw", open}};
    return citizen_page(service.platform(), request, "dossiers/citizen_track", std::move(page),
                        problems.empty() ? 200 : 422);
}

std::string_view said(Action action) {
    return action == Action::supplement ? "Đã gửi phần bổ sung. Cơ quan sẽ giải quyết tiếp."
                                        : "Đã rút hồ sơ. Việc rút được ghi vào sổ cái.";
}

}  // namespace

http::Response track_form(Service& service, const http::Request& request) {
    return form(service, request, {}, 200);
}

http::Response track(Service& service, const http::Request& request) {
    Problems problems;
    const auto found = opened(service, request, problems);
    if (!found) return form(service, request, problems, 422);
    return show_dossier(service, request, *found, "", {});
}

http::Response applicants_slip(Service& service, const http::Request& request) {
    Problems problems;
    const auto found = opened(service, request, problems);
    if (!found) return form(service, request, problems, 422);
    const auto slip = slip_of(request.param("slip"));
    auto pdf = slip && for_applicant(*slip)
                   ? slip_pdf(service, found->dossier, *slip, request.now,
                              text::clean(request.field("secret")), Copies::one)
                   : std::nullopt;
    if (!pdf) return service.platform().router.error_page(request, 404, "Hồ sơ chưa có giấy này");
    return http::attachment(std::move(*pdf), "application/pdf", slip_file_name(found->dossier, *slip));
}

http::Response receipt_proof(Service& service, const http::Request& request) {
    Problems problems;
    const auto found = opened(service, request, problems);
    if (!found) return form(service, request, problems, 422);
    Platform& platform = service.platform();
    auto connection = platform.pool.lease();
    for (auto newest = found->events.rbegin(); newest != found->events.rend(); ++newest)
        if (auto proof = platform.ledger.proof(*connection, newest->event.id))
            return http::attachment(std::move(*proof), "text/plain; charset=utf-8",
                                    found->dossier.code + ".tlog-proof");
    return platform.router.error_page(request, 409,
                                      "Sự kiện đang chờ niêm phong; hãy thử lại sau một giây");
}

http::Response applicant_step(Service& service, const http::Request& request, Action action) {
    Problems problems;
    const auto found = opened(service, request, problems);
    if (!found) return form(service, request, problems, 422);
    Kept uploads = keep_uploads(service, request);
    problems = std::move(uploads.problems);
    Act act{.dossier = found->dossier.id,
            .step = {.action = action, .reason = text::clean(request.field("reason"))},
            .files = std::move(uploads.files)};
    if (action == Action::supplement && act.files.empty() && problems.empty())
        problems.push_back({"missing", "file", "Hãy chọn giấy tờ bổ sung mà cơ quan đã yêu cầu."});
    if (!problems.empty()) return show_dossier(service, request, *found, "", problems);
    auto asked = std::make_shared<http::Request>(request);  // answered after this handler ended
    asked->uploads.clear();
    http::Response response;
    response.later = [&service, asked, act = std::move(act), action,
                      before = *found](std::function<void(http::Response)> respond) {
        service.act(
            act, nullptr, asked->now, [&service, asked, action, before, respond](Answer answer) {
                if (answer.ok()) {
                    auto connection = service.platform().pool.lease();
                    return respond(show_dossier(
                        service, *asked,
                        {answer.dossier, service.platform().ledger.stream(
                                             *connection, dossier_stream(answer.dossier.id))},
                        std::string(said(action)), {}));
                }
                if (answer.kind == Answer::Kind::unavailable)
                    return respond(
                        service.platform().router.error_page(*asked, 503, "Chưa ghi nhận được"));
                if (answer.problems.empty())
                    answer.problems.push_back(
                        {"conflict", "",
                         "Hồ sơ vừa thay đổi. Hãy xem lại trạng thái mới rồi thử lại."});
                respond(show_dossier(service, *asked, before, "", answer.problems));
            });
    };
    return response;
}

}  // namespace chilang::dossiers
