// The one-stop mechanism: procedures, dossiers, their clocks, and the officers' pages.
//
// The only header for other modules. The demonstration load decides with rules.hpp and writes with
// store.hpp; the citizens' pages are made with the same service as the officers'.
#pragma once

#include "dossiers/model.hpp"
#include "dossiers/rules.hpp"
#include "dossiers/secret.hpp"
#include "dossiers/store.hpp"

namespace chilang {
struct Platform;
}

namespace chilang::dossiers {

// Kinds, rights, routes, metrics and jobs. Throws db::Error when the database is gone.
void install(Platform& platform);

// The sentence of a named constraint of this module, or nothing.
std::optional<Problem> explain(std::string_view constraint);

// Compares every dossier's row with its last sealed event; sentences that name what differs (at
// most fifty), none when all is right. Half a minute for a million dossiers: use a connection of
// its own.
std::vector<std::string> verify_rows(db::Connection& connection);

}  // namespace chilang::dossiers
