// Approve: the result is signed, and the on-time test stops at this instant.
//
// NĐ 61/2018/NĐ-CP Điều 19 khoản 9: a result that comes late carries the written apology (form 04);
// it is recorded with the resolution itself, so a late dossier cannot be closed without one.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> approve(Dossier dossier, const Step&, const Facts& facts) {
    std::string apology = finish_clock(dossier, Outcome::approved, facts);
    return decided(std::move(dossier), kinds::resolved, std::move(apology), facts);
}

}  // namespace chilang::dossiers
