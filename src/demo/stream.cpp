// Order, numbers, and the catalogue's events.
#include "demo/stream.hpp"

#include "dossiers/rules.hpp"
#include "dossiers/secret.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace chilang::demo {

void EventOrder::add(std::vector<ledger::Event> events) {
    std::move(events.begin(), events.end(), std::back_inserter(waiting_));
}

std::vector<ledger::Event> EventOrder::release(Instant boundary) {
    const auto later =
        std::stable_partition(waiting_.begin(), waiting_.end(),
                              [&](const ledger::Event& event) { return event.at < boundary; });
    std::vector<ledger::Event> released(std::make_move_iterator(waiting_.begin()),
                                        std::make_move_iterator(later));
    waiting_.erase(waiting_.begin(), later);
    std::stable_sort(released.begin(), released.end(),
                     [](const ledger::Event& a, const ledger::Event& b) { return a.at < b.at; });
    return released;
}

Numbering number_plan(const std::vector<Planned>& plan, const Offices& offices) {
    std::map<std::pair<std::uint32_t, Date>, std::int64_t> counts;
    Numbering numbering;
    numbering.codes.reserve(plan.size());
    for (const Planned& planned : plan) {
        const Date day = date_of(planned.submitted);
        numbering.codes.push_back(dossiers::dossier_code(offices.all()[planned.office].code, day,
                                                         ++counts[{planned.office, day}]));
    }
    for (const auto& [key, count] : counts)
        numbering.counters.emplace_back(
            dossiers::code_counter(offices.all()[key.first].code, key.second), count);
    return numbering;
}

std::vector<ledger::Event> publish_events(const Catalogue& catalogue, const Scenario& scenario,
                                          const time::Calendar& calendar, const Hash& stream_key) {
    Date day = scenario.from - 1;
    while (!calendar.is_working(day)) day = day - 1;
    Instant moment = at(day, 8 * 60);
    std::vector<ledger::Event> events;
    for (const dossiers::Procedure& procedure : catalogue.procedures) {
        ledger::Head head;
        events.push_back(ledger::next_event(head, dossiers::kinds::procedure_published,
                                            dossiers::procedure_stream(procedure.id), "system",
                                            dossiers::facts_of(procedure), moment, stream_key));
        moment += std::chrono::seconds(1);
    }
    return events;
}

}  // namespace chilang::demo
