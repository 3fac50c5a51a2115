// Extend (form 04): once, before the promise breaks, with the reason, an apology and a new promise.
//
// NĐ 61/2018/NĐ-CP Điều 19 khoản 9: "việc hẹn lại ngày trả kết quả được thực hiện không quá một
// lần". The old promise stays in first_due_at and in the events; nothing is overwritten without a
// trace.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

namespace {

bool in_working_hours(const time::Calendar& calendar, Instant instant) {
    return calendar.to_session(instant) == instant ||
           (calendar.is_working(date_of(instant)) &&
            calendar.close_of(date_of(instant)) == instant);
}

}  // namespace

Result<Decision> extend(Dossier dossier, const Step& step, const Facts& facts) {
    if (dossier.extensions > 0)
        return Problem{"extend_once", "", "Hồ sơ đã hẹn lại một lần; không được hẹn lại lần nữa."};
    if (facts.now > *dossier.due_at)
        return Problem{
            "extend_late", "",
            "Hồ sơ đã quá hạn nên không thể hẹn lại: hãy giải quyết và xin lỗi khi trả kết quả."};
    Problems problems = check_grounds(step, {"Ghi lý do phải hẹn lại.", ""});
    if (!step.new_due)
        problems.push_back({"new_due_missing", "new_due", "Nhập ngày, giờ hẹn trả mới."});
    else if (*step.new_due <= *dossier.due_at)
        problems.push_back(
            {"new_due_not_later", "new_due",
             "Ngày hẹn mới phải sau hạn đang có hiệu lực (" + show(*dossier.due_at) + ")."});
    else if (!in_working_hours(facts.calendar, *step.new_due))
        problems.push_back({"new_due_off_hours", "new_due",
                            "Chọn thời điểm trong giờ làm việc của một ngày làm việc."});
    if (!problems.empty()) return problems;

    std::string note = "Hẹn lại từ " + show(*dossier.due_at) + " đến " + show(*step.new_due) +
                       ". " + grounds(step) +
                       " Cơ quan giải quyết xin lỗi người nộp hồ sơ (Mẫu 04).";
    dossier.due_at = step.new_due;
    ++dossier.extensions;
    return decided(std::move(dossier), kinds::extended, std::move(note), facts, step);
}

}  // namespace chilang::dossiers
