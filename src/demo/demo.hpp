// The demonstration province: loads the dossiers of a scenario as events through the module's
// rules.
//
// Order for a caller: migrate and seed places; `wipe_unfinished` before the ledger is opened; open
// the ledger; `load_demonstration`. Only while no other process seals. The load puts in the
// accounts that visitors sign in with, so that they take the steps of their agencies and find work
// in the inbox.
#pragma once

#include "db/db.hpp"
#include "ledger/ledger.hpp"
#include "places/places.hpp"
#include "time/calendar.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace chilang::demo {

struct Options {
    std::string scenario_path;  // a TOML file; empty: the carried data/langson/scenario-2023.toml
    double scale = 1;           // dossiers and used services multiplied by this
    bool progress = false;      // a bar on a terminal; otherwise plain lines
};

// A figure of the scenario, and what the records say. Ids are those of the figures' catalogue.
struct Check {
    std::string figure;
    std::int64_t wanted = 0, found = 0;
    bool equal() const { return wanted == found; }
};

struct Example {  // a dossier that visitors may follow
    std::string code, secret, procedure;
};

struct Summary {
    std::int64_t dossiers = 0, events = 0;
    double seconds = 0;
    std::vector<Check> checks;
    std::vector<Example> examples;
    bool all_equal() const;
};

// Whether a finished load is in this database.
bool is_loaded(db::Connection& connection);

// How far the province's business time is ahead of the true time (negative: behind it): its records
// end in 2023, and the day after them is its today, so that clocks and due dates are alive. The
// difference never changes, so time does not jump at a restart. Empty: no demonstration here.
std::optional<std::chrono::microseconds> business_shift(db::Connection& connection);

// When a load died half-way: empties the ledger (tables and tiles in `ledger_folder`, keys stay),
// so that the next one begins afresh. True when there was something to wipe.
bool wipe_unfinished(db::Connection& connection, const std::filesystem::path& ledger_folder);

// Throws std::runtime_error when there are dossiers already or the scenario cannot be fulfilled,
// and db::Error; whatever was written by then is wiped by the next `wipe_unfinished`.
Summary load_demonstration(const std::string& url, ledger::Ledger& ledger,
                           const places::Places& places, const time::Calendar& calendar,
                           const Options& options, std::ostream& out);

// The figures of the scenario, counted over the records now in the database.
std::vector<Check> check_records(db::Connection& connection, const Options& options);

}  // namespace chilang::demo
