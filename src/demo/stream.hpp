// Events of many dossiers in one order of time, without holding all of them.
//
// Dossiers are walked in order of submission, each to its end at once; their events lie weeks
// apart. A chunk of dossiers releases every event before the next chunk's first submission: no
// later dossier can have an earlier one. What waits is the future of dossiers under way, some ten
// thousand events.
#pragma once

#include "demo/walk.hpp"

#include <vector>

namespace chilang::demo {

class EventOrder {
public:
    void add(std::vector<ledger::Event> events);
    // All events before `boundary`, by time; events of the same instant in the order of adding.
    std::vector<ledger::Event> release(Instant boundary);
    std::size_t waiting() const { return waiting_.size(); }

private:
    std::vector<ledger::Event> waiting_;
};

// Codes, gap-free by agency and day in order of submission, beside the plan; and where each counter
// stands afterwards.
struct Numbering {
    std::vector<std::string> codes;
    std::vector<std::pair<std::string, std::int64_t>> counters;
};
Numbering number_plan(const std::vector<Planned>& plan, const Offices& offices);

// The events by which the catalogue is published, on the last working day before the period.
std::vector<ledger::Event> publish_events(const Catalogue& catalogue, const Scenario& scenario,
                                          const time::Calendar& calendar, const Hash& stream_key);

}  // namespace chilang::demo
