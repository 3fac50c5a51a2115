// The log's side of the witness protocol (C2SP tlog-witness): asks the configured witnesses only.
#pragma once

#include "ledger/ledger.hpp"

namespace chilang::ledger {

// Signature lines of all witnesses that cosigned `head`; those that don't answer are logged.
std::string ask_witnesses(const Ledger::Options& options, const Checkpoint& head);

// Throws SealRefused when a witness has seen a larger tree: an old backup was restored.
void refuse_if_witness_is_ahead(const Ledger::Options& options, const Checkpoint& head);

}  // namespace chilang::ledger
