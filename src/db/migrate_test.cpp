// Migrations: order, once only, hash check, nothing half done.
#include "db/migrate.hpp"

#include "db/testing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace chilang::db {
namespace {

class MigrateTest : public ::testing::Test {
protected:
    MigrateTest() {
        TestDatabase::cluster().ensure_database("empty");
        db = std::make_unique<Connection>(TestDatabase::cluster().url("empty"));
    }
    ~MigrateTest() override {
        db.reset();
        Connection(TestDatabase::cluster().url("postgres"))
            .script("DROP DATABASE empty WITH (FORCE)");
    }
    std::int64_t count(std::string_view sql) { return db->query(sql).at(0, 0).integer(); }
    std::unique_ptr<Connection> db;
};

TEST_F(MigrateTest, EmbeddedOnesComeInOrderOfLevel) {
    const auto all = embedded_migrations();
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.front().module, "db");
    EXPECT_EQ(all.front().name, "0001_lane");
    std::vector<std::string_view> modules;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (modules.empty() || modules.back() != all[i].module) {
            EXPECT_EQ(std::count(modules.begin(), modules.end(), all[i].module), 0);
            modules.push_back(all[i].module);
        } else {
            EXPECT_LT(all[i - 1].name, all[i].name);
        }
    }
    const auto place = [&](std::string_view module) {
        return std::find(modules.begin(), modules.end(), module) - modules.begin();
    };
    const auto ranked = [&](std::string_view lower, std::string_view higher) {
        return std::max(place(lower), place(higher)) == std::ssize(modules) ||
               place(lower) < place(higher);  // a module without migrations has no place
    };
    EXPECT_TRUE(ranked("db", "places") && ranked("places", "identity") &&
                ranked("ledger", "dossiers") && ranked("figures", "dossiers"));
}

TEST_F(MigrateTest, AppliesEachOnce) {
    const std::vector<Migration> first{
        {"db", "0001_a", "CREATE SCHEMA a; CREATE TABLE a.t (n int)"}};
    EXPECT_EQ(migrate(*db, first), 1);
    EXPECT_EQ(migrate(*db, first), 0);
    auto second = first;
    second.push_back({"db", "0002_b", "INSERT INTO a.t VALUES (1)"});
    EXPECT_EQ(migrate(*db, second), 1);
    EXPECT_EQ(migrate(*db, second), 0);
    EXPECT_EQ(count("SELECT count(*) FROM a.t"), 1);
}

TEST_F(MigrateTest, RefusesAChangedFile) {
    migrate(*db, std::vector<Migration>{{"db", "0001_a", "CREATE TABLE t (n int)"}});
    try {
        migrate(*db, std::vector<Migration>{{"db", "0001_a", "CREATE TABLE t (n bigint)"}});
        FAIL() << "a changed file must be refused";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("db/0001_a"), std::string::npos);
    }
}

TEST_F(MigrateTest, AFailedFileLeavesNothingAndNamesItself) {
    const std::vector<Migration> bad{{"db", "0001_a", "CREATE TABLE good (n int)"},
                                     {"db", "0002_b", "CREATE TABLE half (n int); SELECT 1/0"}};
    try {
        migrate(*db, bad);
        FAIL() << "the division must stop it";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("db/0002_b"), std::string::npos);
    }
    EXPECT_EQ(count("SELECT count(*) FROM pg_tables WHERE tablename = 'half'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM db.migration"), 1);
}

TEST_F(MigrateTest, ProcessesWaitForEachOther) {
    const std::vector<Migration> all{
        {"db", "0001_a", "SELECT pg_sleep(0.1); CREATE TABLE t (n int)"}};
    std::atomic<int> applied = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            Connection connection(TestDatabase::cluster().url("empty"));
            applied += migrate(connection, all);
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(applied, 1);
}

}  // namespace
}  // namespace chilang::db
