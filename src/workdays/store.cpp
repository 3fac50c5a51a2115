// Rows of the calendar: seeding, loading the versions, and the rows of a change.
#include "workdays/workdays.hpp"

#include "base/embedded.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace chilang::workdays {

namespace {

// Before every dossier that the platform knows.
const Instant from_the_beginning = at(make_date(2015, 1, 1), 0);

Basis basis_of(const time::ListedDay& listed) {
    return enum_value<Basis>(listed.basis).value_or(Basis::statutory);
}

std::vector<std::int64_t> counted_at(const std::vector<Day>& days, Instant moment) {
    std::vector<std::int64_t> ids;
    for (const Day& day : days)
        if (day.confirmed && day.known_from <= moment && (!day.known_to || moment < *day.known_to))
            ids.push_back(day.id);
    return ids;
}

}  // namespace

void seed(db::Connection& connection) {
    if (!connection.query("SELECT 1 FROM workdays.day LIMIT 1").empty()) return;
    std::vector<db::Statement> rows;
    for (const time::ListedDay& listed : time::read_days(embedded_file("data/holidays.csv")))
        rows.push_back(
            {"INSERT INTO workdays.day (date, working, name, basis, decision, confirmed, "
             "known_from)"
             " VALUES ($1, $2, $3, $4, '', $5, $6) ON CONFLICT DO NOTHING",
             {listed.day.date, listed.day.working, listed.day.name, basis_of(listed),
              listed.confirmed, from_the_beginning}});
    connection.pipeline(rows);
}

std::vector<db::Statement> changes(const std::vector<Day>& before, const std::vector<Day>& after) {
    std::vector<db::Statement> rows;
    for (const Day& day : after) {
        if (day.id == 0) {
            rows.push_back(
                {"INSERT INTO workdays.day (date, working, name, basis, decision, confirmed, "
                 "known_from) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 {day.date, day.working, day.name, day.basis, day.decision, day.confirmed,
                  day.known_from}});
            continue;
        }
        const auto old = std::ranges::find(before, day.id, &Day::id);
        if (old == before.end()) throw std::logic_error("a day that was not there has a number");
        if (old->known_to != day.known_to)
            rows.push_back(
                {"UPDATE workdays.day SET known_to = $2, ended_by = $3"
                 " WHERE id = $1 AND known_to IS NULL",
                 {day.id, day.known_to, day.ended_by},
                 db::Expect::one_row});
    }
    return rows;
}

std::shared_ptr<const time::Calendar> Directory::calendar_of(
    const std::vector<Day>& days, const std::vector<std::int64_t>& counted, Instant moment) {
    for (const Version& version : kept_)
        if (version.counted == counted) return version.calendar;
    auto made = std::make_shared<const time::Calendar>(calendar_at(days, moment));
    kept_.push_back({moment, counted, made});
    return made;
}

void Directory::reload() {
    const std::lock_guard lock(reloading_);
    auto connection = pool_.lease();
    auto days = std::make_shared<const std::vector<Day>>(
        connection
            ->query("SELECT id, date, working, name, basis, decision, confirmed, known_from,"
                    " known_to, ended_by FROM workdays.day ORDER BY date, id")
            .as<Day>());
    std::set<Instant> moments{from_the_beginning};
    for (const Day& day : *days) {
        moments.insert(day.known_from);
        if (day.known_to) moments.insert(*day.known_to);
    }
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->days = days;
    for (const Instant moment : moments) {
        auto counted = counted_at(*days, moment);
        auto calendar = calendar_of(*days, counted, moment);
        snapshot->versions.push_back({moment, std::move(counted), std::move(calendar)});
    }
    snapshot_.store(std::move(snapshot));
}

std::shared_ptr<const Directory::Snapshot> Directory::now() const {
    auto snapshot = snapshot_.load();
    if (!snapshot) throw std::logic_error("the working calendar was never loaded");
    return snapshot;
}

std::shared_ptr<const std::vector<Day>> Directory::days() const {
    return now()->days;
}

const time::Calendar& Directory::latest() const {
    return *now()->versions.back().calendar;  // kept_ holds it for the life of this object
}

const time::Calendar& Directory::as_of(Instant moment) const {
    const auto snapshot = now();
    const auto& versions = snapshot->versions;
    auto after = std::ranges::upper_bound(versions, moment, {}, &Version::from);
    if (after != versions.begin()) --after;
    return *after->calendar;
}

}  // namespace chilang::workdays
