// A small load into a real database: records give the figures, two loads give the same payloads,
// live numbers continue, and a load that died is wiped.
#include "base/embedded.hpp"
#include "db/testing.hpp"
#include "demo/demo.hpp"
#include "demo/sources.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace chilang::demo {
namespace {

namespace fs = std::filesystem;

struct LoadTest : testing::Test {
    db::TestDatabase database;
    fs::path folder =
        fs::temp_directory_path() / ("chilang-demo-" + std::to_string(getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    std::ostringstream out;
    time::Calendar calendar = time::load_calendar(embedded_file("data/holidays.csv"));
    Options options{.scale = 0.01};
    db::Connection connection{database.url()};
    std::shared_ptr<const places::Places> places;

    LoadTest() {
        fs::remove_all(folder);
        places::seed(connection);
        places = places::Places::load(connection);
    }
    ~LoadTest() override { fs::remove_all(folder); }

    Summary load(ledger::Ledger& ledger) {
        return load_demonstration(database.url(), ledger, *places, calendar, options, out);
    }
};

TEST_F(LoadTest, RecordsGiveTheFiguresOfTheScenario) {
    ledger::Ledger ledger(database.pool(), {.folder = folder});
    EXPECT_FALSE(is_loaded(connection));
    const Summary summary = load(ledger);
    EXPECT_TRUE(is_loaded(connection));
    EXPECT_EQ(summary.checks.size(), 18u);
    for (const Check& check : summary.checks) EXPECT_EQ(check.found, check.wanted) << check.figure;
    EXPECT_EQ(ledger.size(), summary.events);
    EXPECT_EQ(ledger.checkpoint().size, summary.events);
    EXPECT_EQ(summary.examples.size(), 5u);
    EXPECT_NE(out.str().find("100 %"), std::string::npos);
    EXPECT_THROW(load(ledger), std::runtime_error);  // never a second one on top
}

TEST_F(LoadTest, LifeGoesOnFromTheOpeningOfTheNextWorkingDay) {
    EXPECT_FALSE(business_shift(connection));
    ledger::Ledger ledger(database.pool(), {.folder = folder});
    load(ledger);
    const auto shift = business_shift(connection);
    ASSERT_TRUE(shift);
    const Instant finished =
        connection.query("SELECT finished_at FROM demo.load").at(0, 0).instant();
    EXPECT_EQ(show(finished + *shift), "07:00 ngày 15/06/2023");
    EXPECT_EQ(business_shift(connection), shift);  // the same at every start
}

TEST_F(LoadTest, StreamsAreWholeAndInOrder) {
    ledger::Ledger ledger(database.pool(), {.folder = folder});
    load(ledger);
    const auto number = [&](std::string_view sql) {
        return connection.query(sql).at(0, 0).integer();
    };
    EXPECT_EQ(number("SELECT count(*) FROM dossiers.dossier d WHERE stream_hash IS DISTINCT FROM"
                     " (SELECT leaf FROM ledger.event WHERE stream = 'dossier/' || d.id"
                     "  AND seq = d.stream_seq)"),
              0);
    EXPECT_EQ(number("SELECT count(*) FROM (SELECT at, lag(at) OVER (ORDER BY idx) AS before"
                     " FROM ledger.event) e WHERE at < before"),
              0);
    // The counters stand where the codes end, so that live numbers go on without a gap.
    EXPECT_EQ(
        number("SELECT count(*) FROM (SELECT 'dossier/' || split_part(code, '-', 1) || '/' ||"
               " split_part(code, '-', 2) AS name, max(split_part(code, '-', 3)::bigint) AS top,"
               " count(*) AS n FROM dossiers.dossier GROUP BY 1) d"
               " FULL JOIN db.counter c ON c.name = d.name"
               " WHERE c.value IS DISTINCT FROM d.top OR d.n <> d.top"),
        0);
    EXPECT_EQ(number("SELECT count(*) FROM pg_indexes WHERE schemaname = 'dossiers'"
                     " AND indexname = 'dossier_search'"),
              1);
    // Where visitors can sign in, their accounts take the steps, not invented colleagues.
    EXPECT_EQ(
        number(
            "SELECT count(*) FROM identity.position p JOIN identity.account a ON a.id = p.account"
            " JOIN identity.position q USING (agency, role) JOIN identity.account b"
            " ON b.id = q.account WHERE a.disabled AND NOT b.disabled"),
        0);
    EXPECT_GT(number("SELECT count(*) FROM identity.account WHERE NOT disabled"), 0);
    EXPECT_EQ(
        number(
            "SELECT count(*) FROM dossiers.dossier d WHERE assignee IS NOT NULL AND NOT EXISTS"
            " (SELECT FROM identity.position p WHERE p.id = d.assignee AND p.agency = d.agency)"),
        0);
}

TEST_F(LoadTest, IsTheSameEachTime) {
    const std::string_view payloads =
        "SELECT encode(sha256(convert_to(string_agg(stream || actor || payload, '' ORDER BY idx),"
        " 'UTF8')), 'hex') FROM ledger.event";
    ledger::Ledger ledger(database.pool(), {.folder = folder});
    load(ledger);
    db::TestDatabase other;
    db::Connection second(other.url());
    places::seed(second);
    ledger::Ledger other_ledger(other.pool(), {.folder = folder / "other"});
    load_demonstration(other.url(), other_ledger, *places, calendar, options, out);
    EXPECT_EQ(connection.query(payloads).at(0, 0).text(), second.query(payloads).at(0, 0).text());
}

TEST_F(LoadTest, LoadsAnotherScenarioFromAFile) {
    std::string text(embedded_file("data/langson/scenario-2023.toml"));
    const auto change = [&](std::string_view from, std::string_view to) {
        text.replace(text.find(from), from.size(), to);
    };
    change("online = 126434", "online = 900");
    change("counter = 8974", "counter = 100");
    change("in_time = 130733", "in_time = 940");
    change("late = 2063", "late = 25");
    fs::create_directories(folder);
    options = {.scenario_path = folder / "other.toml"};
    std::ofstream(options.scenario_path) << text;
    ledger::Ledger ledger(database.pool(), {.folder = folder / "ledger"});
    const Summary summary = load(ledger);
    EXPECT_EQ(summary.dossiers, 1000);
    EXPECT_TRUE(summary.all_equal());
    options.scenario_path = folder / "none.toml";
    EXPECT_THROW(check_records(connection, options), std::runtime_error);
}

TEST_F(LoadTest, WipesALoadThatDied) {
    EXPECT_FALSE(wipe_unfinished(connection, folder));
    {
        ledger::Ledger ledger(database.pool(), {.folder = folder});
        // Rows cannot be written: what fails half-way leaves its mark and the ledger's beginning.
        connection.script(
            "ALTER TABLE dossiers.dossier ADD CONSTRAINT broken CHECK (supplements = 0)");
        EXPECT_THROW(load(ledger), db::Error);
        EXPECT_GT(connection.query("SELECT count(*) FROM ledger.event").at(0, 0).integer(), 0);
        connection.script("ALTER TABLE dossiers.dossier DROP CONSTRAINT broken");
    }
    EXPECT_FALSE(is_loaded(connection));
    EXPECT_TRUE(wipe_unfinished(connection, folder));
    EXPECT_FALSE(fs::exists(folder / "checkpoint"));
    EXPECT_THROW(connection.script("TRUNCATE ledger.event"), db::Error);  // forbidden again
    ledger::Ledger ledger(database.pool(), {.folder = folder});
    EXPECT_EQ(ledger.size(), 0);
    const Summary summary = load(ledger);
    EXPECT_TRUE(summary.all_equal());
    EXPECT_EQ(ledger.size(), summary.events);
    EXPECT_FALSE(wipe_unfinished(connection, folder));
}

}  // namespace
}  // namespace chilang::demo
