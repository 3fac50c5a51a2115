// The plan: for each dossier what, where, when and how it shall end, so that the marginals hold
// exactly.
//
// Three steps. (1) Arrivals: which service, office and channel, so that exactly the wanted number
// of services has dossiers. (2) Times: submission by the weekly and daily rhythm; receipt at the
// counter at once, online within eight working hours. (3) Fates: the promise of each is computed by
// the rules, and only what can end a certain way by then is chosen to: a dossier that is due
// tomorrow is not late.
#pragma once

#include "demo/catalogue.hpp"
#include "demo/offices.hpp"
#include "demo/scenario.hpp"
#include "time/calendar.hpp"

#include <cstdint>
#include <vector>

namespace chilang::demo {

enum class Fate : std::uint8_t { in_time, late, open };

struct Planned {
    Instant submitted{}, received{};
    Instant due{};                // the promise at receipt
    std::uint32_t procedure = 0;  // index into the catalogue
    std::uint32_t office = 0;     // index into the offices
    dossiers::Channel channel = dossiers::Channel::online;
    Fate fate = Fate::in_time;
};

// In order of submission. Throws std::runtime_error when the scenario cannot be fulfilled, for
// instance because more dossiers shall be late than have a promise before the period's end.
std::vector<Planned> make_plan(const Scenario& scenario, const Catalogue& catalogue,
                               const Offices& offices, const time::Calendar& calendar);

// The steps, each with its own file.
std::vector<Planned> plan_arrivals(const Scenario& scenario, const Catalogue& catalogue,
                                   const Offices& offices);
void plan_times(const Scenario& scenario, const Catalogue& catalogue,
                const time::Calendar& calendar, std::vector<Planned>& plan);
void plan_fates(const Scenario& scenario, const time::Calendar& calendar,
                std::vector<Planned>& plan);

}  // namespace chilang::demo
