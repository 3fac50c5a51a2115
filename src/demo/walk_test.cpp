// Every walk ends as planned, by the rules' own verdict, and gives the same bytes each time.
#include "demo/walk.hpp"

#include "demo/stream.hpp"
#include "demo/testing.hpp"
#include "dossiers/rules.hpp"
#include "dossiers/secret.hpp"

#include <gtest/gtest.h>

#include <set>

namespace chilang::demo {
namespace {

using dossiers::Status;
using dossiers::Verdict;

struct Done {
    std::vector<Planned> plan;
    Numbering numbering;
    std::vector<Walked> walked;
    explicit Done(const TestProvince& province)
        : plan(make_plan(province.scenario, province.catalogue, province.offices,
                         province.calendar)),
          numbering(number_plan(plan, province.offices)) {
        for (std::size_t i = 0; i < plan.size(); ++i)
            walked.push_back(walk(province.world(), plan[i], i, numbering.codes[i]));
    }
};

TEST(Walk, EndsAsPlanned) {
    const TestProvince province(0.05);
    const Done done(province);
    for (std::size_t i = 0; i < done.plan.size(); ++i) {
        const dossiers::Dossier& dossier = done.walked[i].dossier;
        const Fate fate = done.plan[i].fate;
        EXPECT_EQ(dossier.resolved_at.has_value(), fate != Fate::open);
        EXPECT_EQ(dossier.verdict == Verdict::late, fate == Fate::late);
        if (dossier.resolved_at) {
            EXPECT_EQ(*dossier.resolved_at > *dossier.due_at, fate == Fate::late);
        }
        EXPECT_EQ(dossier.received_at, done.plan[i].received);
        EXPECT_EQ(dossier.head.seq, static_cast<std::int64_t>(done.walked[i].events.size()));
        EXPECT_TRUE(dossiers::secret_matches(
            dossier.id, dossier.secret, demonstration_secret(province.scenario, dossier.code)));
    }
}

TEST(Walk, StepsComeInOrderInWorkingHoursAndNotAfterTheEnd) {
    const TestProvince province(0.02);
    std::size_t off_hours = 0, steps = 0;
    for (const Walked& walked : Done(province).walked) {
        Instant before{};
        for (const ledger::Event& event : walked.events) {
            EXPECT_LE(before, event.at);
            EXPECT_LE(event.at, province.scenario.until);
            before = event.at;
            if (event.actor == "citizen") continue;
            ++steps;
            const bool open = province.calendar.to_session(event.at) == event.at ||
                              province.calendar.close_of(date_of(event.at)) == event.at;
            off_hours += !open;
        }
    }
    EXPECT_GT(steps, 10'000u);
    EXPECT_EQ(off_hours, 0u);
}

TEST(Walk, ShowsEveryKindOfStep) {
    const TestProvince province(0.05);
    std::set<int> kinds;
    std::set<Status> statuses;
    for (const Walked& walked : Done(province).walked) {
        statuses.insert(walked.dossier.status);
        for (const ledger::Event& event : walked.events) kinds.insert(event.kind);
    }
    EXPECT_EQ(kinds, (std::set<int>{40, 41, 43, 44, 45, 46, 48, 49, 52}));
    EXPECT_EQ(statuses,
              (std::set<Status>{Status::accepted, Status::processing, Status::waiting_applicant,
                                Status::deciding, Status::resolved, Status::returned}));
}

TEST(Walk, IsTheSameForTheSameSeed) {
    const TestProvince province(0.01), again(0.01), other(0.01, 99);
    const Done first(province), second(again), third(other);
    ASSERT_EQ(first.walked.size(), second.walked.size());
    bool differs = false;
    for (std::size_t i = 0; i < first.walked.size(); ++i) {
        const Walked& a = first.walked[i];
        const Walked& b = second.walked[i];
        EXPECT_EQ(a.dossier.id, b.dossier.id);
        EXPECT_EQ(a.dossier.applicant.citizen_id, b.dossier.applicant.citizen_id);
        ASSERT_EQ(a.events.size(), b.events.size());
        for (std::size_t k = 0; k < a.events.size(); ++k)
            EXPECT_EQ(a.events[k].payload, b.events[k].payload);
        differs |= a.dossier.applicant.citizen_id != third.walked[i].dossier.applicant.citizen_id;
    }
    EXPECT_TRUE(differs);
}

TEST(Walk, PutsNoPersonalDataIntoEvents) {
    const TestProvince province(0.01);
    for (const Walked& walked : Done(province).walked)
        for (const ledger::Event& event : walked.events) {
            const dossiers::Applicant& person = walked.dossier.applicant;
            EXPECT_EQ(event.payload.find(person.name), std::string::npos);
            EXPECT_EQ(event.payload.find(person.citizen_id), std::string::npos);
            EXPECT_EQ(event.payload.find(person.phone), std::string::npos);
        }
}

TEST(EventOrder, ReleasesByTimeAndKeepsTheFuture) {
    const TestProvince province(0.02);
    const Done done(province);
    EventOrder order;
    std::size_t released = 0, total = 0;
    Instant last{};
    for (std::size_t i = 0; i < done.walked.size(); ++i) {
        total += done.walked[i].events.size();
        order.add(done.walked[i].events);
        if (i % 100 != 99) continue;
        const Instant boundary =
            i + 1 < done.plan.size() ? done.plan[i + 1].submitted : Instant::max();
        for (const ledger::Event& event : order.release(boundary)) {
            EXPECT_LE(last, event.at);
            EXPECT_LT(event.at, boundary);
            last = event.at;
            ++released;
        }
    }
    EXPECT_GT(order.waiting(), 0u);
    released += order.release(Instant::max()).size();
    EXPECT_EQ(released, total);
    EXPECT_EQ(order.waiting(), 0u);
}

}  // namespace
}  // namespace chilang::demo
