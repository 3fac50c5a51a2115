// Migrations: each module brings numbered SQL files; they are applied once, in order of level.
//
// The files are carried inside the program (base/embedded.hpp), so that the binary is enough to
// upgrade a province. db.migration remembers name and hash; a changed file that was applied is an
// error.
#pragma once

#include "base/result.hpp"
#include "db/db.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace chilang::db {

struct Migration {
    std::string_view module;  // in order of level: "db", "places", …
    std::string_view name;    // "0001_units"
    std::string_view sql;
};

// The migrations carried inside the program, in the order in which they apply.
std::vector<Migration> embedded_migrations();

// Applies what is missing, each in its own transaction, under an advisory lock. Returns how many.
int migrate(Connection& connection, std::span<const Migration> migrations);

}  // namespace chilang::db
