// The rules by rows (cases/*.txt), and by random walks that hold the invariants of the module.
#include "dossiers/rules.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "dossiers/facts_reader.hpp"
#include "dossiers/rules_samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace chilang::dossiers {

namespace {

using samples::moment;

TEST(Transitions, AreThoseOfTheTable) {
    int rows = 0;
    for (const auto& row : samples::rows("transitions.txt")) {
        const auto status = *enum_value<Status>(row[0]);
        const Transition& t = transition(*enum_value<Action>(row[1]));
        const bool allowed = std::ranges::count(t.from, status) > 0;
        EXPECT_EQ(allowed ? std::string(t.right) : "no", row[2]) << row[0] << ' ' << row[1];
        ++rows;
    }
    EXPECT_EQ(rows, 130);
}

TEST(Transitions, RefuseWhatTheTableLacks) {
    const auto world = samples::world();
    for (const auto& row : samples::rows("transitions.txt")) {
        if (row[2] != "no") continue;
        Step step;
        step.action = *enum_value<Action>(row[1]);
        const auto decision =
            decide(world.dossier(*enum_value<Status>(row[0])), step, world.facts(world.later));
        ASSERT_FALSE(decision) << row[0] << ' ' << row[1];
        EXPECT_EQ(decision.problems()[0].code, "status");
    }
}

TEST(Transitions, ACitizenTakesNoStepOfAnOfficer) {
    const auto world = samples::world();
    Step step;
    step.action = Action::accept;
    Facts facts = world.facts(world.later);
    facts.actor = "citizen";
    const auto decision = decide(world.dossier(Status::submitted), step, facts);
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.problems()[0].code, "not_for_applicant");
}

TEST(Deadlines, AreThoseOfTheTable) {
    for (const auto& row : samples::rows("deadlines.txt")) {
        auto world = samples::world();
        const auto limit = text::split(row[1], ' ');
        world.procedure.limit_amount = std::stoi(limit[0]);
        world.procedure.limit_unit = *enum_value<LimitUnit>(limit[1]);
        world.procedure.pause_policy = *enum_value<PausePolicy>(row[2]);
        world.procedure.pause_clause = row[2] == "keep" ? "" : "khoản 2 Điều 8 Nghị định mẫu";
        Dossier dossier = world.dossier(Status::submitted);
        dossier.submitted_at = moment(row[0]);
        dossier =
            samples::must(decide(dossier, {.action = Action::accept}, world.facts(moment(row[0]))));
        if (row[3] != "-") {
            Step ask = samples::step("ask_supplement defects", world);
            dossier = samples::must(decide(dossier, ask, world.facts(moment(row[3]))));
            dossier = samples::must(
                decide(dossier, {.action = Action::supplement}, world.facts(moment(row[4]))));
        }
        EXPECT_EQ(to_iso(*dossier.due_at), row[5]) << row[0] << ' ' << row[1] << ' ' << row[2];
        EXPECT_EQ(due_of(dossier, world.procedure, world.calendar, world.later).due,
                  *dossier.due_at);
    }
}

TEST(Steps, AreAnsweredAsInTheTable) {
    for (const auto& row : samples::rows("steps.txt")) {
        const auto world = samples::world();
        Dossier dossier = world.dossier(*enum_value<Status>(row[0]));
        Instant now = world.received + std::chrono::hours(1);
        if (row[1] == "supplement") dossier.supplements = 1;
        if (row[1] == "extension") dossier.extensions = 1;
        if (row[1] == "late") now = *dossier.due_at + std::chrono::seconds(1);
        const auto decision = decide(dossier, samples::step(row[2], world), world.facts(now));
        std::string got = decision ? "ok" : "";
        for (const Problem& problem : decision.problems()) {
            got += (got.empty() ? "" : " ") + problem.code;
            EXPECT_FALSE(problem.message.empty());
        }
        EXPECT_EQ(got, row[3]) << row[0] << " | " << row[1] << " | " << row[2];
    }
}

TEST(Steps, ALateResultCarriesItsApology) {
    const auto world = samples::world();
    const Dossier dossier = world.dossier(Status::deciding);
    const auto in_time = decide(dossier, {.action = Action::approve}, world.facts(*dossier.due_at));
    const auto late = decide(dossier, {.action = Action::approve},
                             world.facts(*dossier.due_at + std::chrono::microseconds(1)));
    EXPECT_EQ(in_time->dossier.verdict, Verdict::on_time);
    EXPECT_EQ(json::read<StepFacts>(in_time->payload)->note, "");
    EXPECT_EQ(late->dossier.verdict, Verdict::late);
    EXPECT_NE(json::read<StepFacts>(late->payload)->note.find("xin lỗi"), std::string::npos);
}

TEST(Steps, NothingHappensBeforeWhatHappened) {
    const auto world = samples::world();
    const auto decision = decide(world.dossier(Status::processing), {.action = Action::draft},
                                 world.facts(world.received - std::chrono::hours(1)));
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.problems()[0].code, "time_backwards");
    const auto sooner = decide(world.dossier(Status::submitted), {.action = Action::accept},
                               world.facts(world.received - std::chrono::hours(2)));
    ASSERT_FALSE(sooner);
    EXPECT_EQ(sooner.problems()[0].code, "time_backwards");
}

TEST(Steps, WhatMayHappenOnceIsOfferedOnce) {
    Dossier dossier = samples::world().dossier(Status::processing);
    EXPECT_TRUE(possible(dossier, Action::ask_supplement));
    EXPECT_TRUE(possible(dossier, Action::extend));
    dossier.supplements = dossier.extensions = 1;
    EXPECT_FALSE(possible(dossier, Action::ask_supplement));
    EXPECT_FALSE(possible(dossier, Action::extend));
}

TEST(Submit, TheCounterStartsTheClockAtOnce) {
    const auto world = samples::world();
    Dossier draft = world.dossier(Status::submitted);
    draft.channel = Channel::counter;
    const auto decision = decide_submit(draft, world.facts(world.received));
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->kind.number, kinds::accepted.number);
    EXPECT_EQ(decision->dossier.received_at, world.received);
    EXPECT_EQ(decision->dossier.first_due_at, decision->dossier.due_at);
}

TEST(Submit, OnlyWhileTheProcedureIsInForce) {
    auto world = samples::world();
    const Dossier draft = world.dossier(Status::submitted);
    const auto refused = [&](Date from, std::optional<Date> to) {
        world.procedure.valid_from = from;
        world.procedure.valid_to = to;
        const auto decision = decide_submit(draft, world.facts(world.received));
        return !decision && decision.problems()[0].code == "procedure_not_in_force";
    };
    const Date today = date_of(world.received);
    EXPECT_FALSE(refused(today, std::nullopt));
    EXPECT_FALSE(refused(today, today + 1));
    EXPECT_TRUE(refused(today + 1, std::nullopt)) << "not yet";
    EXPECT_TRUE(refused(today - 9, today)) << "its end is the first day without it";
}

TEST(Submit, TheIntakeAnswersInEightWorkingHours) {
    const auto world = samples::world();
    const Dossier dossier = world.dossier(Status::submitted);  // at 08:00; the day ends at 17:00
    const Instant until = samples::moment("2023-06-15T08:00:00+07:00");
    EXPECT_EQ(intake_due(dossier, world.calendar), until);
    const auto note = [&](Instant now) {
        const auto accepted = decide(dossier, {.action = Action::accept}, world.facts(now));
        return json::read<StepFacts>(accepted->payload)->note;
    };
    EXPECT_EQ(note(until).find("quá 8 giờ"), std::string::npos);
    EXPECT_NE(note(until + std::chrono::minutes(1)).find("quá 8 giờ"), std::string::npos);
}

TEST(Submit, BadApplicationsAreToldEverythingAtOnce) {
    auto world = samples::world();
    world.procedure.level = ServiceLevel::information;
    Dossier draft = world.dossier(Status::submitted);
    draft.applicant = {
        .name = "  ", .citizen_id = "12345", .phone = "12", .email = "x", .address = ""};
    draft.agency = 0;
    const auto decision = decide_submit(draft, world.facts(world.received));
    ASSERT_FALSE(decision);
    std::string codes;
    for (const Problem& p : decision.problems()) codes += p.code + ' ';
    EXPECT_EQ(codes,
              "name_missing citizen_id_form phone_form email_form not_online agency_missing ");
}

TEST(Submit, EachChannelMissesItsOwnPapers) {
    auto world = samples::world();
    world.procedure.components = {{"Tờ khai", "upload", true, 1},
                                  {"Bản chính", "original", true, 1},
                                  {"Dữ liệu căn cước", "data", true, 1},
                                  {"Văn bản ủy quyền", "upload", false, 1}};
    const auto missing = [&](Channel channel, std::vector<int> handed_in) {
        std::string fields;
        for (const Problem& p : missing_components(world.procedure, channel, handed_in))
            fields += p.field + ' ';
        return fields;
    };
    EXPECT_EQ(missing(Channel::online, {}), "component_1 ");
    EXPECT_EQ(missing(Channel::online, {1}), "");
    EXPECT_EQ(missing(Channel::counter, {4}), "component_1 component_2 ");
    EXPECT_EQ(missing(Channel::post, {1, 2}), "");
    Dossier draft = world.dossier(Status::submitted);
    draft.channel = Channel::counter;
    Facts facts = world.facts(world.received);
    facts.handed_in = {1};
    const auto decision = decide_submit(draft, facts);
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.problems()[0].field, "component_2");
    EXPECT_EQ(component_of("component_12"), 12);
    for (const char* none : {"component_", "component_0", "component_x", "files", ""})
        EXPECT_EQ(component_of(none), 0) << none;
}

TEST(Steps, ThePapersWordsAreRecordedApart) {
    const auto world = samples::world();
    const auto decision =
        decide(world.dossier(Status::processing), samples::step("ask_supplement defects", world),
               world.facts(world.later));
    ASSERT_TRUE(decision);
    const auto facts = json::read<StepFacts>(decision->payload);
    ASSERT_TRUE(facts && facts->defects);
    EXPECT_EQ(facts->defects->at(0).remedy, "ký tên và nộp lại");
    QuickFacts quick;
    EXPECT_TRUE(read_quick(decision->payload, quick));
}

// ---- random walks ------------------------------------------------------------------------------

Step random_step(std::mt19937_64& random, const samples::World& world, const Dossier& dossier) {
    Step step;
    do {  // mostly what is possible, seldom the end of the story
        step.action = static_cast<Action>(random() % type_of<Action>().labels.size());
    } while ((!possible(dossier, step.action) && random() % 10 && is_open(dossier.status)) ||
             (step.action == Action::withdraw && random() % 10) ||
             (step.action == Action::stop && random() % 10));
    if (random() % 4) step.reason = "Hồ sơ phức tạp";
    if (random() % 4) step.clause = "Điều 19 Nghị định 61/2018/NĐ-CP";
    if (random() % 4) step.defects = {{"Tờ khai", "chưa ký", "ký vào tờ khai"}};
    if (random() % 4) step.assignee = 1 + static_cast<std::int64_t>(random() % 3);
    if (dossier.due_at && random() % 4)
        step.new_due = world.calendar.add_working_minutes(*dossier.due_at, 480);
    return step;
}

void check_invariants(const Dossier& before, const Decision& decision, const Step& step,
                      const samples::World& world, Instant now) {
    const Dossier& after = decision.dossier;
    if (before.due_at) {
        if (before.due_at != after.due_at) {
            EXPECT_TRUE(step.action == Action::extend || step.action == Action::supplement);
        }
        EXPECT_GE(after.due_at, before.due_at);
        EXPECT_EQ(before.first_due_at, after.first_due_at);
    }
    const bool has_result = after.status == Status::resolved || after.status == Status::returned;
    EXPECT_EQ(after.verdict.has_value(), has_result);
    EXPECT_EQ(after.resolved_at.has_value(), has_result);
    if (has_result) {
        EXPECT_EQ(*after.verdict == Verdict::late, *after.resolved_at > *after.due_at);
    }
    EXPECT_LE(after.supplements, 1);
    EXPECT_LE(after.extensions, 1);
    EXPECT_EQ(after.received_at.has_value(), after.due_at.has_value());
    if (after.due_at) {
        EXPECT_EQ(due_of(after, world.procedure, world.calendar, now).due, *after.due_at);
    }
    const auto facts = json::read<StepFacts>(decision.payload);
    ASSERT_TRUE(facts);
    EXPECT_EQ(json::write(*facts), decision.payload);
    EXPECT_EQ(facts->status, after.status);
    EXPECT_EQ(facts->due_at, after.due_at);
    EXPECT_EQ(decision.payload.find(after.applicant.name), std::string::npos);
}

void check_quick(const Decision& decision) {
    QuickFacts quick;
    ASSERT_TRUE(read_quick(decision.payload, quick)) << decision.payload;
    const auto facts = json::read<StepFacts>(decision.payload);
    const auto micro = [](std::optional<Instant> i) { return i ? to_microseconds(*i) : INT64_MIN; };
    EXPECT_EQ(quick.procedure, facts->procedure);
    EXPECT_EQ(quick.agency, facts->agency);
    EXPECT_EQ(quick.field, facts->field);
    EXPECT_EQ(quick.status, static_cast<int>(facts->status));
    EXPECT_EQ(quick.channel, static_cast<int>(facts->channel));
    EXPECT_EQ(quick.level, static_cast<int>(facts->level));
    EXPECT_EQ(quick.verdict, facts->verdict ? static_cast<int>(*facts->verdict) : -1);
    EXPECT_EQ(quick.received_at, micro(facts->received_at));
    EXPECT_EQ(quick.due_at, micro(facts->due_at));
    EXPECT_EQ(quick.resolved_at, micro(facts->resolved_at));
    EXPECT_EQ(quick.returned_at, micro(facts->returned_at));
    EXPECT_EQ(quick.closed_at, micro(facts->closed_at));
    EXPECT_EQ(quick.paused, facts->paused);
}

TEST(Walks, HoldTheInvariants) {
    std::mt19937_64 random(20230614);
    int steps = 0, results = 0, moved = 0;
    for (int walk = 0; walk < 2000; ++walk) {
        auto world = samples::world();
        world.procedure.limit_amount = static_cast<int>(random() % 12);
        world.procedure.limit_unit = static_cast<LimitUnit>(random() % 3);
        world.procedure.pause_policy = static_cast<PausePolicy>(random() % 3);
        world.procedure.pause_clause =
            world.procedure.pause_policy == PausePolicy::keep ? "" : "Điều 8";
        Dossier dossier = world.dossier(Status::submitted);
        dossier.channel = static_cast<Channel>(random() % 3);
        Instant now = world.received;
        auto first = decide_submit(dossier, world.facts(now));
        ASSERT_TRUE(first);
        dossier = first->dossier;
        for (int i = 0; i < 40; ++i) {
            now += std::chrono::minutes(random() % 900);
            const Step step = random_step(random, world, dossier);
            const auto decision = decide(dossier, step, world.facts(now));
            if (!decision) continue;
            check_invariants(dossier, *decision, step, world, now);
            check_quick(*decision);
            moved += dossier.due_at && dossier.due_at != decision->dossier.due_at;
            dossier = decision->dossier;
            ++steps;
        }
        results += dossier.resolved_at.has_value();
    }
    EXPECT_GT(steps, 5000);
    EXPECT_GT(results, 100);  // the walks do reach the interesting ends
    EXPECT_GT(moved, 100);
}

TEST(QuickFacts, RefusesWhatIsNoPayload) {
    QuickFacts facts;
    EXPECT_FALSE(read_quick("", facts));
    EXPECT_FALSE(read_quick("{}", facts));
    const std::string good =
        R"({"code":"H37.1","procedure":1,"agency":2,"field":"a\"b","level":"full",)"
        R"("channel":"online","status":"accepted","received_at":"2023-06-14T14:26:05+07:00",)"
        R"("paused":true,"note":"chờ"})";
    ASSERT_TRUE(read_quick(good, facts));
    EXPECT_EQ(facts.field, R"(a\"b)");
    EXPECT_TRUE(facts.paused);
    const auto without = [&](std::string_view part, std::string_view instead) {
        auto text = good;
        text.replace(text.find(part), part.size(), instead);
        return text;
    };
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(read_quick(std::string_view(good).substr(0, size), facts)) << size;
    EXPECT_FALSE(read_quick(without("online", "sea"), facts));
    EXPECT_FALSE(read_quick(without("online", "onlin"), facts));
    EXPECT_FALSE(read_quick(without("2023-06", "2023-13"), facts));
    EXPECT_FALSE(read_quick(without("\"procedure\":1", "\"procedure\":0"), facts));
    EXPECT_FALSE(read_quick(without("true", "1"), facts));
    EXPECT_FALSE(read_quick(without("\"agency\":2,", ""), facts));
}

}  // namespace

}  // namespace chilang::dossiers
