// Sealing against a real PostgreSQL: order, chains, proofs, followers, and what is refused.
#include "ledger/testing.hpp"

#include <atomic>
#include <map>
#include <set>
#include <thread>

namespace chilang::ledger {
namespace {

class Sealing : public LedgerTest {
protected:
    void expect_refused(std::string_view words) {
        try {
            open();
            FAIL() << "it was opened";
        } catch (const std::exception& error) {
            EXPECT_TRUE(says({error.what()}, words)) << error.what();
        }
    }
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

TEST_F(Sealing, AServerAtWorkVerifies) {
    auto ledger = open();
    ledger->start();
    std::atomic<bool> done = false;
    std::vector<std::thread> writers;
    for (int w = 0; w < 4; ++w)
        writers.emplace_back([&, w] {
            Head head;
            while (!done) say(*ledger, "test/" + std::to_string(w), 1, head);
        });
    for (int look = 0; look < 20'000 && ledger->size() < 300; ++look)
        EXPECT_EQ(verify(), Findings{});
    done = true;
    for (auto& writer : writers) writer.join();
    EXPECT_GE(ledger->size(), 300);
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
    EXPECT_EQ(verify_receipt(*proof, ledger->policy()).findings, Findings{});
    for (std::size_t i = 0; i < proof->size(); i += 7) {
        std::string broken = *proof;
        broken[i] = broken[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verify_receipt(broken, ledger->policy()).findings.empty()) << "byte " << i;
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

TEST_F(Sealing, AFolderSavedBeforeTheDatabaseCatchesUp) {
    Head head;
    const TestFolder saved;
    {
        auto ledger = open();
        ledger->start();
        say(*ledger, "test/a", 300, head);
        ASSERT_TRUE(ledger->settle(10'000));
        std::filesystem::copy(folder_.path, saved.path,
                              std::filesystem::copy_options::recursive |
                                  std::filesystem::copy_options::overwrite_existing);
        say(*ledger, "test/a", 300, head);
        ASSERT_TRUE(ledger->settle(10'000));
    }
    std::filesystem::remove_all(folder_.path);
    std::filesystem::copy(saved.path, folder_.path, std::filesystem::copy_options::recursive);
    auto ledger = open();
    ledger->start();
    say(*ledger, "test/a", 5, head);
    ASSERT_TRUE(ledger->settle(10'000));
    ledger->stop();
    EXPECT_EQ(ledger->size(), 605);
    EXPECT_EQ(verify(), Findings{});
}

TEST_F(Sealing, WhoWasReplacedSealsNothing) {
    auto ledger = open();
    ledger->start();
    Head head;
    say(*ledger, "test/a", 5, head);
    ASSERT_TRUE(ledger->settle(10'000));
    sql("UPDATE ledger.sealer SET epoch = epoch + 1");  // as another process does that takes over
    say(*ledger, "test/a", 1, head);
    std::string trouble;
    for (int look = 0; look < 5000 && trouble.empty(); ++look) {
        trouble = ledger->trouble();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    EXPECT_NE(trouble.find("tiếp quản"), trouble.npos) << trouble;
    EXPECT_EQ(ledger->size(), 5);
    ASSERT_TRUE(ledger->settle(10'000)) << "nobody else is there: it takes over again";
    EXPECT_EQ(ledger->size(), 6);
    EXPECT_EQ(verify(), Findings{});
}

TEST_F(Sealing, ACheckpointThatAnotherKeySignedIsRefused) {
    {
        auto ledger = open();
        ledger->start();
        Head head;
        say(*ledger, "test/a", 5, head);
        ASSERT_TRUE(ledger->settle(10'000));
    }
    auto text = *read_file(folder_.path / "checkpoint");
    auto& letter = text[text.size() - 20];  // inside the signature
    letter = letter == 'A' ? 'B' : 'A';
    write_durably(folder_.path / "checkpoint", text);
    expect_refused("không do khóa này ký");
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
    expect_refused("bản sao lưu cũ");
    EXPECT_TRUE(says(verify(), "bản sao lưu cũ"));
}

}  // namespace
}  // namespace chilang::ledger
