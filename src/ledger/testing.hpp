// A ledger over a throw-away database and folder, for the tests of this module.
#pragma once

#include "base/describe.hpp"
#include "db/lane.hpp"
#include "db/testing.hpp"
#include "ledger/leaf.hpp"
#include "ledger/ledger.hpp"
#include "ledger/merkle.hpp"
#include "ledger/tiles.hpp"
#include "ledger/verify.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace chilang::ledger {

struct Said {
    std::string word;
};
BOOST_DESCRIBE_STRUCT(Said, (), (word))

inline const Kind spoken{250, "spoken", "Đã nói"};
inline const Kind whispered{251, "whispered", "Đã thì thầm"};

// A folder that goes away with the scope.
struct TestFolder {
    TestFolder()
        : path(std::filesystem::temp_directory_path() / ("ledger-" + to_hex(random_bytes(6)))) {
        std::filesystem::create_directories(path);
    }
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TestFolder(const TestFolder&) = delete;
    std::filesystem::path path;
};

class LedgerTest : public ::testing::Test {
protected:
    LedgerTest() : lane_(database_.url(), {}) { register_kinds({spoken, whispered}); }

    std::unique_ptr<Ledger> open(Ledger::Options options = {}) {
        options.folder = folder_.path;
        options.batch_ms = 10;
        return std::make_unique<Ledger>(database_.pool(), std::move(options));
    }
    void commit(const Event& event) {
        const auto outcome =
            lane_.run({.build = [event](std::span<const std::int64_t>) -> Result<db::WriteSet> {
                return db::WriteSet{{Ledger::append(event)}, ""};
            }});
        EXPECT_TRUE(outcome.ok());
    }
    // Appends `count` events to a stream through the lane; the last one's id.
    Id say(Ledger& ledger, const std::string& stream, int count, Head& head) {
        Id last{};
        for (int i = 0; i < count; ++i) {
            const Event event = next_event(head, spoken, stream, "system", Said{std::to_string(i)},
                                           Clock().now(), ledger.stream_key());
            commit(event);
            last = event.id;
        }
        ledger.wake();
        return last;
    }
    // An event as programs before leaf version 2 wrote it.
    static Event old_event(Head& head, const std::string& stream, const Hash& key) {
        Head before = head;
        Event event = next_event(before, spoken, stream, "system", Said{"cũ"}, Clock().now(), key);
        event.leaf = merkle::leaf_hash(leaf_bytes(1, event, key, commitment(1, event)));
        head = {event.seq, event.leaf};
        return event;
    }
    Findings verify() {
        auto connection = database_.pool().lease();
        return verify_database(*connection, folder_.path);
    }
    void sql(const std::string& script) {
        auto connection = database_.pool().lease();
        connection->script(script);
    }
    std::string proof(Ledger& ledger, const Id& id) {
        auto connection = database_.pool().lease();
        return ledger.proof(*connection, id).value_or("");
    }

    db::TestDatabase database_;
    TestFolder folder_;
    db::WriteLane lane_;
};

// True when one of the findings holds the words.
inline bool says(const Findings& findings, std::string_view words) {
    for (const auto& finding : findings)
        if (finding.find(words) != finding.npos) return true;
    return false;
}

}  // namespace chilang::ledger
