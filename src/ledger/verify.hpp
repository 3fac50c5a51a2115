// Checks that need nobody's word: a receipt, a history, a mirror, two checkpoints, a database.
//
// Every check answers its findings, sentences in Vietnamese that name the event, tile or file; an
// empty list means that all is right.
#pragma once

#include "db/db.hpp"
#include "ledger/policy.hpp"

#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::ledger {

// What a receipt proves, once `findings` is empty; what it merely tells is left out.
struct ReceiptReport {
    Findings findings;
    std::int64_t index = 0;
    std::int64_t size = 0;  // leaves under the checkpoint
    Instant at{};
    std::string kind;           // in Vietnamese where this program knows it
    std::string stream, actor;  // empty when the leaf does not bind them (version 1, erased)
    std::string payload;        // empty after a lawful erasure
    bool erased = false;
    std::vector<WitnessSignature> witnesses;
    std::vector<std::string> strangers;
};
ReceiptReport verify_receipt(std::string_view receipt, const Policy& policy);

// A history as `export_stream` writes it.
Findings verify_history(std::string_view lines, const Policy& policy);
// Rebuilds every tile from the entries; an empty log key is read from `folder`/public.key. With
// witnesses in the policy, `folder`/checkpoint.cosigned must carry them and lie in the same tree.
Findings verify_mirror(const std::filesystem::path& folder, Policy policy);
// Whether one of two checkpoints extends the other, by the tiles of a mirror that holds both.
Findings verify_consistency(std::string_view one, std::string_view other,
                            const std::filesystem::path& mirror, const Policy& policy);
// Recomputes each row's leaf and compares it with the tree in the ledger's folder.
Findings verify_database(db::Connection& connection, const std::filesystem::path& folder);

// The history of one stream as JSON lines, one receipt text each: {"receipt":"…"}.
std::string export_stream(db::Connection& connection, const std::filesystem::path& folder,
                          std::string_view stream);
// Copies checkpoint, public key and every tile; never the secret keys.
void export_mirror(const std::filesystem::path& folder, const std::filesystem::path& destination);
// A folder that a court can check alone: the history, every content in plain words, the keys.
void export_bundle(db::Connection& connection, const std::filesystem::path& folder,
                   std::string_view stream, const std::filesystem::path& destination);

// `chilang verify …` (its --help is the list). 0: all is right; 1: findings; 2: it could not check.
int verify_command(std::span<const std::string> arguments, std::ostream& out);

}  // namespace chilang::ledger
