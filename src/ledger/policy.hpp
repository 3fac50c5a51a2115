// Whose signatures an auditor demands of a checkpoint: the log's always, of witnesses k of n.
//
// The keys come from outside: a checkpoint that brings its own keys proves nothing.
#pragma once

#include "ledger/note.hpp"

#include <string>
#include <vector>

namespace chilang::ledger {

// Sentences in Vietnamese that name what is wrong; empty means that all is right.
using Findings = std::vector<std::string>;

struct Policy {
    std::string log_key;                    // "name+keyid+base64"
    std::vector<std::string> witness_keys;  // of cosignatures, same form
    std::size_t quorum = 0;                 // so many of those witnesses must have signed
};

struct WitnessSignature {
    std::string name;
    Instant at{};
};

struct NoteReport {
    Findings findings;
    std::vector<WitnessSignature> witnesses;  // of the policy, with a right signature
    std::vector<std::string> strangers;       // names of signatures that no given key can check
};

NoteReport check_note(const Note& note, const Policy& policy);

}  // namespace chilang::ledger
