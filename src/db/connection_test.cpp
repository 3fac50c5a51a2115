// Connections, pipelines, COPY and the pool, against a real PostgreSQL.
#include "db/testing.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace chilang::db {
namespace {

class ConnectionTest : public ::testing::Test {
protected:
    TestDatabase database;
    Connection db{database.url()};
};

std::int64_t count(Connection& db, std::string_view table) {
    return db.query("SELECT count(*) FROM " + std::string(table)).at(0, 0).integer();
}

TEST_F(ConnectionTest, ErrorsNameStateAndConstraint) {
    db.script("CREATE TABLE t (n int CONSTRAINT t_n_small CHECK (n < 10))");
    try {
        db.query("INSERT INTO t VALUES ($1)", {11});
        FAIL() << "the constraint must stop it";
    } catch (const Error& error) {
        EXPECT_EQ(error.sqlstate, "23514");
        EXPECT_EQ(error.constraint, "t_n_small");
        EXPECT_FALSE(error.connection_lost());
    }
    EXPECT_THROW(db.query("SELECT nonsense"), Error);
    EXPECT_EQ(db.query("INSERT INTO t VALUES (1), (2)").affected(), 2U);
    EXPECT_EQ(count(db, "t"), 2);
}

TEST_F(ConnectionTest, SpeaksUtcAndIso) {
    EXPECT_EQ(db.query("SELECT '2023-06-14 16:30+07'::timestamptz").at(0, 0).text(),
              "2023-06-14 09:30:00+00");
}

TEST_F(ConnectionTest, PipelineAnswersInOrderAndIsAtomic) {
    db.script("CREATE TABLE t (n int CONSTRAINT t_pkey PRIMARY KEY)");
    const auto rows = db.pipeline({{"INSERT INTO t VALUES ($1) RETURNING n", {1}},
                                   {"INSERT INTO t VALUES ($1) RETURNING n", {2}},
                                   {"SELECT count(*) FROM t", {}}});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[1].at(0, 0).integer(), 2);
    EXPECT_EQ(rows[2].at(0, 0).integer(), 2);

    const Statement three{"INSERT INTO t VALUES ($1) RETURNING n", {3}};
    const Statement again{"INSERT INTO t VALUES ($1) RETURNING n", {1}};
    const Statement fresh{"SELECT max(n) FROM t", {}};
    const PipelineAnswer answer = db.try_pipeline({&three, &again, &fresh});
    ASSERT_TRUE(answer.error);
    EXPECT_EQ(answer.failed, 1U);
    EXPECT_EQ(answer.error->constraint, "t_pkey");
    EXPECT_EQ(answer.rows.size(), 1U);
    EXPECT_EQ(count(db, "t"), 2);
    // The statement that the failure skipped was never prepared; it works now.
    EXPECT_EQ(db.query(fresh.sql).at(0, 0).integer(), 2);
    EXPECT_THROW(db.pipeline({three, {"SELECT 1/0", {}}}), Error);
    EXPECT_EQ(count(db, "t"), 2);
}

TEST_F(ConnectionTest, HugePipelineDoesNotDeadlock) {
    // Both ways far beyond every socket buffer: a blocking client would hang here.
    const std::string block(100'000, 'x');
    std::vector<Statement> statements(200, Statement{"SELECT $1::text", {block}});
    const auto rows = db.pipeline(statements);
    ASSERT_EQ(rows.size(), 200U);
    EXPECT_EQ(rows.back().at(0, 0).text(), block);
}

TEST_F(ConnectionTest, FailureInsideTransactionAbortsIt) {
    db.script("CREATE TABLE t (n int)");
    {
        Transaction transaction(db);
        db.query("INSERT INTO t VALUES (1)");
        EXPECT_THROW(db.query("SELECT 1/0"), Error);
        EXPECT_THROW(transaction.commit(), Error);
    }
    EXPECT_FALSE(db.in_transaction());
    {
        Transaction transaction(db);
        db.query("INSERT INTO t VALUES (1)");
    }
    EXPECT_EQ(count(db, "t"), 0);
    Transaction transaction(db);
    db.query("INSERT INTO t VALUES (1)");
    transaction.commit();
    EXPECT_EQ(count(db, "t"), 1);
}

TEST_F(ConnectionTest, CopiesInAndOut) {
    db.script("CREATE TABLE t (n bigint, s text)");
    int n = 0;
    db.copy_in("COPY t FROM STDIN", [&](std::string& chunk) {
        CopyRow row(chunk);
        for (int i = 0; i < 1000; ++i, ++n) {
            row << n << (n % 2 ? Param(nullptr) : Param("hàng\t\\ " + std::to_string(n)));
            row.end();
        }
        return n < 50'000;
    });
    EXPECT_EQ(count(db, "t"), 50'000);
    EXPECT_EQ(db.query("SELECT s FROM t WHERE n = 4").at(0, 0).text(), "hàng\t\\ 4");
    std::vector<std::string> rows;
    db.copy_out("COPY (SELECT n, s FROM t WHERE n < 2 ORDER BY n) TO STDOUT",
                [&](std::string_view row) { rows.emplace_back(row); });
    EXPECT_EQ(rows, (std::vector<std::string>{"0\thàng\\t\\\\ 0", "1\t\\N"}));
}

TEST_F(ConnectionTest, FailedCopiesLeaveTheConnectionUsable) {
    db.script("CREATE TABLE t (n bigint)");
    const auto bad = [](std::string& chunk) {
        chunk = "1\nx\n";
        return false;
    };
    EXPECT_THROW(db.copy_in("COPY t FROM STDIN", bad), Error);
    EXPECT_THROW(db.copy_in("COPY absent FROM STDIN", bad), Error);
    EXPECT_THROW(db.copy_in("COPY t FROM STDIN",
                            [](std::string&) -> bool { throw std::runtime_error("no more"); }),
                 std::runtime_error);
    EXPECT_THROW(db.copy_out("COPY (SELECT generate_series(1, 1000)) TO STDOUT",
                             [](std::string_view) { throw std::runtime_error("enough"); }),
                 std::runtime_error);
    EXPECT_THROW(db.copy_out("COPY (SELECT 1 / (3 - n) FROM generate_series(1, 9) n) TO STDOUT",
                             [](std::string_view) {}),
                 Error);
    EXPECT_EQ(count(db, "t"), 0);
}

TEST_F(ConnectionTest, PreparesAgainAfterATableChanged) {
    db.script("CREATE TABLE t (n int)");
    for (int i = 0; i < 7; ++i) EXPECT_EQ(db.query("SELECT * FROM t").columns(), 1U);
    db.script("ALTER TABLE t ADD m int");
    EXPECT_EQ(db.query("SELECT * FROM t").columns(), 2U);
}

TEST_F(ConnectionTest, KeepsFewPreparedStatements) {
    for (int i = 0; i < 1200; ++i) db.query("SELECT " + std::to_string(i));
    EXPECT_LT(count(db, "pg_prepared_statements"), 600);
    EXPECT_EQ(db.query("SELECT 7").at(0, 0).integer(), 7);
}

TEST_F(ConnectionTest, LimitsStatements) {
    db.limit_statements(std::chrono::milliseconds(50));
    try {
        db.query("SELECT pg_sleep(30)");
        FAIL() << "too slow a statement must be given up";
    } catch (const Error& error) {
        EXPECT_EQ(error.sqlstate, "57014");
        EXPECT_FALSE(error.connection_lost());
    }
    EXPECT_EQ(db.query("SELECT 1").size(), 1U);
}

TEST_F(ConnectionTest, LosesItsBackend) {
    Connection other(database.url());
    EXPECT_TRUE(other.healthy());
    db.query("SELECT pg_terminate_backend($1, 5000)", {other.backend_pid()});
    EXPECT_FALSE(other.healthy());
    try {
        other.query("SELECT 1");
        FAIL() << "the backend is gone";
    } catch (const Error& error) {
        EXPECT_TRUE(error.connection_lost());
    }
    EXPECT_THROW(Connection("postgresql:///x?host=/nowhere"), Error);
}

TEST_F(ConnectionTest, AdvisoryLockHasOneHolder) {
    auto other = std::make_unique<Connection>(database.url());
    EXPECT_TRUE(db.try_advisory_lock(42));
    EXPECT_FALSE(other->try_advisory_lock(42));
    EXPECT_TRUE(other->try_advisory_lock(43));
}

TEST_F(ConnectionTest, PoolReplacesDeadConnections) {
    Pool pool(database.url(), 2);
    int pid = 0;
    {
        auto lease = pool.lease();
        pid = lease->backend_pid();
    }
    {
        auto lease = pool.lease();
        EXPECT_EQ(lease->backend_pid(), pid);
    }
    db.query("SELECT pg_terminate_backend($1, 5000)", {pid});
    auto lease = pool.lease();
    EXPECT_NE(lease->backend_pid(), pid);
    EXPECT_EQ(lease->query("SELECT 1").size(), 1U);
}

TEST_F(ConnectionTest, PoolIsBoundedAndCleansUp) {
    Pool pool(database.url(), 1);
    {
        auto lease = pool.lease();
        EXPECT_THROW(pool.lease(), Error);
        lease->query("BEGIN");
        lease->query("CREATE TABLE half_done (n int)");
    }
    auto lease = pool.lease();
    EXPECT_FALSE(lease->in_transaction());
    EXPECT_THROW(lease->query("SELECT * FROM half_done"), Error);
}

TEST_F(ConnectionTest, PoolServesManyThreads) {
    Pool pool(database.url(), 4);
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 50; ++k)
                if (pool.lease()->query("SELECT $1::int", {k}).at(0, 0).integer() == k) ++good;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 16 * 50);
}

}  // namespace
}  // namespace chilang::db
