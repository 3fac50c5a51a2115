// Reject: a refusal after appraisal is a result too: signed, reasoned, and inside the time limit.
//
// NĐ 61/2018/NĐ-CP Điều 19: "không đủ điều kiện giải quyết" is answered in writing with its reason.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> reject(Dossier dossier, const Step& step, const Facts& facts) {
    if (Problems problems = check_grounds(
            step, {"Ghi lý do không giải quyết.", "Ghi điều, khoản của văn bản làm căn cứ."});
        !problems.empty())
        return problems;
    const std::string apology = finish_clock(dossier, Outcome::rejected, facts);
    std::string note = "Không đủ điều kiện giải quyết. " + grounds(step);
    if (!apology.empty()) note += " " + apology;
    return decided(std::move(dossier), kinds::resolved, std::move(note), facts, step);
}

}  // namespace chilang::dossiers
