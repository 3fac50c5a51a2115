// Takes back a load that died: an empty ledger is all that is needed, rows were never committed.
#include "demo/demo.hpp"

namespace chilang::demo {

namespace {

// The one place where sealed events are taken away, and only those of a load that never ended:
// nobody has seen a checkpoint over them. The trigger that forbids it stands again before the
// commit.
void empty_ledger_tables(db::Connection& connection) {
    connection.script(
        "ALTER TABLE ledger.event DISABLE TRIGGER event_not_truncated;"
        "TRUNCATE ledger.event, ledger.intake, ledger.checkpoint;"
        "ALTER TABLE ledger.event ENABLE TRIGGER event_not_truncated");
}

// Keys stay: they are the identity of the log, and nothing was signed that anyone has seen.
void empty_ledger_folder(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder)) return;
    std::vector<std::filesystem::path> doomed;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().find("key") == std::string::npos)
            doomed.push_back(entry.path());
    for (const auto& path : doomed) std::filesystem::remove_all(path);
}

}  // namespace

bool is_loaded(db::Connection& connection) {
    return !connection.query("SELECT 1 FROM demo.load WHERE finished_at IS NOT NULL").empty();
}

std::optional<std::chrono::microseconds> business_shift(db::Connection& connection) {
    const db::Rows rows = connection.query(
        "SELECT continues_at, finished_at FROM demo.load WHERE finished_at IS NOT NULL AND "
        "continues_at IS NOT NULL");
    if (rows.empty()) return std::nullopt;
    return rows.at(0, 0).instant() - rows.at(0, 1).instant();
}

bool wipe_unfinished(db::Connection& connection, const std::filesystem::path& ledger_folder) {
    if (connection.query("SELECT 1 FROM demo.load WHERE finished_at IS NULL").empty()) return false;
    db::Transaction transaction(connection);
    empty_ledger_tables(connection);
    empty_ledger_folder(ledger_folder);
    connection.query("DELETE FROM demo.load");
    transaction.commit();
    return true;
}

}  // namespace chilang::demo
