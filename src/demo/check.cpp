// Counts the figures of the scenario over the records: nothing here was stored by the load.
#include "demo/demo.hpp"
#include "demo/sources.hpp"

#include <algorithm>

namespace chilang::demo {

namespace {

std::vector<Check> count_services(db::Connection& connection, const Scenario& s) {
    const db::Rows rows = connection.query(
        "SELECT count(*), count(*) FILTER (WHERE level = 'information'),"
        " count(*) FILTER (WHERE level = 'partial'), count(*) FILTER (WHERE level = 'full'),"
        " count(*) FILTER (WHERE portal_synced), count(portal_level),"
        " count(*) FILTER (WHERE portal_level = 'partial'),"
        " count(*) FILTER (WHERE portal_level = 'full'),"
        " count(*) FILTER (WHERE portal_level = 'partial' AND level = 'full')"
        " FROM dossiers.procedure WHERE valid_to IS NULL");
    const auto found = [&](std::size_t column) { return rows.at(0, column).integer(); };
    return {{"services_total", s.services(), found(0)},
            {"services_level2", s.information, found(1)},
            {"services_partial", s.partial, found(2)},
            {"services_full", s.full, found(3)},
            {"npp_synced", s.portal_synced, found(4)},
            {"npp_online", s.portal_partial + s.portal_full, found(5)},
            {"npp_partial", s.portal_partial, found(6)},
            {"npp_full", s.portal_full, found(7)},
            {"npp_partial_full_here", s.portal_partial - s.partial, found(8)}};
}

std::vector<Check> count_dossiers(db::Connection& connection, const Scenario& s) {
    const db::Rows rows = connection.query(
        "SELECT count(*), count(*) FILTER (WHERE channel = 'counter'),"
        " count(*) FILTER (WHERE channel = 'online'), count(DISTINCT procedure),"
        " count(DISTINCT procedure) FILTER (WHERE channel = 'online'),"
        " count(*) FILTER (WHERE resolved_at <= $2),"
        " count(*) FILTER (WHERE resolved_at <= $2 AND resolved_at <= due_at),"
        " count(*) FILTER (WHERE resolved_at <= $2 AND resolved_at > due_at),"
        " count(*) FILTER (WHERE resolved_at IS NULL AND closed_at IS NULL)"
        " FROM dossiers.dossier WHERE received_at >= $1 AND received_at <= $2",
        {start_of(s.from), s.until});
    const auto found = [&](std::size_t column) { return rows.at(0, column).integer(); };
    return {{"dossiers_received", s.dossiers(), found(0)},
            {"dossiers_direct", s.counter, found(1)},
            {"dossiers_online", s.online, found(2)},
            {"services_used", s.used, found(3)},
            {"services_used_online", s.used_online, found(4)},
            {"dossiers_resolved", s.in_time + s.late, found(5)},
            {"dossiers_ontime", s.in_time, found(6)},
            {"dossiers_late", s.late, found(7)},
            {"dossiers_open", s.open(), found(8)}};
}

}  // namespace

std::vector<Check> check_records(db::Connection& connection, const Options& options) {
    const Scenario scenario = scenario_of(options).scenario;
    std::vector<Check> checks = count_services(connection, scenario);
    for (Check& check : count_dossiers(connection, scenario)) checks.push_back(std::move(check));
    return checks;
}

bool Summary::all_equal() const {
    return std::ranges::all_of(checks, &Check::equal);
}

}  // namespace chilang::demo
