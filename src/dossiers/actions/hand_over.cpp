// Hand over: the result reaches the applicant. The on-time test ended at the signature.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> hand_over(Dossier dossier, const Step&, const Facts& facts) {
    dossier.status = Status::returned;
    dossier.returned_at = facts.now;
    return decided(std::move(dossier), kinds::returned, {}, facts);
}

}  // namespace chilang::dossiers
