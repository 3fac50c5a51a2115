// SQL of procedures and dossiers: loads and saves, decides nothing.
//
// The demonstration load COPYs with `copy_columns` and `copy_row`; everything else goes through
// `insert` and `update`, so a column is named in two places of store.cpp and nowhere else.
#pragma once

#include "db/db.hpp"
#include "dossiers/model.hpp"
#include "ledger/ledger.hpp"

#include <string>
#include <string_view>

namespace chilang::dossiers {

std::optional<Dossier> load(db::Connection& connection, const Id& id);
std::optional<Dossier> load_by_code(db::Connection& connection, std::string_view code);
// With all its events, oldest first, in one round trip.
struct WithHistory {
    std::optional<Dossier> dossier;
    std::vector<ledger::ProvenEvent> events;
};
WithHistory load_with_history(db::Connection& connection, std::string_view code);
// All that were received and have no end yet: a few thousand.
std::vector<Dossier> load_open(db::Connection& connection);
db::Statement insert(const Dossier& dossier, const Procedure& procedure);
// Expects the row as it was at event number `seq_before`; else the command is a conflict.
db::Statement update(const Dossier& dossier, std::int64_t seq_before);

// "dossiers.dossier (id, code, …)": what stands between COPY and FROM STDIN. The dossier's head
// must be the one after its last event.
std::string_view copy_columns();
void copy_row(db::CopyRow& row, const Dossier& dossier, const Procedure& procedure);
// Folded words of code, applicant, telephone and procedure.
std::string search_text(const Dossier& dossier, const Procedure& procedure);

// All versions, by number and version.
std::vector<Procedure> load_procedures(db::Connection& connection);
// A new procedure or a new version; an existing (id, version) is replaced.
db::Statement save(const Procedure& procedure);

}  // namespace chilang::dossiers
