// The write lane: gap-free, exactly once, one bad command harms nobody, an unknown commit is
// never acknowledged.
#include "db/lane.hpp"

#include "db/testing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <random>
#include <thread>

namespace chilang::db {
namespace {

constexpr std::string_view kInsert = "INSERT INTO item (counter, number, who) VALUES ($1, $2, $3)";
using Kind = Outcome::Kind;

class LaneTest : public ::testing::Test {
protected:
    LaneTest() {
        db->script(
            "CREATE TABLE item (counter text, number bigint, who text CONSTRAINT item_who_short "
            "CHECK (length(who) < 30), CONSTRAINT item_once UNIQUE (counter, number))");
    }
    std::int64_t count(std::string_view sql) { return db->query(sql).at(0, 0).integer(); }
    std::int64_t items() { return count("SELECT count(*) FROM item"); }

    TestDatabase database;
    Pool::Lease db = database.pool().lease();
};

// Takes the next number of `counter` and writes it down.
Command numbered(std::string counter, std::string who, std::string key = "") {
    Command command;
    command.key = std::move(key);
    command.fingerprint = who;
    command.counters = {counter};
    command.build = [counter, who](std::span<const std::int64_t> numbers) -> Result<WriteSet> {
        return WriteSet{{{kInsert, {counter, numbers[0], who}, Expect::one_row}},
                        std::to_string(numbers[0])};
    };
    return command;
}

Command refusing(std::string counter) {
    Command command;
    command.counters = {std::move(counter)};
    command.build = [](auto) -> Result<WriteSet> { return Problem{"not_now", "", "Chưa được"}; };
    return command;
}

Command statement(std::string_view sql, Params params, Expect expect = Expect::any) {
    Command command;
    command.build = [=](auto) -> Result<WriteSet> {
        return WriteSet{{{sql, params, expect}}, "{}"};
    };
    return command;
}

// A lane that is held back until `hold` is let go, so that all that is queued meets in one batch.
struct Gate {
    std::promise<void> open;
    std::atomic<bool> held = false;
    void hold(WriteLane& lane) {
        Command command;
        command.build = [this, future = open.get_future().share()](auto) -> Result<WriteSet> {
            held = true;
            held.notify_all();
            future.wait();
            return Problem{"held", "", ""};
        };
        lane.submit(std::move(command), [](Outcome) {});
        held.wait(false);  // its batch is taken: what comes now is in the next
    }
};

std::vector<Outcome> run_together(WriteLane& lane, std::vector<Command> commands) {
    std::vector<std::promise<Outcome>> promises(commands.size());
    Gate gate;
    gate.hold(lane);
    for (std::size_t i = 0; i < commands.size(); ++i)
        lane.submit(std::move(commands[i]),
                    [&promises, i](Outcome outcome) { promises[i].set_value(std::move(outcome)); });
    gate.open.set_value();
    std::vector<Outcome> outcomes;
    for (auto& promise : promises) outcomes.push_back(promise.get_future().get());
    return outcomes;
}

TEST_F(LaneTest, CommitsAndCounts) {
    std::atomic<int> batches = 0;
    WriteLane lane(database.url(), {.after_commit = [&] { ++batches; }});
    EXPECT_EQ(lane.run(numbered("a", "An")).answer, "1");
    EXPECT_EQ(lane.run(numbered("b", "Bình")).answer, "1");
    const Outcome outcome = lane.run(numbered("a", "Chi"));
    EXPECT_EQ(outcome.kind, Kind::committed);
    EXPECT_EQ(outcome.answer, "2");
    EXPECT_EQ(items(), 3);
}

TEST_F(LaneTest, OneCommitForABatch) {
    std::atomic<int> batches = 0;
    std::vector<Outcome> outcomes;
    {
        WriteLane lane(database.url(), {.after_commit = [&] { ++batches; }});
        lane.run(numbered("a", "An"));
        std::vector<Command> commands;
        for (int i = 0; i < 40; ++i) commands.push_back(numbered("a", "An"));
        outcomes = run_together(lane, std::move(commands));
    }
    for (const Outcome& outcome : outcomes) EXPECT_EQ(outcome.kind, Kind::committed);
    EXPECT_EQ(count("SELECT count(DISTINCT xmin::text) FROM item"), 2);
    EXPECT_LE(batches, 3);
}

TEST_F(LaneTest, RefusalsAndViolationsHarmNobodyElse) {
    WriteLane lane(database.url(), {.explain = [](const std::string& constraint) {
                       return Problem{constraint, "who", "Tên dài quá"};
                   }});
    const std::string long_name(40, 'x');
    const auto outcomes = run_together(
        lane, {numbered("a", "An"), refusing("a"), numbered("a", "Bình"), numbered("a", long_name),
               numbered("a", "Chi"), statement("SELECT 1/0", {}),
               statement("UPDATE item SET who = '' WHERE who = $1", {"nobody"}, Expect::one_row),
               numbered("a", "Dung"), statement("SELECT no_such_column", {}), numbered("a", "Em")});
    const auto kinds = {Kind::committed, Kind::refused,  Kind::committed, Kind::refused,
                        Kind::committed, Kind::refused,  Kind::conflict,  Kind::committed,
                        Kind::refused,   Kind::committed};
    std::size_t i = 0;
    for (const Kind kind : kinds) {
        EXPECT_EQ(static_cast<int>(outcomes[i].kind), static_cast<int>(kind)) << "command " << i;
        ++i;
    }
    EXPECT_EQ(outcomes[1].problems.at(0).code, "not_now");
    EXPECT_EQ(outcomes[3].problems.at(0).code, "item_who_short");
    EXPECT_EQ(outcomes[3].problems.at(0).message, "Tên dài quá");
    EXPECT_EQ(items(), 5);
    EXPECT_EQ(count("SELECT max(number) FROM item"), 5);
}

TEST_F(LaneTest, AThrowingCommandIsRefused) {
    WriteLane lane(database.url(), {});
    Command command = numbered("a", "An");
    command.build = [](auto) -> Result<WriteSet> { throw std::runtime_error("broken rule"); };
    EXPECT_EQ(lane.run(std::move(command)).kind, Kind::refused);
    EXPECT_EQ(lane.run(numbered("a", "Bình")).answer, "1");
}

TEST_F(LaneTest, SeveralCountersAndTheSameTwice) {
    WriteLane lane(database.url(), {});
    Command command;
    command.counters = {"b", "a", "b"};
    command.build = [](std::span<const std::int64_t> n) -> Result<WriteSet> {
        return WriteSet{{}, std::to_string(n[0] * 100 + n[1] * 10 + n[2])};
    };
    EXPECT_EQ(lane.run(command).answer, "112");
    EXPECT_EQ(lane.run(command).answer, "324");
}

TEST_F(LaneTest, RepeatedKeyGetsTheFirstAnswer) {
    WriteLane lane(database.url(), {});
    EXPECT_EQ(lane.run(numbered("a", "An", "k1")).kind, Kind::committed);
    lane.run(numbered("a", "Bình", "k2"));
    const Outcome again = lane.run(numbered("a", "An", "k1"));
    EXPECT_EQ(again.kind, Kind::replayed);
    EXPECT_EQ(again.answer, "1");
    const Outcome other = lane.run(numbered("a", "Khác", "k1"));
    EXPECT_EQ(other.kind, Kind::refused);
    EXPECT_EQ(other.problems.at(0).code, "idempotency_mismatch");
    EXPECT_EQ(items(), 2);
    EXPECT_EQ(lane.run(numbered("a", "Chi")).answer, "3");
}

TEST_F(LaneTest, TheSameKeyTwiceInOneBatch) {
    WriteLane lane(database.url(), {});
    const auto outcomes = run_together(lane, {numbered("a", "An", "k"), numbered("a", "An", "k"),
                                              numbered("a", "An", "k"), numbered("a", "Chi", "x")});
    EXPECT_EQ(outcomes[0].kind, Kind::committed);
    EXPECT_EQ(outcomes[1].kind, Kind::replayed);
    EXPECT_EQ(outcomes[2].kind, Kind::replayed);
    EXPECT_EQ(outcomes[3].kind, Kind::committed);
    EXPECT_EQ(outcomes[2].answer, outcomes[0].answer);
    EXPECT_EQ(items(), 2);
}

TEST_F(LaneTest, ARefusedCommandDoesNotUseItsKey) {
    WriteLane lane(database.url(), {});
    Command refused = refusing("a");
    refused.key = "k";
    EXPECT_EQ(lane.run(refused).kind, Kind::refused);
    EXPECT_EQ(lane.run(numbered("a", "An", "k")).kind, Kind::committed);
}

TEST_F(LaneTest, TwoLanesShareKeysAndCounters) {
    WriteLane one(database.url(), {}), two(database.url(), {});
    std::vector<std::thread> threads;
    std::atomic<int> committed = 0, replayed = 0;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                const std::string key = "k" + std::to_string(i * 4 + t / 2);
                const Outcome outcome = (t % 2 ? one : two).run(numbered("a", "An", key));
                committed += outcome.kind == Kind::committed;
                replayed += outcome.kind == Kind::replayed;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(committed, 200);
    EXPECT_EQ(replayed, 200);
    EXPECT_EQ(items(), 200);
    EXPECT_EQ(count("SELECT max(number) FROM item"), 200);
}

// 64 callers, some refused by rule, by constraint or by conflict: the numbers acknowledged are
// exactly 1 … n of each counter, and they are the rows.
TEST_F(LaneTest, NumbersAcknowledgedAreExactlyOneToN) {
    std::map<std::string, std::vector<std::int64_t>> numbers;
    std::mutex mutex;
    {
        WriteLane lane(database.url(), {});
        std::vector<std::thread> threads;
        for (unsigned t = 0; t < 64; ++t)
            threads.emplace_back([&, t] {
                std::mt19937 random(t);
                for (int i = 0; i < 40; ++i) {
                    const std::string counter = "c" + std::to_string(random() % 3);
                    const unsigned luck = random() % 20;
                    const std::string who = luck == 0 ? std::string(40, 'x') : "An";
                    if (luck == 1) {
                        EXPECT_EQ(lane.run(refusing(counter)).kind, Kind::refused);
                        continue;
                    }
                    if (luck == 2) {
                        Command conflict = numbered(counter, "An");
                        conflict.build = [](auto) -> Result<WriteSet> {
                            return WriteSet{
                                {{"DELETE FROM item WHERE number < 0", {}, Expect::one_row}}, ""};
                        };
                        EXPECT_EQ(lane.run(conflict).kind, Kind::conflict);
                        continue;
                    }
                    const Outcome outcome = lane.run(numbered(counter, who));
                    EXPECT_EQ(outcome.ok(), luck != 0);
                    if (!outcome.ok()) continue;
                    const std::lock_guard guard(mutex);
                    numbers[counter].push_back(std::stoll(outcome.answer));
                }
            });
        for (auto& thread : threads) thread.join();
    }
    std::int64_t total = 0;
    for (auto& [counter, list] : numbers) {
        std::sort(list.begin(), list.end());
        for (std::size_t i = 0; i < list.size(); ++i)
            ASSERT_EQ(list[i], static_cast<std::int64_t>(i) + 1) << counter;
        EXPECT_EQ(
            db->query("SELECT value FROM db.counter WHERE name = $1", {counter}).at(0, 0).integer(),
            static_cast<std::int64_t>(list.size()));
        total += static_cast<std::int64_t>(list.size());
    }
    EXPECT_EQ(items(), total);
    EXPECT_EQ(count("SELECT count(*) FROM db.counter WHERE name LIKE 'lane/%'"), 0);
}

TEST_F(LaneTest, AnyMixtureInOneBatchLeavesNoGap) {
    WriteLane lane(database.url(), {});
    EXPECT_TRUE(rc::check([&] {
        db->script("TRUNCATE item, db.counter, db.idempotency");
        const auto shapes = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6));
        std::vector<Command> commands;
        for (const int shape : shapes) {
            if (shape == 0) commands.push_back(refusing("a"));
            if (shape == 1) commands.push_back(numbered("a", std::string(40, 'x')));
            if (shape == 2) commands.push_back(numbered("a", "An", "same key"));
            if (shape >= 3) commands.push_back(numbered("a", "An"));
        }
        std::int64_t committed = 0;
        for (const Outcome& outcome : run_together(lane, std::move(commands)))
            committed += outcome.kind == Kind::committed;
        RC_ASSERT(items() == committed);
        RC_ASSERT(count("SELECT COALESCE(max(number), 0) FROM item") == committed);
    }));
}

TEST_F(LaneTest, AFullQueueRefusesAtOnce) {
    std::atomic<int> refused = 0, committed = 0;
    {
        WriteLane lane(database.url(), {.queue_max = 2});
        Gate gate;
        gate.hold(lane);
        for (int i = 0; i < 10; ++i)
            lane.submit(numbered("a", "An"), [&](Outcome outcome) {
                refused += outcome.kind == Kind::unavailable;
                committed += outcome.ok();
            });
        EXPECT_GE(refused, 8);  // the lane is held back: at most two wait, or one beside the gate
        gate.open.set_value();
    }
    EXPECT_EQ(committed + refused, 10);
    EXPECT_EQ(committed, items());
    EXPECT_GE(committed, 1);
}

TEST_F(LaneTest, FinishesWhatIsQueued) {
    std::atomic<int> done = 0;
    {
        WriteLane lane(database.url(), {});
        for (int i = 0; i < 200; ++i)
            lane.submit(numbered("a", "An"), [&](Outcome o) { done += o.ok(); });
    }
    EXPECT_EQ(done, 200);
    EXPECT_EQ(items(), 200);
}

TEST_F(LaneTest, ForgetsOldKeys) {
    WriteLane lane(database.url(), {});
    lane.run(numbered("a", "An", "old"));
    db->script("UPDATE db.idempotency SET at = '2020-01-01'");
    lane.run(numbered("a", "An", "new"));
    EXPECT_EQ(forget_idempotency_keys(*db, *parse_instant("2021-01-01T00:00:00Z")), 1U);
    EXPECT_EQ(lane.run(numbered("a", "An", "new")).kind, Kind::replayed);
    EXPECT_EQ(lane.run(numbered("a", "An", "old")).kind, Kind::committed);
}

}  // namespace
}  // namespace chilang::db
