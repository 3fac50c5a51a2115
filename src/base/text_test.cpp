// Text: one spelling for what looks the same, and printing as Vietnamese readers expect it.
#include "base/text.hpp"

#include "base/cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace chilang::text {
namespace {

// Letters, marks, spaces, invisible characters and broken bytes, in any order.
std::string wild_text() {
    static const std::vector<std::string> pieces = {
        "a",      "Z",      "Đ",          "ấ",           "ữ",      "ơ",        "\u0301",
        "\u0323", "\u0302", "\u031b",     " ",           "\n",     "\r\n",     "\t",
        "\u00a0", "\u200b", "\u2028",     "\u0085",      "\u00ad", "\ufeff",   "\u4e2d",
        "7",      "-",      "\U0001f600", "\xff",        "\xc3",   "\xe1\xba", "\xed\xa0\x80",
        "\u0344", "\u212b", "\uac00",     "\u1100\u1161"};
    std::string out;
    for (const auto& piece :
         *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
        out += piece;
    return out;
}

TEST(Fold, follows_the_rows) {
    for (const CaseRow& row : read_cases("src/base/cases/fold.txt", 2))
        EXPECT_EQ(fold(row.cells[0]), row.cells[1]) << "line " << row.line;
}

TEST(Fold, trims) {
    EXPECT_EQ(fold("  Lạng  Sơn \n"), "lang son");
    EXPECT_EQ(fold(""), "");
    EXPECT_EQ(fold(" \u00a0 "), "");
}

TEST(Fold, drops_broken_bytes) {
    EXPECT_EQ(fold("a\xff\xc3 b\xe1\xba"), "a b");
}

RC_GTEST_PROP(Fold, of_folded_is_itself, ()) {
    const std::string once = fold(wild_text());
    RC_ASSERT(fold(once) == once);
    RC_ASSERT(is_utf8(once));
}

RC_GTEST_PROP(Fold, of_clean_is_fold, ()) {
    const std::string input = wild_text();
    RC_PRE(is_utf8(input) && input.find("\u1100") == input.npos);
    RC_ASSERT(fold(clean(input)) == fold(input));
}

TEST(Clean, composes_collapses_and_removes) {
    EXPECT_EQ(clean("  La\u0323ng\t\u00a0 So\u031bn\r\n"), "Lạng Sơn");
    EXPECT_EQ(clean("Chi\u200b L\u00adăng\x01\u202e"), "Chi Lăng");
    EXPECT_EQ(clean("một\nhai"), "một hai");
    EXPECT_EQ(clean("a\xff"), "a\ufffd");
}

TEST(Clean, keeps_lines_and_paragraphs_when_asked) {
    EXPECT_EQ(clean("\n một \r\n hai\n\n\n\nba \n", Lines::multiple), "một\nhai\n\nba");
    EXPECT_EQ(clean("một\rhai\u2028ba", Lines::multiple), "một\nhai\nba");
}

RC_GTEST_PROP(Clean, of_clean_is_itself, ()) {
    const auto lines = *rc::gen::element(Lines::single, Lines::multiple);
    const std::string once = clean(wild_text(), lines);
    RC_ASSERT(is_utf8(once));
    RC_ASSERT(clean(once, lines) == once);
}

TEST(Utf8, refuses_overlong_surrogate_and_cut_forms) {
    EXPECT_TRUE(is_utf8("Lạng Sơn 中 \U0001f600"));
    for (const char* bad : {"\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xf0\x8f\xbf\xbf", "\xe1\xba", "\x80", "\xff"})
        EXPECT_FALSE(is_utf8(bad)) << escape_url(bad);
}

TEST(Pieces, are_cut) {
    EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
    EXPECT_EQ(split("a,", ','), (std::vector<std::string>{"a", ""}));
    EXPECT_TRUE(split("", ',').empty());
    EXPECT_EQ(words("dang ky, 01/2018 (lan 2)"),
              (std::vector<std::string>{"dang", "ky", "01", "2018", "lan", "2"}));
    EXPECT_EQ(trim(" \t a b \n"), "a b");
    EXPECT_EQ(trim(" \n"), "");
    EXPECT_EQ(length("Lạng Sơn"), 8U);
    EXPECT_EQ(digits_only("(0205) 3812-345"), "02053812345");
}

TEST(Collate, sorts_as_the_dictionary) {
    const std::vector<std::string> sorted = {"An",    "Ánh",  "Ăn",  "Ân",   "Bích",
                                             "Dương", "Đặng", "Gấm", "Nông", "Ơn"};
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        EXPECT_LT(collate(sorted[i - 1], sorted[i]), 0) << sorted[i - 1] << " " << sorted[i];
        EXPECT_GT(collate(sorted[i], sorted[i - 1]), 0);
    }
    EXPECT_EQ(collate("Lạng", "La\u0323ng"), 0);
}

TEST(Escape, leaves_nothing_that_acts) {
    EXPECT_EQ(escape_html("<a href=\"x\" title='y'>&</a>"),
              "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
    EXPECT_EQ(escape_url("Lạng Sơn/1?a=b&c"), "L%E1%BA%A1ng%20S%C6%A1n%2F1%3Fa%3Db%26c");
    EXPECT_EQ(escape_url("az-AZ_09.~"), "az-AZ_09.~");
}

TEST(ParseInteger, takes_the_whole_text_or_nothing) {
    EXPECT_EQ(parse_integer("135408"), 135408);
    EXPECT_EQ(parse_integer("-1"), -1);
    EXPECT_EQ(parse_integer("9223372036854775807"), INT64_MAX);
    for (const char* bad : {"", "-", "+1", " 1", "1 ", "1.5", "9223372036854775808", "0x1"})
        EXPECT_FALSE(parse_integer(bad)) << bad;
}

}  // namespace
}  // namespace chilang::text
