// The marginals hold exactly, at full size, for any seed; and what cannot be is refused by name.
#include "demo/plan.hpp"

#include "demo/stream.hpp"
#include "demo/testing.hpp"
#include "dossiers/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace chilang::demo {
namespace {

using dossiers::Channel;
using dossiers::ServiceLevel;

int count(const std::vector<Planned>& plan, auto&& is) {
    return static_cast<int>(std::ranges::count_if(plan, is));
}

void expect_marginals(const TestProvince& province, const std::vector<Planned>& plan) {
    const Scenario& s = province.scenario;
    EXPECT_EQ(static_cast<int>(plan.size()), s.dossiers());
    EXPECT_EQ(count(plan, [](auto& p) { return p.channel == Channel::counter; }), s.counter);
    EXPECT_EQ(count(plan, [](auto& p) { return p.channel == Channel::online; }), s.online);
    EXPECT_EQ(count(plan, [](auto& p) { return p.fate == Fate::late; }), s.late);
    EXPECT_EQ(count(plan, [](auto& p) { return p.fate == Fate::open; }), s.open());
    std::set<std::uint32_t> used, online;
    for (const Planned& p : plan) {
        used.insert(p.procedure);
        if (p.channel == Channel::online) online.insert(p.procedure);
    }
    EXPECT_EQ(static_cast<int>(used.size()), s.used);
    EXPECT_EQ(static_cast<int>(online.size()), s.used_online);
    for (const auto procedure : used)
        EXPECT_NE(province.catalogue.procedures[procedure].level, ServiceLevel::information);
}

TEST(Plan, HasTheMarginalsOfThePlanAtFullSize) {
    const TestProvince province;
    const auto plan =
        make_plan(province.scenario, province.catalogue, province.offices, province.calendar);
    ASSERT_EQ(plan.size(), 135'408u);
    expect_marginals(province, plan);
    EXPECT_EQ(count(plan, [](auto& p) { return p.fate == Fate::open; }), 2'612);
}

TEST(Plan, HasThemForOtherSeedsAndSizesToo) {
    for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6})
        for (const double scale : {0.01, 0.1}) {
            const TestProvince province(scale, seed);
            expect_marginals(province, make_plan(province.scenario, province.catalogue,
                                                 province.offices, province.calendar));
        }
}

TEST(Plan, ReceivesInWorkingHoursWithinThePeriodAndEightWorkingHours) {
    const TestProvince province(0.2);
    const auto& calendar = province.calendar;
    Instant before{};
    for (const Planned& p :
         make_plan(province.scenario, province.catalogue, province.offices, calendar)) {
        EXPECT_LE(before, p.submitted);
        before = p.submitted;
        EXPECT_GE(date_of(p.submitted), province.scenario.from);
        EXPECT_LT(p.received, province.scenario.until);
        EXPECT_EQ(calendar.to_session(p.received), p.received);
        EXPECT_LE(calendar.working_minutes_between(p.submitted, p.received), 8 * 60);
        const auto& office = province.offices.all()[p.office];
        EXPECT_EQ(office.tier, province.catalogue.procedures[p.procedure].scope);
    }
}

TEST(Plan, QuietensAtTet) {
    const TestProvince province;
    std::map<Date, int> days;
    for (const Planned& p :
         make_plan(province.scenario, province.catalogue, province.offices, province.calendar))
        ++days[date_of(p.received)];
    EXPECT_EQ(days[make_date(2023, 1, 23)], 0);
    EXPECT_LT(days[make_date(2023, 1, 17)] * 3, days[make_date(2023, 3, 14)] * 2);
    EXPECT_GT(days[make_date(2023, 3, 14)], 1000);
}

TEST(Plan, NumbersDossiersWithoutGaps) {
    const TestProvince province(0.05);
    const auto plan =
        make_plan(province.scenario, province.catalogue, province.offices, province.calendar);
    const Numbering numbering = number_plan(plan, province.offices);
    std::set<std::string> codes(numbering.codes.begin(), numbering.codes.end());
    EXPECT_EQ(codes.size(), plan.size());
    std::int64_t sum = 0;
    for (const auto& [counter, value] : numbering.counters) {
        EXPECT_TRUE(counter.starts_with("dossier/H37."));
        sum += value;  // distinct codes 1 … value for each counter: no gap, or the sum would differ
    }
    EXPECT_EQ(sum, static_cast<std::int64_t>(plan.size()));
}

TEST(Plan, RefusesWhatCannotBe) {
    TestProvince province(0.01);
    province.scenario.in_time = 0;
    province.scenario.late = province.scenario.dossiers();
    EXPECT_THROW(
        make_plan(province.scenario, province.catalogue, province.offices, province.calendar),
        std::runtime_error);
}

}  // namespace
}  // namespace chilang::demo
