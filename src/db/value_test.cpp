// Parameters, values and rows, there and back through a real PostgreSQL.
#include "base/json.hpp"
#include "db/testing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <limits>

namespace chilang::db {
namespace {

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Part {
    std::string name;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, size))

struct Whole {
    Id id;
    std::string name;
    std::optional<std::string> note;
    int small = 0;
    std::int64_t large = 0;
    double weight = 0;
    bool open = false;
    Instant at;
    Date day;
    Hash hash;
    Colour colour = Colour::red;
    Part part;
    std::vector<Part> parts;
    std::vector<std::string> words;
    std::optional<Date> until;
};
BOOST_DESCRIBE_STRUCT(Whole, (),
                      (id, name, note, small, large, weight, open, at, day, hash, colour, part,
                       parts, words, until))

class ValueTest : public ::testing::Test {
protected:
    TestDatabase database;
    Pool::Lease db = database.pool().lease();
};

TEST_F(ValueTest, MapsEveryShapeToItsMember) {
    const Id id = new_id(1'686'700'000'000);
    Hash hash;
    hash.bytes[0] = 0x0f;
    hash.bytes[31] = 0xff;
    const auto at = parse_instant("2023-06-14T16:30:00.123456+07:00");
    const auto whole =
        db->query(
              "SELECT $1::uuid AS id, $2::text AS name, NULL::text AS note, $3::int AS small, "
              "$4::bigint AS large, $5::float8 AS weight, true AS open, $6::timestamptz AS at, "
              "$7::date AS day, $8::bytea AS hash, $9::text AS colour, "
              "'{\"name\":\"x\",\"size\":3}'::jsonb AS part, "
              "'[{\"name\":\"Đơn\",\"size\":1},{\"name\":\"y\",\"size\":2}]'::jsonb AS parts, "
              "$10::text[] AS words, $11::date AS until",
              {id, "Đồng Đăng \\ \"x\"", -7, std::numeric_limits<std::int64_t>::min(), 0.1, *at,
               make_date(2024, 2, 29), hash, Colour::green,
               std::vector<std::string>{"a,b", "\"q\" \\ {}", "NULL", ""},
               std::optional<Date>(make_date(2025, 7, 1))})
            .first<Whole>();
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->id, id);
    EXPECT_EQ(whole->name, "Đồng Đăng \\ \"x\"");
    EXPECT_FALSE(whole->note);
    EXPECT_EQ(whole->small, -7);
    EXPECT_EQ(whole->large, std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(whole->weight, 0.1);
    EXPECT_TRUE(whole->open);
    EXPECT_EQ(whole->at, *at);
    EXPECT_EQ(whole->day, make_date(2024, 2, 29));
    EXPECT_EQ(whole->hash, hash);
    EXPECT_EQ(whole->colour, Colour::green);
    EXPECT_EQ(whole->part.size, 3);
    ASSERT_EQ(whole->parts.size(), 2U);
    EXPECT_EQ(whole->parts[0].name, "Đơn");
    EXPECT_EQ(whole->words, (std::vector<std::string>{"a,b", "\"q\" \\ {}", "NULL", ""}));
    EXPECT_EQ(whole->until, make_date(2025, 7, 1));
}

TEST_F(ValueTest, QueriesAndStructsStayInStep) {
    EXPECT_THROW(db->query("SELECT 'x' AS name").as<Part>(), std::logic_error);
    EXPECT_THROW(db->query("SELECT 'x' AS name, 1 AS size, 2 AS more").as<Part>(),
                 std::logic_error);
    EXPECT_THROW(db->query("SELECT NULL AS name, 1 AS size").as<Part>(), std::logic_error);
    EXPECT_THROW(db->query("SELECT 'x' AS name, 'y' AS size").as<Part>(), std::logic_error);
    EXPECT_EQ(db->query("SELECT 1 AS size, 'x' AS name").first<Part>()->size, 1);
    EXPECT_FALSE(db->query("SELECT 1 AS size, 'x' AS name WHERE false").first<Part>());
}

TEST_F(ValueTest, PlainTypesReadTheOnlyColumn) {
    EXPECT_EQ(db->query("SELECT 5").first<std::int64_t>(), 5);
    EXPECT_EQ(db->query("SELECT n FROM generate_series(1, 3) n").as<int>(),
              (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(db->query("SELECT '{1,NULL,3}'::bigint[]").first<std::vector<std::optional<int>>>(),
              (std::vector<std::optional<int>>{1, std::nullopt, 3}));
    EXPECT_THROW(db->query("SELECT 3000000000").first<std::int32_t>(), std::logic_error);
    EXPECT_THROW(db->query("SELECT 'blue'").first<Colour>(), std::logic_error);
    EXPECT_THROW(db->query("SELECT 1, 2").first<int>(), std::logic_error);
}

TEST_F(ValueTest, NullsAndArraysAsParameters) {
    const std::vector<Id> ids{new_id(1), new_id(2)};
    const Rows rows = db->query(
        "SELECT $1::text IS NULL, $2::date IS NULL, cardinality($3::uuid[]), "
        "(SELECT sum(x) FROM unnest($4::bigint[]) x), cardinality($5::text[])",
        {nullptr, std::optional<Date>{}, ids, std::vector<std::int64_t>{-1, 43},
         std::vector<std::string>{}});
    EXPECT_TRUE(rows.at(0, 0).boolean());
    EXPECT_TRUE(rows.at(0, 1).boolean());
    EXPECT_EQ(rows.at(0, 2).integer(), 2);
    EXPECT_EQ(rows.at(0, 3).integer(), 42);
    EXPECT_EQ(rows.at(0, 4).integer(), 0);
    EXPECT_THROW(rows.at(1, 0), std::logic_error);
    EXPECT_THROW(rows.at(0, "absent"), std::logic_error);
}

TEST_F(ValueTest, BytesComeBackAsTheyWere) {
    std::string raw;
    for (int c = 0; c < 256; ++c) raw += static_cast<char>(c);
    EXPECT_EQ(db->query("SELECT $1::bytea", {Param::bytes(raw)}).at(0, 0).bytes(), raw);
    EXPECT_THROW(db->query("SELECT '\\x00'::bytea").at(0, 0).hash(), std::logic_error);
}

TEST_F(ValueTest, AnyTextAndNumberSurvivesQueryAndCopy) {
    db->script("CREATE TABLE t (n bigint, x float8, s text, a text[])");
    EXPECT_TRUE(rc::check([&] {
        const auto text = *rc::gen::container<std::string>(rc::gen::oneOf(
            rc::gen::inRange<char>(1, 127), rc::gen::element('\\', '\t', '\n', '"')));
        const auto n = *rc::gen::arbitrary<std::int64_t>();
        const auto x = *rc::gen::arbitrary<double>();
        const std::vector<std::string> list{text, "", text + ","};
        std::string row;
        (CopyRow(row) << n << x << text << list).end();
        db->script("TRUNCATE t");
        db->copy_in("COPY t FROM STDIN", [&](std::string& chunk) {
            chunk = row;
            return false;
        });
        const Rows rows =
            db->query("SELECT n, x, s, a, a = $1::text[] AND s = $2 AND n = $3 AND x = $4 FROM t",
                      {list, text, n, x});
        RC_ASSERT(rows.at(0, 0).integer() == n);
        RC_ASSERT(rows.at(0, 1).real() == x);
        RC_ASSERT(rows.at(0, 2).text() == text);
        RC_ASSERT(rows.at(0, 4).boolean());
    }));
}

}  // namespace
}  // namespace chilang::db
