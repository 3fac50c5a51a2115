// Sealing against a real PostgreSQL: order, chains, proofs, followers, and what is refused.
#include "base/describe.hpp"
#include "db/lane.hpp"
#include "db/testing.hpp"
#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace chilang::ledger {
namespace {

namespace fs = std::filesystem;

struct Said {
    std::string word;
};
BOOST_DESCRIBE_STRUCT(Said, (), (word))

const Kind spoken{250, "spoken", "Đã nói"};

class Sealing : public ::testing::Test {
protected:
    Sealing()
        : folder_(fs::temp_directory_path() / ("chilang-sealing-" + std::to_string(getpid()) + "-" +
                                               std::to_string(counter_++))),
          lane_(database_.url(), {}) {}
    ~Sealing() override { fs::remove_all(folder_); }

    std::unique_ptr<Ledger> open() {
        return std::make_unique<Ledger>(database_.pool(),
                                        Ledger::Options{.folder = folder_, .batch_ms = 10});
    }
    // Appends `count` events to a stream through the lane; the last one's id.
    Id say(Ledger& ledger, const std::string& stream, int count, Head& head) {
        Id last{};
        for (int i = 0; i < count; ++i) {
            const Event event = next_event(head, spoken, stream, "system", Said{std::to_string(i)},
                                           Clock().now(), ledger.stream_key());
            const auto outcome =
                lane_.run({.build = [event](std::span<const std::int64_t>) -> Result<db::WriteSet> {
                    return db::WriteSet{{Ledger::append(event)}, ""};
                }});
            EXPECT_TRUE(outcome.ok());
            last = event.id;
        }
        ledger.wake();
        return last;
    }
    Findings verify() {
        auto connection = database_.pool().lease();
        return verify_database(*connection, folder_);
    }
    void sql(const std::string& script) {
        auto connection = database_.pool().lease();
        connection->script(script);
    }

    static inline int counter_ = 0;
    db::TestDatabase database_;
    fs::path folder_;
    db::WriteLane lane_;
};

TEST_F(Sealing, ManyWritersGiveOneGapFreeOrderOfWholeChains) {
    auto ledger = open();
    std::vector<Sealed> followed;
    ledger->follow({"test", 0, [&](std::span<const Sealed> events) {
                        followed.insert(followed.end(), events.begin(), events.end());
                    }});
    ledger->start();
    std::vector<std::thread> writers;
    for (int w = 0; w < 16; ++w)
        writers.emplace_back([&, w] {
            Head head;
            say(*ledger, "test/" + std::to_string(w), 40, head);
        });
    for (auto& writer : writers) writer.join();
    ASSERT_TRUE(ledger->settle(10'000));
    ledger->stop();
    ASSERT_EQ(followed.size(), 640u);
    std::set<Id> seen;
    std::map<std::string, Head> heads;
    for (std::size_t i = 0; i < followed.size(); ++i) {
        EXPECT_EQ(followed[i].index, static_cast<std::int64_t>(i));
        EXPECT_TRUE(seen.insert(followed[i].event.id).second) << "an event was sealed twice";
        Head& head = heads[followed[i].event.stream];
        EXPECT_EQ(followed[i].event.seq, head.seq + 1);
        EXPECT_EQ(followed[i].event.prev, head.hash);
        head = {followed[i].event.seq, followed[i].event.leaf};
    }
    EXPECT_EQ(ledger->checkpoint().size, 640);
    EXPECT_EQ(verify(), Findings{});
}

TEST_F(Sealing, AProofHoldsAndABrokenOneDoesNot) {
    auto ledger = open();
    ledger->start();
    Head head;
    const Id id = say(*ledger, "test/a", 300, head);
    ASSERT_TRUE(ledger->settle(10'000));
    auto connection = database_.pool().lease();
    const auto proof = ledger->proof(*connection, id);
    ASSERT_TRUE(proof);
    EXPECT_EQ(verify_receipt(*proof, ledger->public_key()), Findings{});
    for (std::size_t i = 0; i < proof->size(); i += 7) {
        std::string broken = *proof;
        broken[i] = broken[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verify_receipt(broken, ledger->public_key()).empty()) << "byte " << i;
    }
}

TEST_F(Sealing, ARestartGoesOnWhereItStopped) {
    Head head;
    {
        auto ledger = open();
        ledger->start();
        say(*ledger, "test/a", 20, head);
        ASSERT_TRUE(ledger->settle(10'000));
    }
    auto ledger = open();
    std::vector<std::int64_t> indices;
    ledger->follow({"late", 15, [&](std::span<const Sealed> events) {
                        for (const auto& sealed : events) indices.push_back(sealed.index);
                    }});
    ledger->start();
    say(*ledger, "test/a", 5, head);
    ASSERT_TRUE(ledger->settle(10'000));
    ledger->stop();
    EXPECT_EQ(indices, (std::vector<std::int64_t>{15, 16, 17, 18, 19, 20, 21, 22, 23, 24}));
    EXPECT_EQ(verify(), Findings{});
}

TEST_F(Sealing, EditsBehindTheLedgersBackAreNamed) {
    {
        auto ledger = open();
        ledger->start();
        Head head;
        say(*ledger, "test/a", 10, head);
        ASSERT_TRUE(ledger->settle(10'000));
    }
    EXPECT_THROW(sql("UPDATE ledger.event SET payload = '{\"word\":\"khác\"}' WHERE idx = 4"),
                 db::Error);
    sql("ALTER TABLE ledger.event DISABLE TRIGGER ALL;"
        "UPDATE ledger.event SET payload = '{\"word\":\"khác\"}' WHERE idx = 4;"
        "DELETE FROM ledger.event WHERE idx = 7");
    const auto findings = verify();
    ASSERT_EQ(findings.size(), 2u);
    EXPECT_NE(findings[0].find("số 4"), std::string::npos) << findings[0];
    EXPECT_NE(findings[1].find("7"), std::string::npos) << findings[1];
}

TEST_F(Sealing, ARestoredOldBackupIsRefused) {
    {
        auto ledger = open();
        ledger->start();
        Head head;
        say(*ledger, "test/a", 10, head);
        ASSERT_TRUE(ledger->settle(10'000));
    }
    sql("ALTER TABLE ledger.event DISABLE TRIGGER ALL;"
        "DELETE FROM ledger.event WHERE idx >= 5;"
        "DELETE FROM ledger.checkpoint WHERE size > 5");
    EXPECT_THROW(open()->start(), std::exception);
    EXPECT_FALSE(verify().empty());
}

TEST_F(Sealing, AFlippedBitOfATileIsNamed) {
    {
        auto ledger = open();
        ledger->start();
        Head head;
        say(*ledger, "test/a", 300, head);
        ASSERT_TRUE(ledger->settle(10'000));
    }
    const fs::path mirror = folder_.string() + "-mirror";
    export_mirror(folder_, mirror);
    EXPECT_EQ(verify_mirror(mirror, ""), Findings{});
    const fs::path entries = mirror / "tile" / "entries" / "000";
    std::fstream file(entries, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(1000);
    file.put('\x5a');
    file.close();
    EXPECT_FALSE(verify_mirror(mirror, "").empty());
    fs::remove_all(mirror);
}

}  // namespace
}  // namespace chilang::ledger
