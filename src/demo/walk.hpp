// Walks a planned dossier through the rules of the one-stop mechanism, step by step.
//
// The load decides nothing that the rules decide: each step is a command given to dossiers::decide
// with an hour that fits the plan, and the due date, the verdict and the payload are what the rules
// answer. When the answer isn't the planned fate (a pause moved the promise past the end), the walk
// begins again in a plainer way: without a supplement or an extension.
#pragma once

#include "demo/offices.hpp"
#include "demo/people.hpp"
#include "demo/plan.hpp"
#include "ledger/event.hpp"
#include "time/calendar.hpp"

#include <vector>

namespace chilang::demo {

// Positions that take the steps at one agency.
struct Desk {
    std::int64_t one_stop = 0, specialist = 0, leader = 0;
};

struct Walked {
    dossiers::Dossier dossier;          // as the last event left it, head included
    std::vector<ledger::Event> events;  // in order
};

struct World {  // what all walks share; immutable
    const Scenario& scenario;
    const Catalogue& catalogue;
    const Offices& offices;
    const time::Calendar& calendar;
    const People& people;
    const std::vector<Desk>& desks;  // beside the offices
    Hash stream_key{};
};

// `index` is the dossier's place in the plan, `code` its number. Throws std::logic_error when the
// rules refuse a step or the fate cannot be reached: then plan and rules are out of step.
Walked walk(const World& world, const Planned& planned, std::size_t index, const std::string& code);

// The look-up secret of a demonstration dossier, as on its receipt: invented like the dossier
// itself.
std::string demonstration_secret(const Scenario& scenario, std::string_view code);

}  // namespace chilang::demo
