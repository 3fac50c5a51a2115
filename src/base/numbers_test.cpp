// Numbers in print and in words.
#include "base/text.hpp"

#include "base/cases.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace chilang::text {
namespace {

TEST(Number, has_dots_between_thousands) {
    EXPECT_EQ(number(0), "0");
    EXPECT_EQ(number(999), "999");
    EXPECT_EQ(number(1000), "1.000");
    EXPECT_EQ(number(135408), "135.408");
    EXPECT_EQ(number(-1234567), "-1.234.567");
    EXPECT_EQ(number(INT64_MIN), "-9.223.372.036.854.775.808");
    EXPECT_EQ(money(1234567), "1.234.567\u00a0đ");
    EXPECT_EQ(pad2(8), "08");
    EXPECT_EQ(pad2(12), "12");
    EXPECT_EQ(pad2(0), "00");
}

// The figures that the half-year report prints.
TEST(Ratio, rounds_half_up_once) {
    EXPECT_EQ(ratio(130733, 132796, 2), "98,45");
    EXPECT_EQ(ratio(126434, 135408, 2), "93,37");
    EXPECT_EQ(ratio(8974, 135408, 2), "6,63");
    EXPECT_EQ(ratio(2063, 132796, 2), "1,55");
    EXPECT_EQ(ratio(287, 297, 2), "96,63");
    EXPECT_EQ(ratio(1, 8, 2), "12,50");
    EXPECT_EQ(ratio(1, 2000, 1), "0,1");  // 0,05 exactly
    EXPECT_EQ(ratio(-1, 2000, 1), "-0,1");
    EXPECT_EQ(ratio(-1, 3000, 1), "0,0");
    EXPECT_EQ(ratio(1, 3, 0), "33");
    EXPECT_EQ(ratio(5, 4, 2, 1), "1,25");
    EXPECT_EQ(ratio(12345678, 1, 1, 1), "12.345.678,0");
    EXPECT_EQ(ratio(1, 0, 2), "–");
    EXPECT_EQ(ratio(1, -4, 0), "-25");
}

TEST(RatioValue, is_the_nearest_double) {
    EXPECT_EQ(ratio_value(130733, 132796, 2), 98.45);
    EXPECT_EQ(ratio_value(8974, 135408, 2), 6.63);
    EXPECT_EQ(ratio_value(1, 0, 2), 0.0);
}

RC_GTEST_PROP(Ratio, is_within_half_a_unit, ()) {
    const auto above = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
    const auto below = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
    const int decimals = *rc::gen::inRange(0, 5);
    const double exact = static_cast<double>(above) / static_cast<double>(below) * 100;
    const double unit = std::pow(10.0, -decimals);
    RC_ASSERT(std::abs(ratio_value(above, below, decimals) - exact) <=
              unit * 0.5 + std::abs(exact) * 1e-12);
}

TEST(MoneyInWords, follows_the_rows) {
    for (const CaseRow& row : read_cases("src/base/cases/money.txt", 2))
        EXPECT_EQ(money_in_words(*parse_integer(row.cells[0])), row.cells[1])
            << "line " << row.line;
    EXPECT_TRUE(money_in_words(INT64_MIN).starts_with("âm chín tỷ"));
}

}  // namespace
}  // namespace chilang::text
