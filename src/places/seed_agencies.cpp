// Agencies of the seed: provincial bodies, the eleven district committees, and a committee for each
// commune of every period, linked to the one that took over its open work.
//
// Only H37 is a sound code. The others are invented for the demonstration, in the form of
// QĐ 20/2020/QĐ-TTg; data/README.md says so, and they can be edited.
#include "base/csv.hpp"
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "places/seed.hpp"

#include <map>
#include <stdexcept>

namespace chilang::places {

namespace {

AgencyKind kind_of(std::string_view word) {
    if (word == "tinh" || word == "huyen") return AgencyKind::people_committee;
    if (word == "van-phong") return AgencyKind::office;
    if (word == "ban" || word == "su-nghiep") return AgencyKind::board;
    return word == "nganh-doc" ? AgencyKind::vertical : AgencyKind::department;
}

Agency& add(Seed& seed, Agency agency) {
    agency.id = static_cast<std::int64_t>(seed.agencies.size()) + 1;
    return seed.agencies.emplace_back(std::move(agency));
}

void add_listed(Seed& seed) {
    int next_code = 33;  // after the last invented code of the list
    for (const auto& row : read_csv(embedded_file("data/langson/agencies.csv"))) {
        const Unit& unit = seed.at(row["unit_code"], first_day_2023);
        std::string code = row["placeholder_code"];
        if (code.empty()) code = "H37." + text::pad2(next_code++);
        add(seed, {.code = code,
                   .name = row["name"],
                   .short_name = row["short"],
                   .kind = kind_of(row["kind"]),
                   .unit = unit.id,
                   .valid_from = first_day_2023,
                   .valid_to = unit.valid_to});
    }
}

void add_commune_committees(Seed& seed, std::map<std::int64_t, std::size_t>& committee_of) {
    std::map<std::int64_t, std::string> district_code;
    for (const Agency& agency : seed.agencies)
        if (agency.kind == AgencyKind::people_committee) district_code[agency.unit] = agency.code;
    std::map<std::int64_t, int> count;
    for (const Unit& unit : seed.units) {
        if (unit.level != Level::commune) continue;
        const int number = ++count[*unit.parent];
        const Unit& above = seed.units[static_cast<std::size_t>(*unit.parent - 1)];
        const std::string code = above.level == Level::district
                                     ? district_code.at(above.id) + "." + text::pad2(number)
                                     : "H37." + std::to_string(500 + number);
        const std::string name = "UBND " + unit.type + " " + unit.name;
        add(seed, {.code = code,
                   .name = name,
                   .short_name = name,
                   .kind = AgencyKind::people_committee,
                   .unit = unit.id,
                   .valid_from = unit.valid_from,
                   .valid_to = unit.valid_to});
        committee_of[unit.id] = seed.agencies.size() - 1;
    }
}

// The town or ward where the district committee sat.
const Unit& seat_of(Seed& seed, const Unit& district) {
    for (const auto& row : read_csv(embedded_file("data/langson/districts.csv")))
        if (row["gso_code"] == district.code)
            for (const Unit& unit : seed.units)
                if (unit.parent == district.id && unit.type + " " + unit.name == row["seat"] &&
                    valid_on(unit, first_day_2025 - 1))
                    return unit;
    throw std::logic_error("no seat of district " + district.code);
}

}  // namespace

void add_agencies(Seed& seed) {
    add_listed(seed);
    std::map<std::int64_t, std::size_t> committee_of;
    add_commune_committees(seed, committee_of);
    for (Agency& agency : seed.agencies) {
        const Unit& unit = seed.units[static_cast<std::size_t>(agency.unit - 1)];
        if (unit.level == Level::province || !unit.valid_to) continue;
        const Unit& home = unit.level == Level::district ? seat_of(seed, unit) : unit;
        agency.successor = seed.agencies[committee_of.at(seed.main_successor(home).id)].id;
    }
}

void seed(db::Connection& connection) {
    if (connection.query("SELECT count(*) FROM places.unit").at(0, 0).integer() > 0) return;
    const Seed seed = read_seed();
    std::vector<db::Statement> statements;
    for (const Unit& u : seed.units)
        statements.push_back(
            {"INSERT INTO places.unit (id, code, level, type, name, parent,"
             " valid_from, valid_to, lat, lon)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
             {u.id, u.code, u.level, u.type, u.name, u.parent, u.valid_from, u.valid_to, u.lat,
              u.lon}});
    for (const Succession& s : seed.successions)
        statements.push_back(
            {"INSERT INTO places.succession (\"from\", \"to\", date, whole)"
             " VALUES ($1, $2, $3, $4)",
             {s.from, s.to, s.date, s.whole}});
    // Successors come later in the list, so links are set after all rows are there.
    for (const Agency& a : seed.agencies)
        statements.push_back(
            {"INSERT INTO places.agency (id, code, name, short_name, kind, unit,"
             " valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
             {a.id, a.code, a.name, a.short_name, a.kind, a.unit, a.valid_from, a.valid_to}});
    for (const Agency& a : seed.agencies)
        if (a.successor)
            statements.push_back(
                {"UPDATE places.agency SET successor = $2 WHERE id = $1", {a.id, a.successor}});
    connection.pipeline(statements);
}

}  // namespace chilang::places
