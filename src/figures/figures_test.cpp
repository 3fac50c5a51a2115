// What makes a figure true: the list behind it has as many rows as it says, children and splits add
// up to the whole, and folding the same history again gives the same cells. Random histories with
// corrections, removals, moves to another agency and late events, against a real PostgreSQL.
#include "figures/figures.hpp"

#include "base/text.hpp"
#include "db/testing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <map>
#include <random>

namespace chilang::figures {
namespace {

enum { channel, level, verdict, procedure, received, due, resolved };

const Date first_day = make_date(2023, 1, 1);
constexpr int days = 60;

Entity entity() {
    return {
        .name = "dossier",
        .noun = "hồ sơ",
        .from = "test_record d",
        .id_sql = "d.id",
        .agency_sql = "d.agency",
        .attributes =
            {{"channel",
              AttributeKind::category,
              "d.channel",
              "kênh nộp",
              {{"counter", "trực tiếp"}, {"online", "trực tuyến"}, {"post", "bưu chính"}},
              true},
             {"level",
              AttributeKind::category,
              "d.level",
              "mức độ dịch vụ",
              {{"partial", "một phần"}, {"full", "toàn trình"}},
              true},
             {"verdict",
              AttributeKind::category,
              "d.verdict",
              "kết quả về thời hạn",
              {{"on_time", "đúng hạn"}, {"late", "chậm hạn"}},
              true},
             {"procedure", AttributeKind::number, "d.procedure", "thủ tục", {}, false},
             {"received", AttributeKind::instant, "d.received", "thời điểm tiếp nhận", {}, false},
             {"due", AttributeKind::instant, "d.due", "thời điểm đến hạn", {}, false},
             {"resolved",
              AttributeKind::instant,
              "d.resolved",
              "thời điểm giải quyết xong",
              {},
              false}},
        .record_columns = {},
        .record_href = ""};
}

Metric flow(std::string id, Predicate where, int time) {
    return {.id = std::move(id),
            .title = "Hồ sơ",
            .kind = MetricKind::flow,
            .entity = "dossier",
            .where = std::move(where),
            .time_attribute = time,
            .measure = "hồ sơ"};
}
Metric stock(std::string id, Predicate where, int entered, int left) {
    auto metric = flow(std::move(id), std::move(where), -1);
    metric.kind = MetricKind::stock;
    metric.entered = entered;
    metric.left = left;
    return metric;
}
Metric distinct(std::string id, Predicate where) {
    auto metric = flow(std::move(id), std::move(where), received);
    metric.kind = MetricKind::distinct;
    metric.distinct_of = procedure;
    return metric;
}
Metric ratio(std::string id, std::string above, std::string below) {
    return {.id = std::move(id),
            .title = "Tỷ lệ",
            .kind = MetricKind::ratio,
            .numerator = std::move(above),
            .denominator = std::move(below),
            .decimals = 2,
            .measure = "%"};
}

std::vector<Metric> metrics() {
    return {flow("received", {}, received),
            flow("online", is(channel, 1), received),
            flow("direct", in(channel, {0, 2}), received),
            flow("not_online", not_(is(channel, 1)), received),
            flow("late", all_of({is(verdict, 1), any_of({is(level, 0), not_(known(level))})}),
                 resolved),
            flow("past_due", {.op = Predicate::Op::after, .attribute = resolved, .other = due},
                 resolved),
            flow("not_past_due",
                 not_({.op = Predicate::Op::after, .attribute = resolved, .other = due}), received),
            flow("first_procedures",
                 {.op = Predicate::Op::at_most, .attribute = procedure, .values = {5}}, received),
            stock("open", {}, received, resolved),
            stock("open_online", is(channel, 1), received, resolved),
            stock("overdue", {}, due, resolved),
            distinct("services", {}),
            distinct("services_online", is(channel, 1)),
            ratio("online_pct", "online", "received")};
}

// The test's events carry the number of a change, and the fold looks it up.
void install(Figures& figures, const std::vector<Change>& history) {
    figures.add_entity(entity(), [&history](const ledger::Event& event, std::vector<Change>& out) {
        out.push_back(history[static_cast<std::size_t>(event.seq)]);
    });
    for (auto& metric : metrics()) figures.add_metric(metric);
}

struct History {
    std::vector<Change> changes;
    std::map<Id, std::pair<std::int64_t, std::map<int, Code>>> final;  // agency, values

    History(std::mt19937& random, std::span<const places::Agency> agencies) {
        const auto pick = [&](int n) {
            return static_cast<int>(random() % static_cast<unsigned>(n));
        };
        const int records = 1 + pick(60), events = 1 + pick(400);
        const auto instant = [&] {
            return to_microseconds(start_of(first_day + pick(days))) +
                   static_cast<Code>(random() % 86'400'000ull) * 1000;
        };
        const auto value = [&](int attribute) -> Code {
            if (pick(8) == 0) return none;
            if (attribute == channel) return pick(3);
            if (attribute < procedure) return pick(2);
            return attribute == procedure ? 1 + pick(12) : instant();
        };
        for (int i = 0; i < events; ++i) {
            Change change;
            change.record.bytes[15] = static_cast<std::uint8_t>(pick(records));
            change.remove = pick(25) == 0;
            if (change.remove) {
                final.erase(change.record);
            } else {
                const bool known = final.count(change.record) > 0;
                if (!known ? pick(20) != 0 : pick(10) == 0)
                    change.agency =
                        agencies[static_cast<std::size_t>(pick(static_cast<int>(agencies.size())))]
                            .id;
                auto& record = final[change.record];
                if (change.agency != 0) record.first = change.agency;
                for (int attribute = channel; attribute <= resolved; ++attribute) {
                    if (known && pick(4) != 0) continue;
                    const Code code = value(attribute);
                    change.set.emplace_back(attribute, code);
                    record.second[attribute] = code;
                }
            }
            changes.push_back(std::move(change));
        }
    }
    void store(db::Connection& connection) const {
        connection.script("TRUNCATE test_record");
        std::string rows;
        db::CopyRow row(rows);
        const auto described = entity();
        for (const auto& [id, record] : final) {
            row << db::Param(id) << (record.first ? db::Param(record.first) : db::Param(nullptr));
            for (const auto& [attribute, code] : record.second) {
                const auto& a = described.attributes[static_cast<std::size_t>(attribute)];
                if (code == none)
                    row << db::Param(nullptr);
                else if (a.kind == AttributeKind::category)
                    row << db::Param(a.labels[static_cast<std::size_t>(code)].code);
                else if (a.kind == AttributeKind::number)
                    row << db::Param(code);
                else
                    row << db::Param(from_microseconds(code));
            }
            row.end();
        }
        bool sent = false;
        connection.copy_in("COPY test_record FROM STDIN", [&](std::string& chunk) {
            if (sent) return false;
            chunk = rows;
            return sent = true;
        });
    }
    std::vector<ledger::Sealed> events() const {
        std::vector<ledger::Sealed> events(changes.size());
        for (std::size_t i = 0; i < events.size(); ++i) {
            events[i].index = static_cast<std::int64_t>(i);
            events[i].event.seq = static_cast<std::int64_t>(i);
        }
        return events;
    }
};

// Properties are not members of a fixture's suite, so the world is made at the first use.
struct World {
    db::TestDatabase database;
    places::Directory directory{database.pool()};
    World() {
        auto lease = database.pool().lease();
        places::seed(*lease);
        lease->script(
            "CREATE TABLE test_record (id uuid, agency bigint, channel text, level text, "
            "verdict text, procedure bigint, received timestamptz, due timestamptz, "
            "resolved timestamptz)");
        directory.reload();
    }
};
World& world() {
    static World world;
    return world;
}

struct FiguresTest : testing::Test {
    db::TestDatabase* database = &world().database;
    places::Directory* directory = &world().directory;
};

Query random_query(std::mt19937& random, const places::Places& places) {
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    Query query;
    query.from = first_day - 3 + pick(days);
    query.to = query.from + pick(days);
    if (pick(3) == 0) query.to = make_date(2025, 8, 1);  // after the reorganisation
    const auto all = metrics();
    query.metric = all[static_cast<std::size_t>(pick(static_cast<int>(all.size())))].id;
    const auto units = places.units();
    if (pick(3) != 0)
        query.unit = units[static_cast<std::size_t>(pick(static_cast<int>(units.size())))].id;
    if (pick(6) == 0)
        query.agency = places
                           .agencies()[static_cast<std::size_t>(
                               pick(static_cast<int>(places.agencies().size())))]
                           .id;
    if (pick(3) == 0) query.filter = {{"channel", pick(2) ? "online" : ""}};
    if (pick(2) == 0)
        query.now =
            start_of(first_day + pick(days)) + std::chrono::milliseconds(random() % 86'400'000);
    return query;
}

// As a quiet night and a busy morning bring them: one by one, or many at once.
void consume_in_pieces(Figures& figures, std::span<const ledger::Sealed> events,
                       std::mt19937& random) {
    while (!events.empty()) {
        const std::size_t most = random() % 2 == 0 ? 3 : 300;
        const auto count = std::min<std::size_t>(1 + random() % most, events.size());
        figures.consume(events.first(count));
        events = events.subspan(count);
    }
}

RC_GTEST_FIXTURE_PROP(FiguresTest, EveryFigureIsTheSizeOfItsList, ()) {
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    const auto places = directory->now();
    const History history(random, places->agencies());
    Figures figures(*directory);
    install(figures, history.changes);
    consume_in_pieces(figures, history.events(), random);
    auto lease = database->pool().lease();
    history.store(*lease);
    for (int i = 0; i < 30; ++i) {
        const auto query = random_query(random, *places);
        const auto drill = figures.drill(query);
        const bool distinct = figures.metric(query.metric)->kind == MetricKind::distinct;
        const std::string what = distinct ? "count(DISTINCT d.procedure)" : "count(*)";
        const auto rows = lease->query(
            "SELECT " + what + " FROM " + drill.from + " WHERE " + drill.where, drill.params);
        const auto figure = figures.value(query);
        RC_LOG() << query.metric << ": " << drill.where << '\n';
        RC_ASSERT(figure.numerator == rows.at(0, 0).integer());
        RC_ASSERT(figure.position == static_cast<std::int64_t>(history.changes.size()));
    }
}

RC_GTEST_FIXTURE_PROP(FiguresTest, PartsAddUpToTheWhole, ()) {
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    const auto places = directory->now();
    const History history(random, places->agencies());
    Figures figures(*directory);
    install(figures, history.changes);
    figures.consume(history.events());
    for (int i = 0; i < 20; ++i) {
        auto query = random_query(random, *places);
        if (figures.metric(query.metric)->kind == MetricKind::distinct) continue;
        const auto whole = figures.value(query);
        if (query.agency == 0) {
            std::int64_t numerator = 0, denominator = 0;
            for (const auto& row : figures.children(query)) {
                numerator += row.numerator;
                denominator += row.denominator;
            }
            RC_ASSERT(numerator == whole.numerator);
            if (figures.metric(query.metric)->kind == MetricKind::ratio)
                RC_ASSERT(denominator == whole.denominator);
        }
        query.split_by = {"channel", "verdict", "level"};
        query.split_by.resize(1 + random() % 3);
        std::int64_t sum = 0;
        for (const auto& row : figures.split(query)) sum += row.numerator;
        RC_ASSERT(sum == whole.numerator);
        if (figures.metric(query.metric)->kind != MetricKind::flow) continue;
        query.now = {};
        sum = 0;
        for (const auto& point : figures.by_day(query)) sum += point.numerator;
        RC_ASSERT(sum == whole.numerator);
    }
}

RC_GTEST_FIXTURE_PROP(FiguresTest, FoldingAgainGivesTheSameCells, ()) {
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    const auto places = directory->now();
    const History history(random, places->agencies());
    const auto events = history.events();
    Figures live(*directory), at_once(*directory), cut(*directory);
    install(live, history.changes);
    install(at_once, history.changes);
    install(cut, history.changes);
    consume_in_pieces(live, events, random);
    at_once.consume(events);
    at_once.consume(events);  // what was folded before is not folded again
    RC_ASSERT(live.hash() == at_once.hash());
    cut.consume(std::span(events).first(events.size() - 1));
    const auto last =
        figures::Query{.metric = "received", .from = first_day, .to = first_day + days};
    if (cut.value(last).numerator != live.value(last).numerator)
        RC_ASSERT(!(cut.hash() == live.hash()));
}

TEST_F(FiguresTest, AnEventThatCannotBeFoldedLeavesTheOthersCounted) {
    const auto agency = directory->now()->agencies().front().id;
    const auto received_at = to_microseconds(start_of(first_day));
    std::vector<Change> changes(3);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        changes[i].record.bytes[15] = static_cast<std::uint8_t>(i);
        changes[i].agency = agency;
        changes[i].set = {{channel, 1}, {procedure, 7}, {received, received_at}};
    }
    for (const auto& [attribute, code] : {std::pair<int, Code>{channel, 3},  // it has three labels
                                          {channel, -1},
                                          {procedure, 1 << 24}}) {  // counted distinct: 24 bits
        changes[2].set.assign({{attribute, code}});
        std::vector<ledger::Sealed> events(3);
        for (std::size_t i = 0; i < events.size(); ++i)
            events[i].index = events[i].event.seq = static_cast<std::int64_t>(i);
        Figures figures(*directory), sound(*directory);
        install(figures, changes);
        install(sound, changes);
        EXPECT_THROW(figures.consume(events), std::out_of_range);
        sound.consume(std::span(events).first(2));
        EXPECT_EQ(figures.position(), 2);
        EXPECT_EQ(figures.hash(), sound.hash());
        EXPECT_EQ(figures.value({.metric = "online", .from = first_day, .to = first_day}).numerator,
                  2);
    }
}

TEST_F(FiguresTest, RebuildingFromTheLedgerGivesTheSameCells) {
    std::mt19937 random(7);
    const auto places = directory->now();
    const History history(random, places->agencies());
    const auto folder =
        std::filesystem::temp_directory_path() / ("figures_" + to_string(new_id(1)));
    {
        ledger::Ledger ledger(database->pool(), {.folder = folder});
        std::vector<ledger::Event> events;
        ledger::Head head;
        for (std::size_t i = 0; i < history.changes.size(); ++i)
            events.push_back(ledger::next_event(head, ledger::Kind{19, "test", "Thử"}, "test/1",
                                                "system", "{\"n\":" + std::to_string(i) + "}",
                                                start_of(first_day), ledger.stream_key()));
        auto lease = database->pool().lease();
        ledger.load(*lease, events);
        ledger.publish_load();
        const auto by_payload = [&](Figures& figures) {
            figures.add_entity(entity(), [&](const ledger::Event& event, std::vector<Change>& out) {
                EXPECT_EQ(event.stream, "test/1");
                EXPECT_EQ(event.at, start_of(first_day));
                out.push_back(history.changes[std::stoul(event.payload.substr(5))]);
            });
            for (auto& metric : metrics()) figures.add_metric(metric);
        };
        Figures live(*directory), rebuilt(*directory);
        by_payload(live);
        by_payload(rebuilt);
        live.consume(ledger.read(*lease, 0, 1'000'000));
        rebuilt.rebuild(database->pool(), ledger);
        EXPECT_EQ(live.position(), static_cast<std::int64_t>(events.size()));
        EXPECT_EQ(rebuilt.position(), live.position());
        EXPECT_EQ(rebuilt.hash(), live.hash());
    }
    std::filesystem::remove_all(folder);
}

TEST_F(FiguresTest, SentencesSayWhatIsCounted) {
    const std::vector<Change> nothing;
    Figures figures(*directory);
    install(figures, nothing);
    Query query{.metric = "online", .from = first_day, .to = make_date(2023, 6, 14)};
    EXPECT_EQ(
        figures.definition(query),
        "Đếm hồ sơ có kênh nộp là trực tuyến và thời điểm tiếp nhận trong kỳ từ 01/01/2023 đến "
        "14/06/2023, tại tỉnh Lạng Sơn.");
    query.metric = "open";
    query.now = at(make_date(2023, 6, 14), 990);
    EXPECT_EQ(
        figures.definition(query),
        "Đếm hồ sơ có thời điểm tiếp nhận đã đến và thời điểm giải quyết xong chưa đến tại thời "
        "điểm 16:30 ngày 14/06/2023, tại tỉnh Lạng Sơn.");
    query.metric = "services";
    query.unit = directory->now()->by_code("06040", query.to)->id;
    EXPECT_EQ(
        figures.definition(query),
        "Đếm số thủ tục khác nhau của các hồ sơ có thời điểm tiếp nhận trong kỳ từ 01/01/2023 đến "
        "14/06/2023, tại xã Đại Đồng, huyện Tràng Định.");
    EXPECT_EQ(figures.value({.metric = "online_pct", .from = first_day, .to = first_day}).text,
              "không phát sinh");
    EXPECT_THROW(figures.value({.metric = "nothing"}), std::out_of_range);
    EXPECT_THROW(figures.add_metric({}), std::logic_error);
}

}  // namespace
}  // namespace chilang::figures
