// The receipt on paper: form 01 of TT 01/2018/TT-VPCP for an accepted dossier, a note of submission
// before.
#pragma once

#include "dossiers/model.hpp"
#include "paper/paper.hpp"
#include "places/places.hpp"

#include <string>

namespace chilang::dossiers {

// `secret` is printed when given; `link` is what the QR code opens (the code, never the secret);
// `proof_hash` is the leaf hash that lets anyone compare the paper with the ledger.
paper::Document slip(const Dossier& dossier, const Procedure& procedure,
                     const places::Agency& agency, const std::string& secret,
                     const std::string& link, const std::string& proof_hash);

}  // namespace chilang::dossiers
