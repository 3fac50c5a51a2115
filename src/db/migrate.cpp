// Migrations: found among the embedded files, applied under a lock, remembered with their hash.
#include "db/migrate.hpp"

#include "base/embedded.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>

namespace chilang::db {

namespace {

constexpr std::int64_t kLock = 0x6368696c616e67;  // "chilang"

// Modules in order of level: a schema refers only to those before it.
constexpr std::string_view kOrder[] = {"db",    "places",  "workdays", "ledger", "identity",
                                       "files", "figures", "dossiers", "ioc",    "reports"};

std::size_t rank(std::string_view module) {
    return static_cast<std::size_t>(std::find(std::begin(kOrder), std::end(kOrder), module) -
                                    std::begin(kOrder));
}

// "src/dossiers/migrations/0001_dossier.sql" -> dossiers, 0001_dossier
std::optional<Migration> migration_of(const EmbeddedFile& file) {
    constexpr std::string_view kRoot = "src/", kFolder = "/migrations/", kEnd = ".sql";
    if (!file.path.starts_with(kRoot) || !file.path.ends_with(kEnd)) return std::nullopt;
    const auto folder = file.path.find(kFolder);
    if (folder == file.path.npos) return std::nullopt;
    const auto name = folder + kFolder.size();
    return Migration{file.path.substr(kRoot.size(), folder - kRoot.size()),
                     file.path.substr(name, file.path.size() - name - kEnd.size()), file.bytes};
}

constexpr const char* kBootstrap = R"(
CREATE SCHEMA IF NOT EXISTS db;
CREATE TABLE IF NOT EXISTS db.migration (
    module     text NOT NULL,
    name       text NOT NULL,
    hash       text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT migration_pkey PRIMARY KEY (module, name)
);
COMMENT ON TABLE db.migration IS 'Migrations that this database has seen';
COMMENT ON COLUMN db.migration.module IS 'Module that brought the file; personal: no';
COMMENT ON COLUMN db.migration.name IS 'Name of the file without its ending; personal: no';
COMMENT ON COLUMN db.migration.hash IS 'SHA-256 of the file as it was applied; personal: no';
COMMENT ON COLUMN db.migration.applied_at IS 'When it was applied; personal: no';
)";

std::string title(std::string_view module, std::string_view name) {
    return "migration " + std::string(module) + "/" + std::string(name);
}

void apply(Connection& connection, const Migration& migration, std::string_view hash) {
    Transaction transaction(connection);
    try {
        connection.script(std::string(migration.sql));
        connection.query("INSERT INTO db.migration (module, name, hash) VALUES ($1, $2, $3)",
                         {migration.module, migration.name, hash});
        transaction.commit();
    } catch (const Error& error) {
        throw Error(title(migration.module, migration.name) + ": " + error.what(), error.sqlstate,
                    error.constraint);
    }
}

struct Unlock {
    Connection& connection;
    ~Unlock() {
        try {
            connection.query("SELECT pg_advisory_unlock($1)", {kLock});
        } catch (const Error&) {  // the lock ended with the connection
        }
    }
};

}  // namespace

std::vector<Migration> embedded_migrations() {
    std::vector<Migration> migrations;
    for (const EmbeddedFile& file : embedded_files())
        if (const auto migration = migration_of(file)) migrations.push_back(*migration);
    std::sort(migrations.begin(), migrations.end(), [](const Migration& a, const Migration& b) {
        return std::tuple(rank(a.module), a.module, a.name) <
               std::tuple(rank(b.module), b.module, b.name);
    });
    return migrations;
}

int migrate(Connection& connection, std::span<const Migration> migrations) {
    connection.query("SELECT pg_advisory_lock($1)", {kLock});
    const Unlock unlock{connection};
    connection.script(kBootstrap);
    std::map<std::pair<std::string, std::string>, std::string> applied;
    const Rows rows = connection.query("SELECT module, name, hash FROM db.migration");
    for (std::size_t i = 0; i < rows.size(); ++i)
        applied[{std::string(rows.at(i, 0).text()), std::string(rows.at(i, 1).text())}] =
            rows.at(i, 2).text();
    int count = 0;
    for (const Migration& migration : migrations) {
        const Rows answer = connection.query("SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')",
                                             {migration.sql});
        const std::string_view hash = answer.at(0, 0).text();
        const auto before =
            applied.find({std::string(migration.module), std::string(migration.name)});
        if (before == applied.end()) {
            apply(connection, migration, hash);
            ++count;
        } else if (before->second != hash) {
            throw std::runtime_error(title(migration.module, migration.name) +
                                     " was changed after this database applied it: write a new "
                                     "migration instead");
        }
    }
    return count;
}

}  // namespace chilang::db
