// The transition table, and the two doors to the rules: a new dossier, and a step of one that
// exists.
//
// The table is the law in short: what may be done in which status, and by whom. Everything else
// about a step is in actions/<verb>.cpp. Order of the table = order of the buttons, the usual next
// step first.
#include "dossiers/rules.hpp"

#include "base/text.hpp"
#include "dossiers/actions/actions.hpp"

#include <algorithm>

namespace chilang::dossiers {

const std::vector<Transition>& transitions() {
    using enum Status;
    static const std::vector<Transition> table{
        {Action::accept, {submitted}, "dossiers.receive", "Tiếp nhận hồ sơ"},
        {Action::assign, {accepted, processing}, "dossiers.assign", "Phân công xử lý"},
        {Action::draft, {processing}, "dossiers.process", "Trình ký kết quả"},
        {Action::approve, {deciding}, "dossiers.decide", "Ký duyệt kết quả"},
        {Action::hand_over, {resolved}, "dossiers.receive", "Trả kết quả"},
        {Action::supplement, {waiting_applicant}, "applicant", "Ghi nhận hồ sơ đã bổ sung"},
        {Action::ask_supplement,
         {submitted, accepted, processing},
         "dossiers.supplement",
         "Yêu cầu bổ sung"},
        {Action::send_back, {deciding}, "dossiers.decide", "Trả lại chuyên viên"},
        {Action::extend, {accepted, processing, deciding}, "dossiers.decide", "Xin lỗi và hẹn lại"},
        {Action::reject, {deciding}, "dossiers.decide", "Ký từ chối giải quyết"},
        {Action::refuse, {submitted}, "dossiers.receive", "Từ chối tiếp nhận"},
        {Action::stop,
         {accepted, processing, waiting_applicant, deciding},
         "dossiers.decide",
         "Dừng giải quyết"},
        {Action::withdraw,
         {submitted, accepted, processing, waiting_applicant, deciding},
         "applicant",
         "Ghi nhận rút hồ sơ"},
    };
    return table;
}

const Transition& transition(Action action) {
    return *std::ranges::find(transitions(), action, &Transition::action);
}

namespace {

Verb* verb(Action action) {
    switch (action) {
        case Action::accept:
            return accept;
        case Action::refuse:
            return refuse;
        case Action::assign:
            return assign;
        case Action::ask_supplement:
            return ask_supplement;
        case Action::supplement:
            return supplement;
        case Action::draft:
            return draft;
        case Action::send_back:
            return send_back;
        case Action::approve:
            return approve;
        case Action::reject:
            return reject;
        case Action::extend:
            return extend;
        case Action::stop:
            return stop;
        case Action::withdraw:
            return withdraw;
        case Action::hand_over:
            return hand_over;
    }
    return nullptr;
}

bool status_allows(Status status, Action action) {
    return std::ranges::count(transition(action).from, status) > 0;
}

// No step may claim to be older than what already happened.
bool goes_backwards(const Dossier& dossier, Instant now) {
    if (now < dossier.submitted_at) return true;
    for (const auto& instant : {dossier.received_at, dossier.resolved_at})
        if (instant && now < *instant) return true;
    return !dossier.pauses.empty() &&
           now < dossier.pauses.back().to.value_or(dossier.pauses.back().from);
}

Problems check_applicant(const Applicant& applicant) {
    Problems problems;
    if (text::clean(applicant.name).empty())
        problems.push_back({"name_missing", "name", "Nhập họ và tên người nộp hồ sơ."});
    if (!applicant.citizen_id.empty() &&
        (applicant.citizen_id.size() != 12 || text::digits_only(applicant.citizen_id).size() != 12))
        problems.push_back(
            {"citizen_id_form", "citizen_id", "Số định danh cá nhân gồm 12 chữ số."});
    if (!applicant.phone.empty() && (text::digits_only(applicant.phone) != applicant.phone ||
                                     applicant.phone.size() < 10 || applicant.phone.size() > 11))
        problems.push_back(
            {"phone_form", "phone", "Số điện thoại gồm 10 chữ số, ví dụ 0912 345 678."});
    if (!applicant.email.empty() && applicant.email.find('@') == std::string::npos)
        problems.push_back({"email_form", "email", "Địa chỉ thư điện tử cần có dạng ten@vidu.vn."});
    return problems;
}

}  // namespace

std::string component_field(int number) {
    return "component_" + std::to_string(number);
}

int component_of(std::string_view field) {
    constexpr std::string_view prefix = "component_";
    if (!field.starts_with(prefix)) return 0;
    const auto number = text::parse_integer(field.substr(prefix.size()));
    return number && *number > 0 && *number < 1000 ? static_cast<int>(*number) : 0;
}

Problems missing_components(const Procedure& procedure, Channel channel,
                            const std::vector<int>& handed_in) {
    Problems problems;
    int number = 0;
    for (const Component& component : procedure.components) {
        ++number;
        const bool wanted =
            component.required && (channel == Channel::online ? component.source == "upload"
                                                              : component.source != "data");
        if (!wanted || std::ranges::count(handed_in, number) > 0) continue;
        problems.push_back(
            {"component_missing", component_field(number),
             channel == Channel::online
                 ? "Hãy chọn ảnh hoặc tệp của: " + component.name + "."
                 : "Chưa có: " + component.name +
                       ". Hồ sơ thiếu thì hướng dẫn người nộp bổ sung trước khi tiếp nhận."});
    }
    return problems;
}

bool possible(const Dossier& dossier, Action action) {
    if (!status_allows(dossier.status, action)) return false;
    if (action == Action::ask_supplement) return dossier.supplements == 0;
    if (action == Action::extend) return dossier.extensions == 0;
    return true;
}

Result<Decision> decide_submit(Dossier draft, const Facts& facts) {
    Problems problems = check_applicant(draft.applicant);
    const Date today = date_of(facts.now);
    const Procedure& procedure = facts.procedure;
    if (today < procedure.valid_from || (procedure.valid_to && *procedure.valid_to <= today))
        problems.push_back(
            {"procedure_not_in_force", "procedure",
             "Thủ tục này không còn hiệu lực vào ngày nộp. Hãy chọn thủ tục thay thế."});
    if (draft.channel == Channel::online && procedure.level == ServiceLevel::information)
        problems.push_back({"not_online", "procedure",
                            "Thủ tục này chưa nhận hồ sơ trực tuyến. Hãy nộp tại bộ phận một cửa "
                            "hoặc qua bưu chính."});
    if (draft.agency == 0)
        problems.push_back({"agency_missing", "agency", "Chọn cơ quan giải quyết."});
    for (Problem& missing : missing_components(procedure, draft.channel, facts.handed_in))
        problems.push_back(std::move(missing));
    if (!problems.empty()) return problems;

    draft.procedure = procedure.id;
    draft.procedure_version = procedure.version;
    draft.submitted_at = facts.now;
    if (draft.channel == Channel::online) {
        draft.status = Status::submitted;
        return decided(std::move(draft), kinds::submitted, {}, facts);
    }
    start_clock(draft, facts);
    return decided(std::move(draft), kinds::accepted,
                   "Hẹn trả kết quả: " + show(*draft.due_at) + ".", facts);
}

Result<Decision> decide(const Dossier& dossier, const Step& step, const Facts& facts) {
    if (!status_allows(dossier.status, step.action))
        return Problem{"status", "",
                       "Không thể \"" + std::string(transition(step.action).label) +
                           "\" khi hồ sơ ở trạng thái \"" + std::string(label(dossier.status)) +
                           "\". Hãy tải lại trang để xem tình trạng mới nhất."};
    if (facts.actor == "citizen" && transition(step.action).right != "applicant")
        return Problem{"not_for_applicant", "", "Việc này do cơ quan giải quyết thực hiện."};
    if (goes_backwards(dossier, facts.now))
        return Problem{"time_backwards", "", "Thời điểm thực hiện sớm hơn bước trước của hồ sơ."};
    return verb(step.action)(dossier, step, facts);
}

ProcedureFacts facts_of(const Procedure& procedure) {
    return {procedure.id,
            procedure.code,
            procedure.field,
            procedure.department,
            procedure.level,
            procedure.portal_synced,
            procedure.portal_level,
            procedure.valid_from,
            procedure.valid_to,
            procedure.version > 1 ? std::optional(procedure.version) : std::nullopt};
}

Id procedure_id(std::int64_t procedure, int version) {
    const std::uint64_t number =
        static_cast<std::uint64_t>(procedure) + (static_cast<std::uint64_t>(version - 1) << 32);
    Id id;
    for (int i = 0; i < 8; ++i) id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

std::string procedure_stream(std::int64_t procedure) {
    return "procedure/" + std::to_string(procedure);
}

std::string dossier_stream(const Id& dossier) {
    return "dossier/" + to_string(dossier);
}

}  // namespace chilang::dossiers
