// Draft: the specialist hands the drafted result to the leader. The clock runs on until it's
// signed.
#include "dossiers/actions/actions.hpp"

namespace chilang::dossiers {

Result<Decision> draft(Dossier dossier, const Step&, const Facts& facts) {
    dossier.status = Status::deciding;
    return decided(std::move(dossier), kinds::drafted, {}, facts);
}

}  // namespace chilang::dossiers
