// The service against a real PostgreSQL: one transaction holds row and event, or neither.
#include "dossiers/service.hpp"

#include "base/json.hpp"
#include "base/sha256.hpp"
#include "dossiers/inbox.hpp"
#include "dossiers/store.hpp"
#include "dossiers/testing.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace chilang::dossiers {

namespace {

struct ServiceTest : ::testing::Test {
    testing::House house;
    Service service{*house.platform};
    identity::Actor officer = house.everybody();

    NewDossier application(std::string key = {}) const {
        NewDossier d;
        d.procedure = "1.001193";
        d.agency = house.agency().id;
        d.applicant = {"Hoàng Thị Mẫu", "020183000321", "0912 000 111", "", "thôn Bản Thí"};
        d.brought = {1, 2};
        d.key = std::move(key);
        return d;
    }
    Answer act(const Id& id, Action action, Instant now) {
        Step step;
        step.action = action;
        step.assignee = 12;
        return service.act_and_wait({.dossier = id, .step = step}, &officer, now);
    }
};

TEST_F(ServiceTest, ARepeatedSubmissionGetsTheSameReceipt) {
    const Answer first = service.submit_and_wait(application("k1"), "citizen", house.now);
    ASSERT_TRUE(first.ok()) << first.problems[0].message;
    const Answer again = service.submit_and_wait(application("k1"), "citizen", house.now);
    EXPECT_EQ(again.kind, Answer::Kind::replayed);
    EXPECT_EQ(again.receipt.code, first.receipt.code);
    EXPECT_EQ(again.receipt.secret, first.receipt.secret);
    NewDossier other = application("k1");
    other.applicant.name = "Người Khác";
    EXPECT_EQ(service.submit_and_wait(other, "citizen", house.now).kind, Answer::Kind::refused);
    auto connection = house.database.pool().lease();
    EXPECT_EQ(connection->query("SELECT count(*) FROM dossiers.dossier").first<std::int64_t>(), 1);
}

TEST_F(ServiceTest, NumbersHaveNoGapsUnderManyWriters) {
    constexpr int writers = 8, each = 25;
    std::vector<std::thread> threads;
    for (int w = 0; w < writers; ++w)
        threads.emplace_back([&, w] {
            for (int i = 0; i < each; ++i) {
                NewDossier d = application();
                if (i % 5 == 0) d.applicant.name = "";  // refused: must not use up a number
                service.submit_and_wait(d, w % 2 ? "citizen" : "position/12", house.now);
            }
        });
    for (auto& thread : threads) thread.join();
    auto connection = house.database.pool().lease();
    const auto rows = connection->query("SELECT code FROM dossiers.dossier ORDER BY code");
    ASSERT_EQ(rows.size(), writers * each * 4 / 5);
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(rows.at(i, 0).text(), dossier_code(house.agency().code, date_of(house.now),
                                                     static_cast<std::int64_t>(i) + 1));
}

TEST_F(ServiceTest, RowAndEventAreWrittenTogether) {
    const Answer made = service.submit_and_wait(application(), "citizen", house.now);
    ASSERT_TRUE(act(made.receipt.id, Action::accept, house.now + std::chrono::hours(1)).ok());
    ASSERT_TRUE(house.settle());
    auto connection = house.database.pool().lease();
    const auto stored = service.find(made.receipt.id);
    const auto events = house.ledger->stream(*connection, dossier_stream(made.receipt.id));
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(stored->head.seq, 2);
    EXPECT_EQ(stored->head.hash, events[1].event.leaf);
    EXPECT_EQ(events[1].event.prev, events[0].event.leaf);
    const auto facts = json::read<StepFacts>(events[1].event.payload);
    EXPECT_EQ(facts->due_at, stored->due_at);
    EXPECT_EQ(facts->code, stored->code);
    for (const auto& proven : events)
        for (const char* personal : {"Mẫu", "020183000321", "0912000111", "Thí"})
            EXPECT_EQ(proven.event.payload.find(personal), std::string::npos);
}

TEST_F(ServiceTest, WhoActsOnAnOldPageIsToldSo) {
    const Answer made = service.submit_and_wait(application(), "citizen", house.now);
    Act act{.dossier = made.receipt.id};
    act.seen = 1;
    ASSERT_TRUE(service.act_and_wait(act, &officer, house.now).ok());
    act.step.action = Action::assign;
    act.step.assignee = 12;
    EXPECT_EQ(service.act_and_wait(act, &officer, house.now).kind, Answer::Kind::conflict);
    EXPECT_EQ(service.find(made.receipt.id)->status, Status::accepted);
}

// The ledger's number would refuse the second writer too: the row's own condition stands by itself.
TEST_F(ServiceTest, ARowIsWrittenOverTheOneThatWasRead) {
    const Answer made = service.submit_and_wait(application(), "citizen", house.now);
    const Dossier read = *service.find(made.receipt.id);
    auto connection = house.database.pool().lease();
    const auto written = [&](std::int64_t seq_before) {
        const db::Statement statement = update(read, seq_before);
        return connection->query(statement.sql, statement.params).affected();
    };
    EXPECT_EQ(written(read.head.seq + 1), 0u);
    EXPECT_EQ(written(read.head.seq - 1), 0u);
    EXPECT_EQ(written(read.head.seq), 1u);
}

TEST_F(ServiceTest, OfManyAtOnceOneWins) {
    const Answer made = service.submit_and_wait(application(), "citizen", house.now);
    std::atomic<int> done = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            const Answer answer = act(made.receipt.id, Action::accept, house.now);
            answer.ok() ? ++done : ++refused;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(done, 1);
    EXPECT_EQ(refused, 7);
    EXPECT_EQ(service.find(made.receipt.id)->head.seq, 2);
}

TEST_F(ServiceTest, AStepAskedAgainIsTakenOnce) {
    const Answer made = service.submit_and_wait(application(), "citizen", house.now);
    Act act{.dossier = made.receipt.id, .seen = 1, .key = "step/1"};
    ASSERT_EQ(service.act_and_wait(act, &officer, house.now).kind, Answer::Kind::done);
    const Answer again = service.act_and_wait(act, &officer, house.now);
    EXPECT_EQ(again.kind, Answer::Kind::replayed);
    EXPECT_EQ(again.dossier.status, Status::accepted);
    act.seen.reset();
    EXPECT_EQ(service.act_and_wait(act, &officer, house.now).kind, Answer::Kind::replayed);
    act.key = "step/2";  // a step of its own, and too late for it
    EXPECT_EQ(service.act_and_wait(act, &officer, house.now).kind, Answer::Kind::refused);
    act.seen = 1;
    EXPECT_EQ(service.act_and_wait(act, &officer, house.now).kind, Answer::Kind::conflict);
    EXPECT_EQ(service.find(made.receipt.id)->head.seq, 2);
}

TEST_F(ServiceTest, KeysFitTheIndexWhateverIsSent) {
    EXPECT_EQ(command_key("api/", ""), "");
    EXPECT_EQ(command_key("api/", "a"), "api/a");
    for (const std::string& odd : {std::string(5000, 'x'), std::string("\xff\xfe")}) {
        const Answer first =
            service.submit_and_wait(application(command_key("api/", odd)), "citizen", house.now);
        ASSERT_TRUE(first.ok()) << first.problems[0].message;
        EXPECT_EQ(
            service.submit_and_wait(application(command_key("api/", odd)), "citizen", house.now)
                .kind,
            Answer::Kind::replayed);
    }
}

TEST_F(ServiceTest, ReachAndRightsAreAsked) {
    const Answer made = service.submit_and_wait(application(), "citizen", house.now);
    auto stranger = house.everybody();
    stranger.agencies = {house.agency().id + 1};
    EXPECT_EQ(service.act_and_wait({.dossier = made.receipt.id}, &stranger, house.now).kind,
              Answer::Kind::forbidden);
    const auto leader = house.actor({"dossiers.decide"});
    EXPECT_EQ(service.act_and_wait({.dossier = made.receipt.id}, &leader, house.now).kind,
              Answer::Kind::forbidden);
    EXPECT_EQ(service.act_and_wait({.dossier = made.receipt.id}, nullptr, house.now).kind,
              Answer::Kind::refused);
    EXPECT_EQ(service.act_and_wait({.dossier = new_id(1)}, &officer, house.now).kind,
              Answer::Kind::missing);
}

TEST_F(ServiceTest, TheSecretOpensOnlyItsDossier) {
    const Answer a = service.submit_and_wait(application(), "citizen", house.now);
    const Answer b = service.submit_and_wait(application(), "citizen", house.now);
    const auto dossier = service.find(a.receipt.code);
    ASSERT_TRUE(dossier);
    EXPECT_EQ(a.receipt.secret.size(), 10u);
    EXPECT_TRUE(secret_matches(dossier->id, dossier->secret, a.receipt.secret));
    std::string shouted = " " + a.receipt.secret.substr(0, 5) + "-" + a.receipt.secret.substr(5);
    for (char& c : shouted) c = static_cast<char>(std::tolower(c));
    EXPECT_TRUE(secret_matches(dossier->id, dossier->secret, shouted));
    EXPECT_FALSE(secret_matches(dossier->id, dossier->secret, b.receipt.secret));
    EXPECT_FALSE(secret_matches(dossier->id, dossier->secret, ""));
}

TEST_F(ServiceTest, FiguresComeOutOfTheRecords) {
    NewDossier counter = application();
    counter.channel = Channel::counter;
    for (int i = 0; i < 3; ++i) service.submit_and_wait(counter, "position/12", house.now);
    std::vector<Id> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back(service.submit_and_wait(application(), "citizen", house.now).receipt.id);
    for (const Id& id : ids) ASSERT_TRUE(act(id, Action::accept, house.now).ok());
    for (int i = 0; i < 3; ++i)
        for (const Action action : {Action::assign, Action::draft, Action::approve})
            ASSERT_TRUE(act(ids[static_cast<std::size_t>(i)], action,
                            house.now + std::chrono::hours(i == 2 ? 24 * 30 : 1))
                            .ok());
    ASSERT_TRUE(act(ids[3], Action::withdraw, house.now + std::chrono::hours(2)).ok());
    ASSERT_TRUE(house.settle());

    auto connection = house.database.pool().lease();
    const auto figure = [&](const char* id, Date to = make_date(2023, 12, 31)) {
        const figures::Query query{
            .metric = id, .from = make_date(2023, 1, 1), .to = to, .now = at(to, 1439)};
        const auto value = house.figures->value(query);
        if (house.figures->metric(id)->kind != figures::MetricKind::ratio &&
            house.figures->metric(id)->kind != figures::MetricKind::distinct) {
            const auto drill = house.figures->drill(query);
            const auto count =
                connection
                    ->query("SELECT count(*) FROM " + drill.from + " WHERE " + drill.where,
                            drill.params)
                    .first<std::int64_t>();
            EXPECT_EQ(count, value.numerator) << id << ": the list is not the figure";
        }
        return value.text;
    };
    EXPECT_EQ(figure("dossiers_received"), "8");
    EXPECT_EQ(figure("dossiers_direct"), "3");
    EXPECT_EQ(figure("dossiers_online"), "5");
    EXPECT_EQ(figure("dossiers_online_pct"), "62,50%");
    EXPECT_EQ(figure("dossiers_resolved"), "3");
    EXPECT_EQ(figure("dossiers_ontime"), "2");
    EXPECT_EQ(figure("dossiers_late"), "1");
    EXPECT_EQ(figure("services_used"), "1");
    EXPECT_EQ(figure("services_used_online"), "1");
    EXPECT_EQ(figure("dossiers_open"), "4");  // 8 - 3 resolved - 1 withdrawn
    EXPECT_EQ(figure("dossiers_overdue"), "4");
    EXPECT_EQ(figure("dossiers_overdue", make_date(2023, 6, 18)), "0");
    EXPECT_EQ(figure("dossiers_due_24h", make_date(2023, 6, 18)),
              "5");  // due on the 19th at 9:00; one is late in the end
}

TEST_F(ServiceTest, TheInboxFindsAndSorts) {
    NewDossier d = application();
    d.channel = Channel::counter;
    d.applicant.name = "Vi Văn Đặng";
    const Id first = service.submit_and_wait(d, "position/12", house.now).receipt.id;
    service.submit_and_wait(application(), "citizen", house.now);
    auto connection = house.database.pool().lease();
    InboxQuery query{.agencies = {house.agency().id},
                     .tab = Tab::all,
                     .search = "vi van dang",
                     .now = house.now};
    auto page = list(*connection, query);
    ASSERT_EQ(page.rows.size(), 1u);
    EXPECT_EQ(page.rows[0].id, first);
    query.search = page.rows[0].code;
    EXPECT_EQ(list(*connection, query).rows.size(), 1u);
    query.search = "";
    query.tab = Tab::intake;
    EXPECT_EQ(list(*connection, query).rows.size(), 1u);
    query.tab = Tab::all;
    query.limit = 1;
    page = list(*connection, query);
    query.after = page.next;
    ASSERT_FALSE(page.next.empty());
    EXPECT_NE(list(*connection, query).rows[0].id, page.rows[0].id);
    const auto counts = count_tabs(*connection, query);
    EXPECT_EQ(counts[static_cast<std::size_t>(Tab::intake)], 1);
    EXPECT_EQ(counts[static_cast<std::size_t>(Tab::processing)], 1);
    query.agencies = {house.agency().id + 1};
    query.after = "";
    EXPECT_TRUE(list(*connection, query).rows.empty());
}

TEST_F(ServiceTest, EveryConstraintHasItsSentence) {
    auto connection = house.database.pool().lease();
    const auto rows = connection->query(
        "SELECT conname FROM pg_constraint WHERE connamespace = 'dossiers'::regnamespace");
    ASSERT_GT(rows.size(), 10u);
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_TRUE(explain(rows.at(i, 0).text())) << rows.at(i, 0).text();
}

TEST_F(ServiceTest, ACopiedRowReadsBackEqual) {
    const samples::World world;
    Dossier dossier = world.dossier(Status::resolved);
    dossier.agency = house.agency().id;
    dossier.pauses = {{house.now, house.now + std::chrono::hours(3)}};
    dossier.head = {4, sha256("x")};
    auto connection = house.database.pool().lease();
    bool sent = false;
    connection->copy_in("COPY " + std::string(copy_columns()) + " FROM STDIN",
                        [&](std::string& chunk) {
                            if (sent) return false;
                            db::CopyRow row(chunk);
                            copy_row(row, dossier, world.procedure);
                            return sent = true;
                        });
    const auto read = load(*connection, dossier.id);
    ASSERT_TRUE(read);
    EXPECT_EQ(json::write(*read), json::write(dossier));
}

}  // namespace

}  // namespace chilang::dossiers
