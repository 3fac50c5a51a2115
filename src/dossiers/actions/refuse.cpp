// Refuse at intake (form 03): only with the reason and the clause of law that the reason rests on.
//
// NĐ 61/2018/NĐ-CP Điều 17 khoản 2: wrong authority, or not within what the procedure serves. A
// dossier that can be mended is not refused but gets a supplement notice.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> refuse(Dossier dossier, const Step& step, const Facts& facts) {
    if (Problems problems =
            check_grounds(step, {"Ghi lý do từ chối để người nộp hiểu vì sao.",
                                 "Ghi điều, khoản của văn bản làm căn cứ từ chối."});
        !problems.empty())
        return problems;
    dossier.status = Status::refused;
    dossier.closed_at = facts.now;
    return decided(std::move(dossier), kinds::refused, grounds(step) + " (Mẫu 03)", facts, step);
}

}  // namespace chilang::dossiers
