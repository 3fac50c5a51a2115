// Due dates of dossiers: the procedure's limit, laid on the dossier's own history.
//
// Day, hour and month limits are time::deadline's. What is special here: "in the day" limits, where
// a dossier taken in after 15:00 may be answered on the next working day (NĐ 123/2015/NĐ-CP Điều 3,
// and most procedures of the civil register), and the one re-appointment that a leader may promise
// (NĐ 61/2018/NĐ-CP Điều 19). A stored due date must equal what this file computes from the events.
#include "dossiers/rules.hpp"

namespace chilang::dossiers {

namespace {

constexpr int late_afternoon = 15 * 60;
constexpr int intake_minutes = 8 * 60;

time::Deadline same_day(const time::Calendar& calendar, Instant received) {
    time::Deadline deadline;
    const Instant start = calendar.to_session(received);
    if (start != received)
        deadline.trace.push_back("Hồ sơ đầy đủ lúc " + show(received) +
                                 ", ngoài giờ làm việc: tính từ " + show(start) + ".");
    else
        deadline.trace.push_back("Hồ sơ đầy đủ lúc " + show(received) + ".");
    Date day = date_of(start);
    if (minute_of_day(start) >= late_afternoon) {
        day = calendar.next_working(day);
        deadline.trace.push_back(
            "Thủ tục giải quyết trong ngày, hồ sơ đến từ 15 giờ được trả vào ngày làm việc tiếp "
            "theo.");
    } else {
        deadline.trace.push_back("Thủ tục giải quyết ngay trong ngày làm việc.");
    }
    deadline.due = calendar.close_of(day);
    deadline.trace.push_back("Hạn trả kết quả: " + show(deadline.due) + ".");
    return deadline;
}

}  // namespace

Instant intake_due(const Dossier& dossier, const time::Calendar& calendar) {
    return calendar.add_working_minutes(dossier.submitted_at, intake_minutes);
}

time::Deadline due_of(const Dossier& dossier, const Procedure& procedure,
                      const time::Calendar& calendar, Instant now) {
    if (!dossier.received_at) return {};
    std::vector<time::Pause>
        pauses;  // those that ended: while one lasts, the promise in force stands
    for (const PauseSpan& span : dossier.pauses)
        if (span.to) pauses.push_back({span.from, span.to});
    time::Deadline deadline;
    if (procedure.limit_amount == 0) {
        deadline = same_day(calendar, pauses.empty() ? *dossier.received_at : *pauses.back().to);
    } else {
        deadline = time::deadline(
            calendar, *dossier.received_at,
            {procedure.limit_amount, static_cast<time::LimitUnit>(procedure.limit_unit)}, pauses,
            static_cast<time::PausePolicy>(procedure.pause_policy), now);
    }
    if (!pauses.empty())
        deadline.trace.push_back("Căn cứ tạm dừng tính thời gian: " + procedure.pause_clause + ".");
    if (dossier.extensions > 0 && dossier.due_at) {
        deadline.due = *dossier.due_at;
        deadline.trace.push_back(
            "Cơ quan đã xin lỗi và hẹn lại một lần (Mẫu 04): hạn đang có hiệu lực là " +
            show(deadline.due) + ".");
    }
    if (is_paused(dossier))
        deadline.trace.push_back("Đang tạm dừng từ " + show(dossier.pauses.back().from) + " theo " +
                                 procedure.pause_clause +
                                 ": hạn được tính tiếp khi hồ sơ được bổ sung.");
    return deadline;
}

}  // namespace chilang::dossiers
