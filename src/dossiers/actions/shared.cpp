// What several verbs need: starting and finishing the clock, reasons with their legal ground.
//
// Reasons become part of the public history of a dossier, so the one thing refused in them is a
// number that could be an identity paper or a telephone (Nghị định 13/2023/NĐ-CP).
#include "base/json.hpp"
#include "base/text.hpp"
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

namespace {

constexpr std::size_t longest_reason = 2000;

void check_one(std::string_view text, const char* field, const char* code,
               std::string_view sentence, Problems& problems) {
    const std::string cleaned = text::clean(text, text::Lines::multiple);
    if (cleaned.empty() && !sentence.empty())
        problems.push_back({code, field, std::string(sentence)});
    if (text::length(cleaned) > longest_reason)
        problems.push_back({"too_long", field, "Rút gọn còn tối đa 2.000 ký tự."});
    if (holds_personal_number(cleaned))
        problems.push_back(
            {"personal_number", field,
             "Bỏ số giấy tờ hoặc số điện thoại: nội dung này được lưu trong lịch sử công khai."});
}

}  // namespace

Decision decided(Dossier dossier, const ledger::Kind& kind, std::string note, const Facts& facts,
                 const Step& said) {
    StepFacts step;
    step.code = dossier.code;
    step.procedure = dossier.procedure;
    step.agency = dossier.agency;
    step.field = facts.procedure.field;
    step.level = facts.procedure.level;
    step.channel = dossier.channel;
    step.status = dossier.status;
    step.received_at = dossier.received_at;
    step.due_at = dossier.due_at;
    step.resolved_at = dossier.resolved_at;
    step.returned_at = dossier.returned_at;
    step.closed_at = dossier.closed_at;
    step.paused = is_paused(dossier);
    step.verdict = dossier.verdict;
    step.note = std::move(note);
    if (!said.reason.empty()) step.reason = text::clean(said.reason, text::Lines::multiple);
    if (!said.clause.empty()) step.clause = text::clean(said.clause);
    if (!said.defects.empty()) {
        step.defects.emplace();
        for (const Defect& defect : said.defects)
            step.defects->push_back({text::clean(defect.component), text::clean(defect.fault),
                                     text::clean(defect.remedy)});
    }
    if (!facts.handed_in.empty()) step.handed_in = facts.handed_in;
    return {std::move(dossier), kind, json::write(step)};
}

void start_clock(Dossier& dossier, const Facts& facts) {
    dossier.status = Status::accepted;
    dossier.received_at = facts.now;
    dossier.due_at = due_of(dossier, facts.procedure, facts.calendar, facts.now).due;
    dossier.first_due_at = dossier.due_at;
}

std::string finish_clock(Dossier& dossier, Outcome outcome, const Facts& facts) {
    dossier.status = Status::resolved;
    dossier.resolved_at = facts.now;
    dossier.outcome = outcome;
    dossier.verdict = static_cast<Verdict>(time::verdict(facts.now, *dossier.due_at));
    if (dossier.verdict != Verdict::late) return {};
    return "Cơ quan giải quyết xin lỗi vì trả kết quả chậm so với hẹn " + show(*dossier.due_at) +
           " (Phiếu xin lỗi, Mẫu 04).";
}

Problems check_grounds(const Step& step, Wanted wanted) {
    Problems problems;
    check_one(step.reason, "reason", "reason_missing", wanted.reason, problems);
    check_one(step.clause, "clause", "clause_missing", wanted.clause, problems);
    return problems;
}

std::string grounds(const Step& step) {
    const std::string reason = text::clean(step.reason, text::Lines::multiple);
    const std::string clause = text::clean(step.clause);
    std::string note;
    if (!reason.empty()) note = "Lý do: " + reason + (reason.ends_with('.') ? "" : ".");
    if (!clause.empty()) {
        if (!note.empty()) note += ' ';
        note += "Căn cứ: " + clause + (clause.ends_with('.') ? "" : ".");
    }
    return note;
}

bool holds_personal_number(std::string_view text) {
    int run = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (++run >= 9) return true;
        } else if (c != ' ' && c != '.' && c != '-') {
            run = 0;
        } else if (run < 3) {
            run = 0;  // "19/2018 12 ngày" is no number; "0912 345 678" is
        }
    }
    return false;
}

}  // namespace chilang::dossiers
