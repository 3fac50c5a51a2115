// Stop (form 05): the agency ends the matter by a legal ground. Not a result, and not a withdrawal.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> stop(Dossier dossier, const Step& step, const Facts& facts) {
    if (Problems problems = check_grounds(
            step, {"Ghi lý do dừng giải quyết.", "Ghi điều, khoản của văn bản cho phép dừng."});
        !problems.empty())
        return problems;
    dossier.status = Status::stopped;
    dossier.closed_at = facts.now;
    return decided(std::move(dossier), kinds::stopped, grounds(step) + " (Mẫu 05)", facts, step);
}

}  // namespace chilang::dossiers
