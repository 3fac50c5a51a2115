// Send back: the leader doesn't sign yet and says what is to be done.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> send_back(Dossier dossier, const Step& step, const Facts& facts) {
    if (Problems problems =
            check_grounds(step, {"Ghi việc cần làm lại để chuyên viên biết phải sửa gì.", ""});
        !problems.empty())
        return problems;
    dossier.status = Status::processing;
    return decided(std::move(dossier), kinds::sent_back, grounds(step), facts, step);
}

}  // namespace chilang::dossiers
