// Times: when each dossier is submitted and received, by the rhythm of weeks and hours.
#include "demo/plan.hpp"
#include "dossiers/rules.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::demo {

namespace {

using dossiers::Channel;
using std::chrono::minutes;
using std::chrono::seconds;

// Days and hours of one channel.
struct Rhythm {
    std::vector<Date> dates;
    Weighted days, hours;

    Instant pick(Random& random) const {
        const Date date = dates[days.pick(random)];
        const auto hour = static_cast<int>(hours.pick(random));
        const int minute = random.between(0, 59);
        return at(date, hour * 60 + minute) + seconds(random.between(0, 59));
    }
};

std::uint64_t level_of(const Scenario& scenario, Date date) {
    std::uint64_t level = 1000;
    for (const Dip& dip : scenario.dips)
        if (dip.from <= date && date <= dip.to)
            level = level * static_cast<std::uint64_t>(dip.level) / 1000;
    return level;
}

Rhythm rhythm_of(const Scenario& scenario, const time::Calendar& calendar, Channel channel) {
    Rhythm rhythm;
    for (Date date = scenario.from; date <= date_of(scenario.until); ++date) {
        const bool working = calendar.is_working(date);
        const bool weekend = weekday(date) > 5;
        std::uint64_t share = static_cast<std::uint64_t>(
            scenario.weekday[static_cast<std::size_t>(weekday(date) - 1)]);
        if (!working && !weekend) share = static_cast<std::uint64_t>(scenario.holiday);
        if (!working && weekend && !calendar.name_of(date).empty())
            share = static_cast<std::uint64_t>(scenario.holiday);
        if (!working && channel == Channel::counter) share = 0;
        rhythm.dates.push_back(date);
        rhythm.days.add(share * level_of(scenario, date));
    }
    const auto& hours =
        channel == Channel::counter ? scenario.counter_hours : scenario.online_hours;
    for (const int weight : hours) rhythm.hours.add(static_cast<std::uint64_t>(weight));
    return rhythm;
}

// The intake check: mostly within minutes to hours of the next session, never beyond eight working
// hours.
Instant received_at(const time::Calendar& calendar, Instant submitted, Random& random) {
    const int first = random.between(3, 150), second = random.between(0, 150);
    const int patience = random.permille(85) ? random.between(0, 170) : 0;
    const Instant moment =
        calendar.add_working_minutes(submitted, first + second * first / 150 + patience) +
        seconds(random.between(0, 59));
    return calendar.to_session(moment);
}

void set_times(const Scenario& scenario, const time::Calendar& calendar, const Rhythm& rhythm,
               Planned& planned, Random& random) {
    // A quarter of an hour is left at the end, so that a receipt is not the very last record.
    const Instant last = scenario.until - minutes(15);
    for (int attempt = 0; attempt < 1000; ++attempt) {
        Instant submitted = rhythm.pick(random);
        if (planned.channel == Channel::counter) {
            if (calendar.to_session(submitted) != submitted) continue;
            planned.submitted = planned.received = submitted;
        } else {
            planned.submitted = submitted;
            planned.received = received_at(calendar, submitted, random);
        }
        if (planned.received <= last) return;
    }
    throw std::runtime_error("kịch bản: rhythm: không có giờ làm việc nào để tiếp nhận");
}

}  // namespace

void plan_times(const Scenario& scenario, const Catalogue& catalogue,
                const time::Calendar& calendar, std::vector<Planned>& plan) {
    const Rhythm online = rhythm_of(scenario, calendar, Channel::online);
    const Rhythm counter = rhythm_of(scenario, calendar, Channel::counter);
    for (std::size_t i = 0; i < plan.size(); ++i) {
        Random random(scenario.seed ^ 0x7469, i);
        const Rhythm& rhythm = plan[i].channel == Channel::counter ? counter : online;
        set_times(scenario, calendar, rhythm, plan[i], random);
        dossiers::Dossier dossier;
        dossier.received_at = plan[i].received;
        plan[i].due = dossiers::due_of(dossier, catalogue.procedures[plan[i].procedure], calendar,
                                       plan[i].received)
                          .due;
    }
    std::stable_sort(plan.begin(), plan.end(),
                     [](const Planned& a, const Planned& b) { return a.submitted < b.submitted; });
}

}  // namespace chilang::demo
