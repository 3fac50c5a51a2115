// The lane when the connection breaks at the worst moments: during COMMIT, before it and after it.
//
// A proxy between the lane and PostgreSQL cuts the wire exactly when the answer to COMMIT passes;
// triggers end the backend while it commits. Whatever happens: an acknowledged command is there
// exactly once, and no number is lost.
#include "db/lane.hpp"
#include "db/lane_batch.hpp"
#include "db/testing.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

namespace chilang::db {
namespace {

namespace fs = std::filesystem;
using Kind = Outcome::Kind;

sockaddr_un address(const fs::path& path) {
    sockaddr_un result{};
    result.sun_family = AF_UNIX;
    path.string().copy(result.sun_path, sizeof result.sun_path - 1);
    return result;
}

// Passes bytes between clients and PostgreSQL, one client at a time, and cuts the wire the moment
// PostgreSQL says that it committed, as often as it is told to.
class Proxy {
public:
    explicit Proxy(fs::path server) : server_(std::move(server)) {
        fs::create_directories(folder_);
        const sockaddr_un here = address(folder_ / ".s.PGSQL.5432");
        unlink(here.sun_path);
        EXPECT_EQ(bind(listener_, reinterpret_cast<const sockaddr*>(&here), sizeof here), 0);
        EXPECT_EQ(listen(listener_, 8), 0);
        thread_ = std::thread([this] { serve(); });
    }
    ~Proxy() {
        stopping_ = true;
        thread_.join();
        close(listener_);
        fs::remove_all(folder_);
    }
    std::string url(const std::string& direct) const {
        return direct.substr(0, direct.find("?host=")) + "?host=" + folder_.string();
    }
    std::atomic<int> cuts = 0;  // still to make

private:
    void serve() {
        while (!stopping_) {
            if (!readable(listener_)) continue;
            const int client = accept(listener_, nullptr, nullptr);
            const int server = socket(AF_UNIX, SOCK_STREAM, 0);
            const sockaddr_un there = address(server_);
            if (connect(server, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0)
                pass(client, server);
            close(client);
            close(server);
        }
    }

    static bool readable(int socket) {
        pollfd wait{socket, POLLIN, 0};
        return poll(&wait, 1, 20) > 0;
    }

    static bool move(int from, int to, std::string& bytes) {
        char buffer[65536];
        const auto size = read(from, buffer, sizeof buffer);
        if (size <= 0) return false;
        bytes.assign(buffer, static_cast<std::size_t>(size));
        return to < 0 || write(to, bytes.data(), bytes.size()) == size;
    }

    void pass(int client, int server) {
        std::string bytes;
        while (!stopping_) {
            pollfd both[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
            if (poll(both, 2, 20) <= 0) continue;
            if (both[0].revents && !move(client, server, bytes)) return;
            if (!both[1].revents) continue;
            if (!move(server, -1, bytes)) return;
            if (bytes.find(std::string("COMMIT\0", 7)) != bytes.npos && cuts > 0) {
                --cuts;
                return;
            }
            if (write(client, bytes.data(), bytes.size()) < 0) return;
        }
    }

    fs::path server_;
    fs::path folder_ = "/tmp/chilang-proxy-" + std::to_string(getpid());
    int listener_ = socket(AF_UNIX, SOCK_STREAM, 0);
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

class LaneFaultTest : public ::testing::Test {
protected:
    LaneFaultTest() { db->script("CREATE TABLE item (number bigint, who text)"); }

    static Command numbered(std::string who, Expect expect) {
        Command command;
        command.counters = {"a"};
        command.build = [who, expect](std::span<const std::int64_t> n) -> Result<WriteSet> {
            return WriteSet{{{"INSERT INTO item VALUES ($1, $2)", {n[0], who}, expect}},
                            std::to_string(n[0])};
        };
        return command;
    }
    std::int64_t count(std::string_view sql) { return db->query(sql).at(0, 0).integer(); }
    fs::path server_socket() {
        const auto folder = db->query("SHOW unix_socket_directories");
        return fs::path(folder.at(0, 0).text()) / ".s.PGSQL.5432";
    }
    // The backend of everybody but this test ends while it commits a row whose name is 'end'.
    void end_backends_at_commit() {
        db->script(
            "CREATE FUNCTION end_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.who = 'end' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; "
            "RETURN NULL; END $$; "
            "CREATE CONSTRAINT TRIGGER item_end AFTER INSERT ON item DEFERRABLE INITIALLY "
            "DEFERRED FOR EACH ROW EXECUTE FUNCTION end_it()");
    }

    TestDatabase database;
    Pool::Lease db = database.pool().lease();
};

TEST_F(LaneFaultTest, CommittedButUnheardIsFoundOut) {
    Proxy proxy(server_socket());
    WriteLane lane(proxy.url(database.url()), {});
    EXPECT_EQ(lane.run(numbered("An", Expect::any)).answer, "1");
    // Once with COMMIT in the flush of the statements, once with a COMMIT of its own.
    for (const Expect expect : {Expect::any, Expect::one_row}) {
        proxy.cuts = 1;
        const Outcome outcome = lane.run(numbered("Bình", expect));
        EXPECT_EQ(proxy.cuts, 0);
        EXPECT_EQ(outcome.kind, Kind::committed);
        EXPECT_EQ(std::stoll(outcome.answer), count("SELECT count(*) FROM item"));
    }
    EXPECT_EQ(count("SELECT count(*) FROM item"), 3);
    EXPECT_EQ(count("SELECT max(number) FROM item"), 3);
}

TEST_F(LaneFaultTest, EndedDuringCommitIsNotAcknowledged) {
    end_backends_at_commit();
    WriteLane lane(database.url(), {});
    for (const Expect expect : {Expect::any, Expect::one_row}) {
        EXPECT_EQ(lane.run(numbered("end", expect)).kind, Kind::unavailable);
        EXPECT_TRUE(lane.run(numbered("An", expect)).ok());
    }
    EXPECT_EQ(count("SELECT count(*) FROM item"), 2);
    EXPECT_EQ(count("SELECT max(number) FROM item"), 2);
}

TEST_F(LaneFaultTest, AnIdleCutIsNotEvenNoticed) {
    WriteLane lane(database.url(), {});
    for (int i = 1; i <= 3; ++i) {
        EXPECT_EQ(lane.run(numbered("An", Expect::any)).answer, std::to_string(i));
        db->query(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
}

TEST_F(LaneFaultTest, WithoutADatabaseNothingIsAcknowledged) {
    WriteLane lane("postgresql:///chilang?host=/nowhere", {});
    EXPECT_EQ(lane.run(numbered("An", Expect::any)).kind, Kind::unavailable);
    EXPECT_EQ(lane.run(numbered("An", Expect::any)).kind, Kind::unavailable);
}

TEST_F(LaneFaultTest, AReadOnlyDatabaseIsUnavailable) {
    db->script("ALTER DATABASE " +
               std::string(db->query("SELECT current_database()").at(0, 0).text()) +
               " SET default_transaction_read_only = on");
    WriteLane lane(database.url(), {});
    EXPECT_EQ(lane.run(numbered("An", Expect::any)).kind, Kind::unavailable);
}

TEST_F(LaneFaultTest, ANewConnectionEndsTheOldAndKnowsItsBatch) {
    constexpr std::int64_t kLane = 77;
    const std::string counter = lane_counter(kLane);
    const Command command = numbered("An", Expect::any);
    LaneConnection old(database.url(), kLane);
    const Attempt first = attempt(old.connection(), counter, {&command}, {});
    EXPECT_EQ(first.end, Attempt::End::committed);
    old.connection().query("BEGIN");
    old.connection().query("UPDATE db.counter SET value = value + 1 WHERE name = $1", {counter});

    LaneConnection fresh(database.url(), kLane);
    EXPECT_THROW(old.connection().query("COMMIT"), Error);
    EXPECT_TRUE(fresh.committed(first.batch));
    EXPECT_FALSE(fresh.committed(first.batch + 1));
}

}  // namespace
}  // namespace chilang::db
