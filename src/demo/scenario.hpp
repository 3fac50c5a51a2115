// A scenario: the marginals of a demonstration province, read from TOML.
//
// What is wrong in the file is told with its key, before anything is written: a scenario whose
// numbers contradict each other (more late than received) has no province.
#pragma once

#include "base/instant.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::demo {

struct Dip {
    Date from{}, to{};  // both included
    int level = 1000;   // permille of the usual
};

struct Scenario {
    std::uint64_t seed = 0;
    std::string procedures, samples, names, districts;  // paths of carried files

    Date from{};
    Instant until{};

    int information = 0, partial = 0, full = 0;
    int portal_synced = 0, portal_partial = 0, portal_full = 0;
    int used = 0, used_online = 0;

    int online = 0, counter = 0, in_time = 0, late = 0;

    // permille
    int province = 0, district = 0, commune = 0, town = 1000;
    int early = 0, supplement = 0, extension = 0, rejected = 0, overdue_open = 0;
    int early_tries = 1;

    std::array<int, 7> weekday{};  // Monday first
    int holiday = 0;
    std::array<int, 24> counter_hours{}, online_hours{};
    std::vector<Dip> dips;

    int services() const { return information + partial + full; }
    int dossiers() const { return online + counter; }
    int open() const { return dossiers() - in_time - late; }
};

// Throws std::runtime_error that names the key.
Scenario read_scenario(std::string_view toml);

// The same province in small, for tests: dossiers and used services multiplied by `factor`.
Scenario scaled(Scenario scenario, double factor);

}  // namespace chilang::demo
