// Reads the payload of a dossier's event fast: one pass, no allocation.
//
// Rebuilding all figures reads every event again, a million a second on one core; the general JSON
// reader takes three times as long for the few members that figures need. A test holds this reader
// against json::read on random steps.
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
