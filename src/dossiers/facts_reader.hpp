// Reads the payload of a dossier's event fast: one pass, no allocation, no member looked for.
//
// Rebuilding all figures reads every event again, a million a second on one core. Payloads are
// canonical, so the members are taken in the order of StepFacts; the note at the end is not for
// figures and is not read. A test holds this reader against json::read on random steps: a member
// added to StepFacts is added here too, as one that older payloads lack.
#pragma once

#include "dossiers/rules.hpp"

#include <string_view>

namespace chilang::dossiers {

// What figures fold. Views point into the payload.
struct QuickFacts {
    std::int64_t procedure = 0, agency = 0;
    std::string_view field;  // as written in JSON; escapes are not undone
    int level = -1, channel = -1, status = -1, verdict = -1;  // -1: absent
    std::int64_t received_at = INT64_MIN, due_at = INT64_MIN, resolved_at = INT64_MIN,
                 returned_at = INT64_MIN, closed_at = INT64_MIN;  // microseconds
    bool paused = false;
};

// False when the payload is not what this module writes.
bool read_quick(std::string_view payload, QuickFacts& facts);

}  // namespace chilang::dossiers
