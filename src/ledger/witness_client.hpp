// The log's side of the witness protocol (C2SP tlog-witness): asks the configured witnesses only.
#pragma once

#include "ledger/ledger.hpp"

#include <stdexcept>

namespace chilang::ledger {

// A witness has seen a history that this ledger does not extend: an old backup was restored, or the
// ledger was forked. what() says which witness and what it saw, in Vietnamese.
class WitnessContradicts : public std::runtime_error {
    using runtime_error::runtime_error;
};

struct Cosignatures {
    std::string lines;  // of the witnesses that cosigned, each whole and right
    std::size_t count = 0;
};

// Asks every witness to cosign `head`; those that don't answer, or not rightly, are logged. With
// witness keys in the options only signatures of those keys count. Throws WitnessContradicts.
Cosignatures ask_witnesses(const Ledger::Options& options, const Checkpoint& head);

}  // namespace chilang::ledger
