// Backup and restore: the database (pg_dump), the ledger and the attachments in one tar file.
#pragma once

#include "app/options.hpp"

#include <filesystem>

namespace chilang::app {

// Writes `archive` completely or not at all. Order: attachments first, then the database, then the
// ledger's tiles, so that no row in the archive points to a file that is not in it.
int backup(const Options& options, const std::filesystem::path& archive);

// Refuses a database that already holds dossiers. The ledger refuses to sign when a witness has
// seen more than the archive holds: a restored old backup is noticed, not hidden.
int restore(const Options& options, const std::filesystem::path& archive);

}  // namespace chilang::app
