// The reference data as rows, before they are written: shared by the seeding files of this module.
#pragma once

#include "places/places.hpp"

#include <vector>

namespace chilang::places {

extern const Date first_day_2023;  // the communes of NQ 818/NQ-UBTVQH14
extern const Date first_day_2024;  // the rearrangement of 2023-2025
extern const Date first_day_2025;  // NQ 1672/NQ-UBTVQH15; districts end

struct Seed {
    std::vector<Unit> units;       // units[i].id == i + 1
    std::vector<Agency> agencies;  // agencies[i].id == i + 1
    std::vector<Succession> successions;

    Unit* find(std::string_view code, Date on);
    Unit& at(std::string_view code, Date on);  // throws std::logic_error
    // Where its seat went; the unit itself when nothing followed.
    const Unit& main_successor(const Unit& unit) const;
};

Seed read_seed();
void add_agencies(Seed& seed);

}  // namespace chilang::places
