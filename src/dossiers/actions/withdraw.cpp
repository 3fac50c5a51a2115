// Withdraw: the applicant's free decision before the result is signed. Never counted as resolved.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> withdraw(Dossier dossier, const Step& step, const Facts& facts) {
    if (Problems problems = check_grounds(step, {}); !problems.empty()) return problems;
    dossier.status = Status::withdrawn;
    dossier.closed_at = facts.now;
    return decided(std::move(dossier), kinds::withdrawn, grounds(step), facts, step);
}

}  // namespace chilang::dossiers
