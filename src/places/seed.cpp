// Filling empty tables from data/langson: units, then who followed whom, then agencies.
//
// Numbers are given in the order of the files, so that the same data give the same numbers on every
// machine: events and dossiers of one demonstration province fit another one.
#include "places/seed.hpp"

#include "base/csv.hpp"
#include "base/embedded.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace chilang::places {

const Date first_day_2023 = make_date(2020, 1, 1);
const Date first_day_2024 = make_date(2024, 12, 1);
const Date first_day_2025 = make_date(2025, 7, 1);

Unit* Seed::find(std::string_view code, Date on) {
    for (Unit& unit : units)
        if (unit.code == code && valid_on(unit, on)) return &unit;
    return nullptr;
}

Unit& Seed::at(std::string_view code, Date on) {
    if (Unit* unit = find(code, on)) return *unit;
    throw std::logic_error("no unit " + std::string(code) + " on " + to_iso(on));
}

namespace {

Level level_of(std::string_view word) {
    if (word == "tinh") return Level::province;
    return word == "huyen" ? Level::district : Level::commune;
}

// Units of a file that are not there already, unchanged, begin on `from`; what the file no longer
// names ended the day before. Code, name, type and parent make the identity.
void add_units(Seed& seed, std::string_view path, Date from) {
    const auto file = read_csv(embedded_file(path));
    std::vector<std::int64_t> seen;
    std::vector<Unit> added;
    for (const auto& row : file) {
        std::optional<std::int64_t> parent;
        if (!row["parent_code"].empty()) {
            const Unit* above = seed.find(row["parent_code"], from);
            for (const Unit& unit : added)
                if (unit.code == row["parent_code"]) above = &unit;
            if (!above) throw std::logic_error("no parent " + row["parent_code"]);
            parent = above->id;
        }
        const Unit* old = seed.find(row["gso_code"], from);
        if (old && old->name == row["name"] && old->type == row["type"] && old->parent == parent) {
            seen.push_back(old->id);
            continue;
        }
        Unit unit{.code = row["gso_code"],
                  .level = level_of(row["level"]),
                  .type = row["type"],
                  .name = row["name"],
                  .parent = parent,
                  .valid_from = from};
        unit.id = static_cast<std::int64_t>(seed.units.size() + added.size()) + 1;
        added.push_back(std::move(unit));
    }
    for (Unit& unit : seed.units)
        if (!unit.valid_to && std::find(seen.begin(), seen.end(), unit.id) == seen.end())
            unit.valid_to = from;
    seed.units.insert(seed.units.end(), added.begin(), added.end());
}

void set_points(Seed& seed) {
    const auto set = [&](std::string_view path, Date on) {
        for (const auto& row : read_csv(embedded_file(path))) {
            Unit& unit = seed.at(row["gso_code"], on);
            unit.lat = std::stod(row["lat"]);
            unit.lon = std::stod(row["lon"]);
        }
    };
    set("data/langson/districts.csv", first_day_2023);
    set("data/langson/communes_2023_points.csv", first_day_2023);
    set("data/langson/communes_2025_points.csv", first_day_2025);
    for (Unit& unit : seed.units) {
        if (unit.lat != 0) continue;
        // Born on 01/12/2024: its town kept its place. The province: its seat, the city.
        const Unit& like = unit.level == Level::province ? seed.at("178", first_day_2023)
                                                         : seed.at("05995", first_day_2023);
        unit.lat = like.lat;
        unit.lon = like.lon;
    }
}

void add_succession(Seed& seed, const Unit& from, const Unit& to, Date date) {
    for (const Succession& known : seed.successions)
        if (known.from == from.id && known.to == to.id) return;
    seed.successions.push_back({from.id, to.id, date, true});
}

void add_successions(Seed& seed) {
    for (const auto& row : read_csv(embedded_file("data/langson/units_2024_from_2023.csv")))
        add_succession(seed, seed.at(row["old_code"], first_day_2023),
                       seed.at(row["new_code"], first_day_2024), first_day_2024);
    for (const auto& row : read_csv(embedded_file("data/langson/units_2025_from_2023.csv"))) {
        const auto& code =
            row["via_code_2024"].empty() ? row["old_code_2023"] : row["via_code_2024"];
        add_succession(seed, seed.at(code, first_day_2025 - 1),
                       seed.at(row["new_code"], first_day_2025), first_day_2025);
    }
    for (Succession& link : seed.successions)
        for (const Succession& other : seed.successions)
            if (other.from == link.from && other.to != link.to) link.whole = false;
}

}  // namespace

const Unit& Seed::main_successor(const Unit& unit) const {
    const Unit* nearest = nullptr;
    double best = std::numeric_limits<double>::max();
    for (const Succession& link : successions) {
        if (link.from != unit.id) continue;
        const Unit& to = units[static_cast<std::size_t>(link.to - 1)];
        // A split commune: the part that kept the name, else the nearest, got the seat.
        const double distance =
            to.name == unit.name ? -1 : std::hypot(to.lat - unit.lat, to.lon - unit.lon);
        if (distance < best) {
            best = distance;
            nearest = &to;
        }
    }
    return nearest ? *nearest : unit;
}

Seed read_seed() {
    Seed seed;
    add_units(seed, "data/langson/units_2023.csv", first_day_2023);
    add_units(seed, "data/langson/units_2024.csv", first_day_2024);
    add_units(seed, "data/langson/units_2025.csv", first_day_2025);
    set_points(seed);
    add_successions(seed);
    add_agencies(seed);
    return seed;
}

}  // namespace chilang::places
