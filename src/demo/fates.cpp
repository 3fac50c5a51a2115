// Fates: which dossiers are still open at the end, which were late, so that the counts hold
// exactly.
//
// Open are first those that no office could have finished, then those whose promise lies ahead and
// of which little time has passed, and some overdue ones. Late ones are chosen among promises that
// broke before the end; offices differ, so lateness gathers in some, as it does in life.
#include "demo/plan.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::demo {

namespace {

using std::chrono::minutes;

constexpr minutes least_handling{12};    // from receipt to signature
constexpr int least_delay_minutes = 30;  // working minutes between the promise and a late signature

struct Scored {
    std::uint64_t score;
    std::uint32_t index;
    auto operator<=>(const Scored&) const = default;
};

// Marks the `count` best (lowest) scores.
int mark(std::vector<Scored>& candidates, int count, Fate fate, std::vector<Planned>& plan) {
    std::sort(candidates.begin(), candidates.end());
    const auto take =
        std::min<std::size_t>(candidates.size(), static_cast<std::size_t>(std::max(0, count)));
    for (std::size_t i = 0; i < take; ++i) plan[candidates[i].index].fate = fate;
    return static_cast<int>(take);
}

std::uint64_t elapsed_permille(const Planned& planned, Instant until) {
    const auto whole = (planned.due - planned.received).count();
    return whole <= 0 ? 1000
                      : static_cast<std::uint64_t>((until - planned.received).count() /
                                                   (whole / 1000 + 1));
}

void mark_open(const Scenario& scenario, std::vector<Planned>& plan) {
    Random random(scenario.seed, 4);
    std::vector<Scored> forced, ahead, overdue;
    for (std::uint32_t i = 0; i < plan.size(); ++i) {
        const Planned& p = plan[i];
        if (p.received + least_handling > scenario.until)
            forced.push_back({0, i});
        else if (p.due > scenario.until)
            ahead.push_back({elapsed_permille(p, scenario.until) + random.below(700), i});
        else if (p.due < scenario.until - std::chrono::hours(2) &&
                 date_of(scenario.until) - date_of(p.received) < 60)
            overdue.push_back(
                {random.below(1'000'000) +
                     static_cast<std::uint64_t>(date_of(scenario.until) - date_of(p.due)) * 30'000,
                 i});
    }
    int left = scenario.open();
    if (static_cast<int>(forced.size()) > left)
        throw std::runtime_error(
            "kịch bản: dossiers.in_time: nhiều hồ sơ cuối kỳ không kịp giải quyết");
    left -= mark(forced, left, Fate::open, plan);
    left -= mark(overdue, left * scenario.overdue_open / 1000, Fate::open, plan);
    left -= mark(ahead, left, Fate::open, plan);
    if (left == 0) return;
    std::erase_if(overdue, [&](const Scored& s) { return plan[s.index].fate == Fate::open; });
    left -= mark(overdue, left, Fate::open, plan);
    if (left > 0)
        throw std::runtime_error("kịch bản: dossiers: quá ít hồ sơ có thể đang giải quyết");
}

void mark_late(const Scenario& scenario, const time::Calendar& calendar,
               std::vector<Planned>& plan) {
    Random random(scenario.seed, 5);
    std::vector<Scored> candidates;
    for (std::uint32_t i = 0; i < plan.size(); ++i) {
        const Planned& p = plan[i];
        if (p.fate == Fate::open || p.due + minutes(least_delay_minutes) > scenario.until) continue;
        if (calendar.add_working_minutes(p.due, least_delay_minutes) > scenario.until) continue;
        // The heavier, the lower the score: long promises, and one office in five, break more
        // often.
        const std::uint64_t habit = Random(scenario.seed ^ 0x6c61, p.office).below(5) == 0 ? 6 : 1;
        const auto days = static_cast<std::uint64_t>(date_of(p.due) - date_of(p.received));
        const std::uint64_t weight = habit * (1 + std::min<std::uint64_t>(days, 12));
        candidates.push_back({random.below(1ULL << 40) / weight, i});
    }
    if (mark(candidates, scenario.late, Fate::late, plan) < scenario.late)
        throw std::runtime_error("kịch bản: dossiers.late: quá ít hồ sơ có thể trễ hạn trong kỳ");
}

}  // namespace

void plan_fates(const Scenario& scenario, const time::Calendar& calendar,
                std::vector<Planned>& plan) {
    mark_open(scenario, plan);
    mark_late(scenario, calendar, plan);
}

std::vector<Planned> make_plan(const Scenario& scenario, const Catalogue& catalogue,
                               const Offices& offices, const time::Calendar& calendar) {
    std::vector<Planned> plan = plan_arrivals(scenario, catalogue, offices);
    plan_times(scenario, catalogue, calendar, plan);
    plan_fates(scenario, calendar, plan);
    return plan;
}

}  // namespace chilang::demo
