// Backup and restore: the database (pg_dump), the ledger and the attachments in one tar file.
#pragma once

#include "app/options.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace chilang::app {

// Writes `archive` completely or not at all. Order: attachments first, then the database, then the
// ledger's tiles, so that no row in the archive points to a file that is not in it.
int backup(const Options& options, const std::filesystem::path& archive);

// Refuses a database that already holds dossiers. The ledger refuses to sign when a witness has
// seen more than the archive holds: a restored old backup is noticed, not hidden.
int restore(const Options& options, const std::filesystem::path& archive);

// For auditors: the history of one dossier with its proofs (JSON lines; for a court a folder with
// keys and words to read), or, without a code, a mirror of the whole ledger.
int export_proofs(const Options& options, const std::string& dossier_code, bool court,
                  const std::filesystem::path& destination);

// `chilang verify …`: the ledger's checks, and for a database also each dossier against its events.
// 0: all is right; 1: something was found; 2: it could not check.
int verify(const std::vector<std::string>& words);

}  // namespace chilang::app
