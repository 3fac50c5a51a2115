// Checks that need nobody's word: a receipt, a history, a mirror, a database.
//
// Every check answers its findings, sentences in Vietnamese that name the event, tile or file; an
// empty list means that all is right.
#pragma once

#include "db/db.hpp"

#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::ledger {

using Findings = std::vector<std::string>;

// `public_key` is the log's verifier key, "name+keyid+base64".
Findings verify_receipt(std::string_view receipt, std::string_view public_key);
// A history as `export_stream` writes it.
Findings verify_history(std::string_view lines, std::string_view public_key);
// Rebuilds every tile from the entries; the key is read from `folder`/public.key when empty.
Findings verify_mirror(const std::filesystem::path& folder, std::string_view public_key);
// Recomputes each row's leaf and compares it with the tree in the ledger's folder.
Findings verify_database(db::Connection& connection, const std::filesystem::path& folder);

// The history of one stream as JSON lines, one receipt text each: {"receipt":"…"}.
std::string export_stream(db::Connection& connection, const std::filesystem::path& folder,
                          std::string_view stream);
// Copies checkpoint, public key and every tile; never the secret keys.
void export_mirror(const std::filesystem::path& folder, const std::filesystem::path& destination);

// receipt FILE | dossier FILE | mirror FOLDER | database URL FOLDER, with --key KEY or --key-file FILE.
// Answers 0 when all is right, 1 with findings, 2 when it could not check.
int verify_command(std::span<const std::string> arguments, std::ostream& out);

}  // namespace chilang::ledger
