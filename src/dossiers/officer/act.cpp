// Steps on a dossier: one form page each, errors beside their fields, what was typed is kept.
//
// A form carries the number of the last event that its reader saw. When somebody was faster the
// person is told so and sent to the fresh page; nothing of theirs is applied to a dossier they have
// not seen.
#include "base/text.hpp"
#include "dossiers/officer/officer.hpp"
#include "dossiers/officer/words.hpp"
#include "dossiers/uploads.hpp"

namespace chilang::dossiers {

namespace {

constexpr int defect_rows = 5;

std::string typed(const http::Request& request, const std::string& name) {
    return std::string(request.field(name));
}

html::View text_field(const http::Request& request, const Problems& problems, std::string name,
                      std::string label, std::string hint, bool area, bool optional) {
    html::FieldView field;
    field.label = std::move(label);
    field.hint = std::move(hint);
    field.value = typed(request, name);
    field.error = html::error_of(problems, name);
    field.type = area ? "textarea" : "text";
    field.optional = optional;
    field.name = std::move(name);
    return html::view(field);
}

void add_defects(html::View& content, const http::Request& request, const Problems& problems,
                 const Procedure& procedure) {
    html::View rows = html::View::list();
    for (int i = 1; i <= defect_rows; ++i) {
        const std::string n = "_" + std::to_string(i);
        rows.add({{"number", std::to_string(i)},
                  {"component", text_field(request, problems, "component" + n,
                                           "Giấy tờ cần bổ sung", "", false, i > 1)},
                  {"fault", text_field(request, problems, "fault" + n, "Thiếu hoặc sai ở đâu", "",
                                       false, i > 1)},
                  {"remedy", text_field(request, problems, "remedy" + n, "Cách khắc phục", "",
                                        false, i > 1)}});
    }
    content.set("defects", std::move(rows));
    content.set(
        "pause_note",
        procedure.pause_policy == PausePolicy::keep
            ? std::string("Thủ tục này không quy định tạm dừng: thời hạn giải quyết vẫn được tính.")
            : "Thời hạn tạm dừng trong lúc chờ bổ sung, theo " + procedure.pause_clause + ".");
}

void add_new_due(html::View& content, const http::Request& request, const Problems& problems,
                 const Dossier& dossier) {
    html::DateView date{.name = "new_due", .label = "Ngày hẹn trả mới", .hint = "Ví dụ: 27 6 2023"};
    date.day = typed(request, "new_due_day");
    date.month = typed(request, "new_due_month");
    date.year = typed(request, "new_due_year");
    date.error = html::error_of(problems, "new_due");
    content.set("new_due", html::view(date));
    html::FieldView time{
        .name = "new_due_time", .label = "Giờ hẹn", .hint = "Trong giờ làm việc, ví dụ 16:30"};
    time.value = request.field("new_due_time").empty() && dossier.due_at
                     ? show_time(*dossier.due_at)
                     : typed(request, "new_due_time");
    time.error = html::error_of(problems, "new_due_time");
    time.width = 8;
    content.set("new_due_time", html::view(time));
}

std::optional<int> minute_of(std::string_view typed) {
    const auto colon = typed.find_first_of(":hg");
    const auto hour = text::parse_integer(typed.substr(0, colon));
    const auto minute = colon == typed.npos || colon + 1 == typed.size()
                            ? std::optional<std::int64_t>(0)
                            : text::parse_integer(typed.substr(colon + 1));
    if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59)
        return std::nullopt;
    return static_cast<int>(*hour * 60 + *minute);
}

Problems read_new_due(const http::Request& request, Step& step) {
    const std::string shown = text::clean(request.field("new_due_day")) + "/" +
                              text::clean(request.field("new_due_month")) + "/" +
                              text::clean(request.field("new_due_year"));
    if (shown == "//") return {};  // the rules say that it's missing
    const auto date = parse_shown_date(shown);
    const auto minute = minute_of(text::clean(request.field("new_due_time")));
    Problems problems;
    if (!date) problems.push_back({"date_form", "new_due", "Nhập ngày có thật, ví dụ 27 6 2023."});
    if (!minute) problems.push_back({"time_form", "new_due_time", "Nhập giờ dạng 16:30."});
    if (problems.empty()) step.new_due = at(*date, *minute);
    return problems;
}

http::Response changed(Platform& platform, const http::Request& request, const std::string& href) {
    return told(platform, request, 409, "Hồ sơ vừa được người khác xử lý",
                "Trong lúc anh/chị xem, hồ sơ đã có bước mới. Việc của anh/chị chưa được ghi. "
                "Hãy mở lại hồ sơ để xem bước mới nhất rồi quyết định.",
                "Mở lại hồ sơ", href);
}

}  // namespace

Result<Step> read_step(const http::Request& request, Action action) {
    Step step;
    step.action = action;
    step.reason = text::clean(request.field("reason"), text::Lines::multiple);
    step.clause = text::clean(request.field("clause"));
    if (action == Action::assign) step.assignee = text::parse_integer(request.field("assignee"));
    if (action == Action::ask_supplement) {
        for (int i = 1; i <= defect_rows; ++i) {
            const std::string n = "_" + std::to_string(i);
            Defect defect{text::clean(request.field("component" + n)),
                          text::clean(request.field("fault" + n)),
                          text::clean(request.field("remedy" + n))};
            if (!(defect.component + defect.fault + defect.remedy).empty())
                step.defects.push_back(std::move(defect));
        }
    }
    if (action == Action::extend)
        if (Problems problems = read_new_due(request, step); !problems.empty()) return problems;
    return step;
}

http::Response action_form(Service& service, const http::Request& request, const Dossier& dossier,
                           Action action, const Problems& problems, int status) {
    Platform& platform = service.platform();
    const auto procedures = service.procedures();
    const ActionForm& form = form_of(action);
    const std::string href = "/ho-so/" + to_string(dossier.id);
    html::Page page;
    page.title = std::string(transition(action).label) + " · " + dossier.code;
    page.trail = {
        {"Hộp việc", "/viec"}, {dossier.code, href}, {std::string(transition(action).label), ""}};
    page.content = {
        {"heading", std::string(transition(action).label)},
        {"code", dossier.code},
        {"guide", std::string(form.guide)},
        {"action", href + "/" + std::string(form.address)},
        {"seen",
         request.field("seen").empty() ? std::to_string(dossier.head.seq) : typed(request, "seen")},
        {"back", href},
        {"danger", action == Action::refuse || action == Action::reject || action == Action::stop}};
    html::View& content = page.content;
    if (!problems.empty()) content.set("errors", html::error_summary(problems));
    if (form.reason)
        content.set("reason",
                    text_field(request, problems, "reason", std::string(form.reason_label),
                               "Không ghi tên người nộp, số giấy tờ, số điện thoại.", true,
                               action == Action::withdraw));
    if (form.clause)
        content.set("clause",
                    text_field(request, problems, "clause", "Căn cứ pháp luật",
                               "Ví dụ: khoản 2 Điều 17 Nghị định 61/2018/NĐ-CP", false, false));
    if (action == Action::ask_supplement)
        add_defects(content, request, problems, service.procedure(dossier, *procedures));
    if (action == Action::extend) add_new_due(content, request, problems, dossier);
    if (action == Action::supplement)
        content.set("files", html::view(html::FileView{.name = "files",
                                                       .label = "Giấy tờ bổ sung",
                                                       .error = html::error_of(problems, "files"),
                                                       .multiple = true,
                                                       .optional = true}));
    if (action == Action::assign) {
        html::ChoiceView people{
            .name = "assignee", .label = "Người xử lý", .placeholder = "Chọn người xử lý"};
        auto connection = platform.pool.lease();
        for (const auto& member :
             platform.identity.members(*connection, dossier.agency, date_of(request.now)))
            people.options.push_back(
                {std::to_string(member.position), member.name + " · " + member.title});
        people.chosen = {typed(request, "assignee")};
        people.error = html::error_of(problems, "assignee");
        content.set("people", html::view(people));
    }
    return staff_page(platform, request, "dossiers/action", std::move(page), status);
}

http::Response action_page(Service& service, const http::Request& request) {
    const auto dossier = dossier_of(service, request);
    const auto action = action_of(request.param("action"));
    if (!dossier || !action) return no_such_dossier(service.platform(), request);
    if (!possible(*dossier, *action) || !permitted(identity::actor(request), *dossier, *action))
        return told(service.platform(), request, 409, "Lúc này không làm được việc này",
                    "Hồ sơ đang ở trạng thái \"" + std::string(label(dossier->status)) +
                        "\", hoặc chức danh của anh/chị không được giao việc này.",
                    "Mở lại hồ sơ", "/ho-so/" + to_string(dossier->id));
    return action_form(service, request, *dossier, *action, {}, 200);
}

http::Response take_action(Service& service, const http::Request& request) {
    Platform& platform = service.platform();
    const auto dossier = dossier_of(service, request);
    const auto action = action_of(request.param("action"));
    if (!dossier || !action) return no_such_dossier(platform, request);
    auto step = read_step(request, *action);
    if (!step) return action_form(service, request, *dossier, *action, step.problems(), 422);

    Act act{.dossier = dossier->id, .step = std::move(*step)};
    act.seen = text::parse_integer(request.field("seen")).value_or(dossier->head.seq);
    Kept uploads = keep_uploads(service, request);
    if (!uploads.problems.empty())
        return action_form(service, request, *dossier, *action, uploads.problems, 422);
    act.files = std::move(uploads.files);
    auto kept = std::make_shared<http::Request>(
        request);  // the answer may come after this handler has ended
    kept->uploads.clear();
    http::Response response;
    response.later = [&service, kept, before = *dossier, action = *action,
                      act = std::move(act)](std::function<void(http::Response)> reply) mutable {
        service.act(
            std::move(act), &identity::actor(*kept), kept->now,
            [&service, kept, before, action, reply = std::move(reply)](Answer answer) {
                const std::string href = "/ho-so/" + to_string(before.id);
                const std::string done = std::string(transition(action).label) + ": đã ghi nhận";
                switch (answer.kind) {
                    case Answer::Kind::done:
                    case Answer::Kind::replayed:
                        return reply(http::redirect(href + "?xong=" + text::escape_url(done)));
                    case Answer::Kind::conflict:
                        return reply(changed(service.platform(), *kept, href));
                    case Answer::Kind::refused:
                        return reply(
                            action_form(service, *kept, before, action, answer.problems, 422));
                    case Answer::Kind::forbidden:
                    case Answer::Kind::missing:
                        return reply(told(service.platform(), *kept, 403, "Không thực hiện được",
                                          answer.problems.front().message, "Mở lại hồ sơ", href));
                    case Answer::Kind::unavailable:
                        return reply(told(service.platform(), *kept, 503, "Chưa ghi nhận được",
                                          answer.problems.front().message, "Mở lại hồ sơ", href));
                }
            });
    };
    return response;
}

}  // namespace chilang::dossiers
