// Supplement: the applicant answered. A clock that stood still by law runs on; the due date moves
// by exactly that span, and the event says from when to when.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> supplement(Dossier dossier, const Step&, const Facts& facts) {
    std::string note;
    if (is_paused(dossier)) {
        PauseSpan& pause = dossier.pauses.back();
        pause.to = facts.now;
        if (dossier.extensions == 0) {
            dossier.due_at = due_of(dossier, facts.procedure, facts.calendar, facts.now).due;
        } else {  // after a re-appointment the promise itself moves on
            const int minutes = facts.calendar.working_minutes_between(pause.from, facts.now);
            dossier.due_at = facts.calendar.add_working_minutes(*dossier.due_at, minutes);
        }
        note = "Tạm dừng từ " + show(pause.from) + " đến " + show(facts.now) +
               "; hạn trả kết quả mới: " + show(*dossier.due_at) + ".";
    }
    if (!dossier.received_at)
        dossier.status = Status::submitted;
    else
        dossier.status = dossier.assignee ? Status::processing : Status::accepted;
    return decided(std::move(dossier), kinds::supplemented, std::move(note), facts);
}

}  // namespace chilang::dossiers
