// Assign: one position answers for the dossier. Assigning again moves the work, never the clock.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> assign(Dossier dossier, const Step& step, const Facts& facts) {
    if (!step.assignee || *step.assignee <= 0)
        return Problem{"assignee_missing", "assignee", "Chọn người xử lý hồ sơ."};
    if (dossier.status == Status::processing && dossier.assignee == step.assignee)
        return Problem{"assignee_same", "assignee", "Hồ sơ đang do chính người này xử lý."};
    dossier.assignee = step.assignee;
    dossier.status = Status::processing;
    return decided(std::move(dossier), kinds::assigned, {}, facts);
}

}  // namespace chilang::dossiers
