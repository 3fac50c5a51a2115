// Accept: the dossier is complete and correct, and from this instant the clock runs.
//
// NĐ 61/2018/NĐ-CP Điều 17: the receipt names the instant of receipt and the due date. An intake
// check that took longer than 8 working hours (NĐ 45/2020/NĐ-CP Điều 14) is not hidden: the note
// says so.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> accept(Dossier dossier, const Step&, const Facts& facts) {
    std::string note;
    if (dossier.supplements == 0 && facts.now > intake_due(dossier, facts.calendar))
        note = "Kiểm tra tiếp nhận quá 8 giờ làm việc kể từ khi nộp. ";
    start_clock(dossier, facts);
    note += "Hẹn trả kết quả: " + show(*dossier.due_at) + ".";
    return decided(std::move(dossier), kinds::accepted, std::move(note), facts);
}

}  // namespace chilang::dossiers
