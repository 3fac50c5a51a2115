// The private cluster: started, shared, started again after a crash, gone with its owner.
//
// As root this also proves that PostgreSQL runs as another user, and that a folder which that user
// cannot enter is no obstacle.
#include "db/cluster.hpp"

#include "db/lane.hpp"
#include "db/migrate.hpp"
#include "db/postmaster.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace chilang::db {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class ClusterTest : public ::testing::Test {
protected:
    ClusterTest() {
        fs::remove_all(folder);
        fs::create_directories(folder);
    }
    ~ClusterTest() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    Cluster::Options options() const {
        return {.folder = folder, .durable = false, .shared_buffers = "16MB"};
    }
    fs::path folder = "/tmp/chilang-cluster-" + std::to_string(getpid());
};

bool within(std::chrono::seconds time, const std::function<bool()>& condition) {
    for (const auto end = std::chrono::steady_clock::now() + time;
         std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(10ms))
        if (condition()) return true;
    return false;
}

std::string answer(const Cluster& cluster, const char* sql) {
    Connection connection(cluster.url("postgres"));
    return std::string(connection.query(sql).at(0, 0).text());
}

TEST_F(ClusterTest, StartsWithItsSettingsAndStops) {
    fs::path data;
    {
        Cluster cluster(options());
        data = cluster.data();
        cluster.ensure_database("chilang");
        cluster.ensure_database("chilang");
        Connection connection(cluster.url());
        EXPECT_EQ(answer(cluster, "SHOW data_checksums"), "on");
        EXPECT_EQ(answer(cluster, "SHOW listen_addresses"), "");
        EXPECT_EQ(answer(cluster, "SHOW jit"), "off");
        EXPECT_EQ(answer(cluster,
                         "SELECT string_agg(x, '' ORDER BY x) FROM unnest("
                         "'{đ,d,â,ă,a,e}'::text[]) x"),
                  "aăâdđe");
        EXPECT_GT(cluster.postmaster_pid(), 0);
    }
    EXPECT_FALSE(running_postmaster(data));
    EXPECT_FALSE(fs::exists(data / "postmaster.pid"));
    Cluster again(options());
    Connection kept(again.url());
    EXPECT_EQ(kept.query("SELECT 1").size(), 1U);
}

TEST_F(ClusterTest, AGuestSharesAndInherits) {
    auto owner = std::make_unique<Cluster>(options());
    Cluster guest(options());
    EXPECT_EQ(owner->postmaster_pid(), guest.postmaster_pid());
    { Cluster brief(options()); }
    EXPECT_EQ(answer(*owner, "SELECT 1"), "1");  // the guest that left stopped nothing
    const int before = owner->postmaster_pid();
    owner.reset();
    EXPECT_TRUE(within(20s, [&] {
        const int now = guest.postmaster_pid();
        return now > 0 && now != before;
    }));
}

TEST_F(ClusterTest, StartsAgainAfterACrash) {
    Cluster cluster(options());
    Pool pool(cluster.url("postgres"), 2);
    pool.lease()->script("CREATE TABLE t (n int); INSERT INTO t VALUES (1); CHECKPOINT");
    kill(cluster.postmaster_pid(), SIGKILL);
    EXPECT_TRUE(within(20s, [&] {
        try {
            return pool.lease()->query("SELECT * FROM t").size() == 1;
        } catch (const Error&) {
            return false;
        }
    }));
}

// A process that owns the cluster is killed -9: PostgreSQL must not outlive it for long, and the
// next owner must get along with what is left.
TEST_F(ClusterTest, EndsWithAKilledOwnerAndIsTakenOver) {
    const pid_t owner = fork();
    if (owner == 0) {
        Cluster cluster(options());
        std::ofstream(folder / "ready") << cluster.postmaster_pid() << '\n';
        for (;;) pause();
    }
    ASSERT_TRUE(within(30s, [&] { return fs::exists(folder / "ready"); }));
    std::this_thread::sleep_for(50ms);
    const auto orphan = running_postmaster(folder / "postgres" / "data");
    ASSERT_TRUE(orphan);
    kill(owner, SIGKILL);
    int status = 0;
    waitpid(owner, &status, 0);
    EXPECT_TRUE(within(20s, [&] { return kill(*orphan, 0) != 0; }));
    Cluster next(options());
    EXPECT_EQ(answer(next, "SELECT 1"), "1");
    EXPECT_NE(next.postmaster_pid(), *orphan);
}

TEST_F(ClusterTest, SurvivesACopysModesAndAStaleFile) {
    fs::path data;
    {
        Cluster cluster(options());
        data = cluster.data();
    }
    fs::permissions(data, fs::perms(0755));
    std::ofstream(data / "postmaster.pid") << "999999\n" << data.string() << "\n";
    Cluster cluster(options());
    EXPECT_EQ(answer(cluster, "SELECT 1"), "1");
}

TEST_F(ClusterTest, SocketPathStaysShort) {
    Cluster::Options deep = options();
    deep.folder = folder / std::string(60, 'a') / std::string(60, 'b');
    Cluster cluster(deep);
    EXPECT_EQ(answer(cluster, "SELECT 1"), "1");
    const auto socket = answer(cluster, "SHOW unix_socket_directories");
    EXPECT_LE(socket.size(), 80U);
    cluster.stop();
    fs::remove_all(socket);
}

TEST_F(ClusterTest, AFolderThatPostgresCannotEnter) {
    if (geteuid() != 0) GTEST_SKIP() << "an ordinary user runs PostgreSQL itself";
    fs::permissions(folder, fs::perms(0700));
    Cluster::Options closed = options();
    closed.folder = folder / "var";
    fs::path elsewhere;
    {
        Cluster cluster(closed);
        EXPECT_EQ(answer(cluster, "SELECT 1"), "1");
        elsewhere = cluster.data().parent_path().parent_path();
        EXPECT_TRUE(elsewhere.string().starts_with("/var/lib/chilang-"));
    }
    fs::permissions(folder, fs::perms(0755));
    {
        Cluster cluster(closed);  // opened up later: the data stay where they are
        EXPECT_EQ(cluster.data().parent_path().parent_path(), elsewhere);
    }
    fs::remove_all(elsewhere);
}

TEST_F(ClusterTest, SaysWhyItDoesNotStart) {
    Cluster::Options wrong = options();
    wrong.shared_buffers = "much";
    wrong.failure_patience = std::chrono::seconds(1);
    try {
        Cluster cluster(wrong);
        FAIL() << "such a setting must stop it";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("shared_buffers"), std::string::npos)
            << error.what();
    }
}

// Writers at work while PostgreSQL is killed again and again: what was acknowledged is there
// exactly once, numbers have no gap.
TEST_F(ClusterTest, LaneSurvivesCrashes) {
    Cluster::Options durable = options();
    durable.durable = true;
    Cluster cluster(durable);
    cluster.ensure_database("chilang");
    {
        Connection db(cluster.url());
        migrate(db, embedded_migrations());
        db.script(
            "CREATE TABLE item (number bigint CONSTRAINT item_pkey PRIMARY KEY, who text "
            "CONSTRAINT item_who UNIQUE)");
    }
    constexpr int kWriters = 16;
    std::vector<std::pair<std::int64_t, std::string>> acknowledged;
    std::mutex mutex;
    std::atomic<bool> enough = false;
    {
        WriteLane lane(cluster.url(), {});
        std::vector<std::thread> writers;
        for (int w = 0; w < kWriters; ++w)
            writers.emplace_back([&, w] {
                for (int i = 0; !enough; ++i) {
                    const std::string who = std::to_string(w) + "/" + std::to_string(i);
                    Command command;
                    command.key = w % 2 ? who : "";
                    command.fingerprint = who;
                    command.counters = {"item"};
                    command.build = [who](std::span<const std::int64_t> n) -> Result<WriteSet> {
                        return WriteSet{{{"INSERT INTO item VALUES ($1, $2)", {n[0], who}}},
                                        std::to_string(n[0])};
                    };
                    const Outcome outcome = lane.run(std::move(command));
                    ASSERT_NE(outcome.kind, Outcome::Kind::refused);
                    if (!outcome.ok()) {
                        std::this_thread::sleep_for(5ms);
                        continue;
                    }
                    const std::lock_guard guard(mutex);
                    acknowledged.emplace_back(std::stoll(outcome.answer), who);
                }
            });
        for (int crash = 0; crash < 4; ++crash) {
            std::this_thread::sleep_for(300ms);
            const int pid = cluster.postmaster_pid();
            if (crash % 2) {  // one backend: PostgreSQL restarts its own
                Connection db(cluster.url());
                kill(db.backend_pid(), SIGKILL);
            } else {
                kill(pid, SIGKILL);
            }
            EXPECT_TRUE(within(30s, [&] {
                try {
                    Connection(cluster.url()).query("SELECT 1");
                    return true;
                } catch (const Error&) {
                    return false;
                }
            }));
        }
        enough = true;
        for (auto& writer : writers) writer.join();
    }
    Connection db(cluster.url());
    const Rows rows = db.query("SELECT number, who FROM item ORDER BY number");
    std::map<std::int64_t, std::string> stored;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows.at(i, 0).integer(), static_cast<std::int64_t>(i) + 1);
        stored[rows.at(i, 0).integer()] = rows.at(i, 1).text();
    }
    for (const auto& [number, who] : acknowledged) EXPECT_EQ(stored[number], who);
    EXPECT_GT(acknowledged.size(), 100U);
}

}  // namespace
}  // namespace chilang::db
