// The statutory papers of a dossier (TT 01/2018/TT-VPCP, from 2025-09-15 TT 03/2025/TT-VPCP),
// printed from its row and its events. Nothing on them is typed for the paper: what an officer
// wrote, they wrote in the step itself, and the event that they print is named by its hash.
//
// A paper exists exactly when its step happened: no step, no paper; and a notice that asks for
// papers or refuses them always lists what and why, because the rules let no empty one through.
#pragma once

#include "dossiers/rules.hpp"
#include "dossiers/timeline.hpp"
#include "files/files.hpp"
#include "paper/paper.hpp"
#include "places/places.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::dossiers {

enum class Slip {
    submission,  // a note that a dossier was sent online; no promise yet
    receipt,     // 01: received, due when and where
    supplement,  // 02: what is missing, why, how to mend it
    refusal,     // 03: refused at intake, why
    apology,     // 04: sorry; the new date, or that the result came late
    stop,        // 05 (2025): the agency ends the matter
    control      // 05 (2018), 06 (2025): who had the dossier, from when to when
};

struct SlipSource {
    const Dossier& dossier;
    const Procedure& procedure;
    const places::Places& places;
    const time::Calendar& calendar;
    std::vector<ledger::ProvenEvent> events;  // oldest first
    std::vector<files::StoredFile> files;
    NameOf name_of;
    std::string public_url;
    std::string secret;  // look-up secret, on form 01 for the applicant; may be empty
    Instant now;
};

// Those whose step happened, in the order of their numbers.
std::vector<Slip> issued(const std::vector<ledger::ProvenEvent>& events);
bool for_applicant(Slip slip);        // false: inside the agency only
std::string_view address(Slip slip);  // "giay-tiep-nhan"
std::string_view label(Slip slip);    // "Giấy tiếp nhận và hẹn trả kết quả"
std::optional<Slip> slip_of(std::string_view address);

// Empty when its step has not happened.
std::optional<paper::Document> print(Slip slip, const SlipSource& source);

}  // namespace chilang::dossiers
