// JSON: canonical writing, reading with all faults at once, schemas.
#include "base/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace chilang::json {
namespace {

enum class Channel { counter, online, post };
BOOST_DESCRIBE_ENUM(Channel, counter, online, post)

struct Paper {
    std::string name;
    std::int32_t copies = 0;
    bool operator==(const Paper&) const = default;
};
BOOST_DESCRIBE_STRUCT(Paper, (), (name, copies))

struct Filing {
    Id id;
    std::string title;
    Channel channel = Channel::counter;
    Instant received;
    std::optional<Date> born;
    std::vector<Paper> papers;
    double share = 0;
    std::int64_t fee = 0;
    bool urgent = false;
    Hash hash;
    std::optional<Paper> main;
    bool operator==(const Filing&) const = default;
};
BOOST_DESCRIBE_STRUCT(Filing, (),
                      (id, title, channel, received, born, papers, share, fee, urgent, hash, main))

struct Small {
    std::uint8_t byte = 0;
    std::uint64_t wide = 0;
};
BOOST_DESCRIBE_STRUCT(Small, (), (byte, wide))

struct Branch {
    std::string name;
    std::vector<Branch> children;
};
BOOST_DESCRIBE_STRUCT(Branch, (), (name, children))

Filing example() {
    Filing filing;
    filing.id = *parse_id("0190163d-8694-739b-aea5-966c26f8ad91");
    filing.title = "Đăng ký \"khai sinh\"\n";
    filing.channel = Channel::online;
    filing.received = at(make_date(2023, 6, 14), 990);
    filing.papers = {{"Tờ khai", 2}, {"Giấy chứng sinh", 1}};
    filing.share = 98.45;
    filing.fee = std::numeric_limits<std::int64_t>::max();
    return filing;
}

// "code path" of each problem, in the order found.
template <class T>
std::vector<std::string> faults(std::string_view text) {
    std::vector<std::string> out;
    const auto result = read<T>(text);
    for (const Problem& problem : result.problems()) {
        EXPECT_FALSE(problem.message.empty());
        out.push_back(problem.code + " " + problem.field);
    }
    return out;
}

using Faults = std::vector<std::string>;

TEST(JsonWrite, is_canonical) {
    EXPECT_EQ(write(example()),
              R"({"id":"0190163d-8694-739b-aea5-966c26f8ad91","title":"Đăng ký \"khai sinh\"\n",)"
              R"("channel":"online","received":"2023-06-14T16:30:00+07:00",)"
              R"("papers":[{"name":"Tờ khai","copies":2},{"name":"Giấy chứng sinh","copies":1}],)"
              R"("share":98.45,"fee":9223372036854775807,"urgent":false,"hash":")" +
                  std::string(64, '0') + "\"}");
}

TEST(JsonWrite, escapes_and_repairs_text) {
    EXPECT_EQ(quote("\"\\\b\f\n\r\t\x01\x1f/é"), R"("\"\\\b\f\n\r\t\u0001\u001f/é")");
    EXPECT_EQ(quote("a\xff\xe1\xba"), "\"a\ufffd\ufffd\ufffd\"");
}

TEST(JsonWrite, numbers_are_the_shortest_that_read_back) {
    EXPECT_EQ(write(98.45), "98.45");
    EXPECT_EQ(write(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(write(100.0), "100");
    EXPECT_EQ(write(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_THROW(write(std::numeric_limits<double>::infinity()), std::out_of_range);
    EXPECT_THROW(write(static_cast<Channel>(9)), std::out_of_range);
}

TEST(JsonRead, gives_back_what_was_written) {
    const auto result = read<Filing>(write(example()));
    ASSERT_TRUE(result);
    EXPECT_EQ(*result, example());
}

TEST(JsonRead, null_is_an_absent_optional) {
    const auto result = read<std::vector<std::optional<Date>>>(R"([null,"2023-06-14"])");
    ASSERT_TRUE(result);
    EXPECT_FALSE((*result)[0]);
    EXPECT_EQ((*result)[1], make_date(2023, 6, 14));
}

TEST(JsonRead, finds_all_faults_with_their_paths) {
    EXPECT_EQ(faults<Filing>(
                  R"({"id":"x","title":7,"channel":"fax","received":"2023-06-14","born":"30/2",
                      "papers":[{"name":"a","copies":1},{"copies":3000000000,"a/b~":1}],
                      "share":"1","urgent":null,"hash":"00","extra":{}})"),
              (Faults{"wrong_format /id", "wrong_type /title", "unknown_value /channel",
                      "wrong_format /received", "wrong_format /born", "missing /papers/1/name",
                      "out_of_range /papers/1/copies", "unknown_member /papers/1/a~1b~0",
                      "wrong_type /share", "missing /fee", "wrong_type /urgent",
                      "wrong_format /hash", "unknown_member /extra"}));
}

TEST(JsonRead, a_member_counts_once) {
    EXPECT_EQ(faults<Paper>(R"({"name":"a","copies":1,"name":"b"})"),
              Faults{"repeated_member /name"});
}

TEST(JsonRead, decimals_are_exact) {
    EXPECT_EQ(*read<double>("0.0141659"), 0.0141659);
    EXPECT_EQ(*read<double>(" 98.45 \n"), 98.45);
    EXPECT_EQ(*read<double>("12345678901234567890123"), 12345678901234567890123.0);
    EXPECT_EQ(*read<double>("1e-400"), 0.0);
}

TEST(JsonRead, integers_are_exact) {
    EXPECT_EQ(faults<Small>(R"({"byte":256,"wide":-1})"),
              (Faults{"out_of_range /byte", "out_of_range /wide"}));
    EXPECT_EQ(faults<std::int64_t>("9223372036854775808"), Faults{"out_of_range "});
    EXPECT_EQ(faults<std::int64_t>("123456789012345678901"), Faults{"out_of_range "});
    EXPECT_EQ(faults<std::int64_t>("1.0"), Faults{"wrong_type "});
    EXPECT_EQ(faults<std::int64_t>("1e3"), Faults{"wrong_type "});
    EXPECT_EQ(*read<std::int64_t>("-9223372036854775808"),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(*read<double>("3"), 3.0);
}

TEST(JsonRead, refuses_broken_text) {
    for (const char* bad : {"", "{", "[1,]", "{\"a\":1,}", "nul", "1 2", "'a'", "\"\\ud800\"",
                            "\"\xff\"", "// x\n1", "NaN", "01"})
        EXPECT_EQ(faults<double>(bad), Faults{"syntax "}) << bad;
    EXPECT_EQ(read<double>("\n  x").problems()[0].message,
              "Không đọc được JSON: sai cú pháp ở dòng 2, byte thứ 3.");
    EXPECT_EQ(faults<std::string>(R"("a\u0000b")"), Faults{"wrong_format "});
}

TEST(JsonRead, has_limits) {
    EXPECT_EQ(faults<Branch>(std::string(1000, '[')), Faults{"too_deep "});
    EXPECT_EQ(faults<std::string>('"' + std::string(9 << 20, 'a') + '"'), Faults{"too_large "});
    std::string many = "[";
    for (int i = 0; i < 1000; ++i) many += "\"x\",";
    EXPECT_EQ(faults<std::vector<int>>(many + "1]").size(), 100U);
}

TEST(JsonSchema, describes_types_by_name) {
    std::vector<NamedSchema> components;
    EXPECT_EQ(schema(type_of<Filing>(), components), R"({"$ref":"#/components/schemas/Filing"})");
    ASSERT_EQ(components.size(), 3U);
    EXPECT_EQ(components[0].schema,
              R"({"type":"object","properties":{"id":{"type":"string","format":"uuid"},)"
              R"("title":{"type":"string"},"channel":{"$ref":"#/components/schemas/Channel"},)"
              R"("received":{"type":"string","format":"date-time"},)"
              R"("born":{"anyOf":[{"type":"string","format":"date"},{"type":"null"}]},)"
              R"("papers":{"type":"array","items":{"$ref":"#/components/schemas/Paper"}},)"
              R"("share":{"type":"number"},"fee":{"type":"integer","format":"int64"},)"
              R"("urgent":{"type":"boolean"},)"
              R"("hash":{"type":"string","pattern":"^[0-9a-f]{64}$"},)"
              R"("main":{"anyOf":[{"$ref":"#/components/schemas/Paper"},{"type":"null"}]}},)"
              R"("required":["id","title","channel","received","papers","share","fee","urgent",)"
              R"("hash"],"additionalProperties":false})");
    EXPECT_EQ(components[1].schema, R"({"type":"string","enum":["counter","online","post"]})");
}

TEST(JsonSchema, ends_for_a_type_that_holds_itself) {
    std::vector<NamedSchema> components;
    schema(type_of<Branch>(), components);
    ASSERT_EQ(components.size(), 1U);
    EXPECT_NE(components[0].schema.find(R"("items":{"$ref":"#/components/schemas/Branch"})"),
              std::string::npos);
}

TEST(JsonSchema, keeps_two_types_of_one_name_apart) {
    Type other = type_of<Channel>();
    std::vector<NamedSchema> components;
    schema(type_of<Channel>(), components);
    EXPECT_EQ(schema(other, components), R"({"$ref":"#/components/schemas/Channel2"})");
}

TEST(Describe, knows_the_words_of_an_enumeration) {
    EXPECT_EQ(enum_name(Channel::post), "post");
    EXPECT_EQ(enum_value<Channel>("online"), Channel::online);
    EXPECT_FALSE(enum_value<Channel>("fax"));
}

RC_GTEST_PROP(Json, doubles_and_integers_come_back_equal, (double real, std::int64_t integer)) {
    RC_PRE(std::isfinite(real));
    RC_ASSERT(*read<double>(write(real)) == real);
    RC_ASSERT(*read<std::int64_t>(write(integer)) == integer);
}

RC_GTEST_PROP(Json, any_bytes_are_read_or_refused, (const std::string& bytes)) {
    const auto result = read<Filing>(bytes);
    RC_ASSERT(static_cast<bool>(result) == result.problems().empty());
    const auto again = read<std::string>(quote(bytes));
    RC_ASSERT(again || bytes.find('\0') != std::string::npos);
}

}  // namespace
}  // namespace chilang::json
