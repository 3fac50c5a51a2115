// Dates and instants: arithmetic against the library's own calendar, and every text form.
#include "base/instant.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace chilang {
namespace {

TEST(Date, agrees_with_the_standard_calendar_for_800_years) {
    using namespace std::chrono;
    for (Date date = make_date(1600, 1, 1); date < make_date(2400, 1, 1); ++date) {
        const sys_days days{std::chrono::days{date.days}};
        const year_month_day expected{days};
        const CivilDay got = civil(date);
        ASSERT_EQ(got.year, static_cast<int>(expected.year()));
        ASSERT_EQ(got.month, static_cast<int>(static_cast<unsigned>(expected.month())));
        ASSERT_EQ(got.day, static_cast<int>(static_cast<unsigned>(expected.day())));
        ASSERT_EQ(make_date(got.year, got.month, got.day), date);
        ASSERT_EQ(weekday(date), static_cast<int>(std::chrono::weekday{days}.iso_encoding()));
    }
}

TEST(Date, months_keep_the_day_number_or_clamp_it) {
    EXPECT_EQ(add_months(make_date(2023, 1, 31), 1), make_date(2023, 2, 28));
    EXPECT_EQ(add_months(make_date(2024, 1, 31), 1), make_date(2024, 2, 29));
    EXPECT_EQ(add_months(make_date(2023, 11, 15), 3), make_date(2024, 2, 15));
    EXPECT_EQ(add_months(make_date(2024, 3, 31), -1), make_date(2024, 2, 29));
    EXPECT_EQ(add_months(make_date(2024, 2, 29), -12), make_date(2023, 2, 28));
}

TEST(Instant, belongs_to_the_day_in_vietnam) {
    const Instant late = *parse_instant("2023-06-14T23:59:59.999999+07:00");
    EXPECT_EQ(date_of(late), make_date(2023, 6, 14));
    EXPECT_EQ(minute_of_day(late), 1439);
    const Instant early = *parse_instant("2023-06-13T17:00:00Z");
    EXPECT_EQ(date_of(early), make_date(2023, 6, 14));
    EXPECT_EQ(minute_of_day(early), 0);
    EXPECT_EQ(at(make_date(2023, 6, 14), 990), *parse_instant("2023-06-14 09:30:00+00"));
    EXPECT_EQ(date_of(from_microseconds(-1)), make_date(1970, 1, 1));
}

TEST(Instant, has_machine_forms) {
    const auto micros = [](const char* text) { return to_microseconds(*parse_instant(text)); };
    EXPECT_EQ(to_iso(at(make_date(2023, 6, 14), 990)), "2023-06-14T16:30:00+07:00");
    EXPECT_EQ(to_iso(from_microseconds(123456)), "1970-01-01T07:00:00.123456+07:00");
    EXPECT_EQ(to_iso(from_microseconds(7)), "1970-01-01T07:00:00.000007+07:00");
    EXPECT_EQ(micros("2023-06-14 09:30:00.123456+00"), micros("2023-06-14T16:30:00.123456+07:00"));
    EXPECT_EQ(micros("2023-06-14 16:30:00.5+07"), micros("2023-06-14T09:30:00.500Z"));
    EXPECT_EQ(micros("2023-06-14 09:30:00-0330"), micros("2023-06-14T13:00:00Z"));
    EXPECT_EQ(micros("1900-01-01 07:06:30+07:06:30"), micros("1900-01-01T00:00:00Z"));
    EXPECT_EQ(micros("1970-01-01T00:00:00.1234569Z"), 123456);
}

TEST(Instant, refuses_what_is_not_one) {
    for (const char* bad : {"",
                            "2023-06-14",
                            "2023-06-14T16:30:00",
                            "2023-06-14T16:30+07:00",
                            "2023-02-29T00:00:00Z",
                            "2023-13-01T00:00:00Z",
                            "2023-00-01T00:00:00Z",
                            "2023-06-31T00:00:00Z",
                            "2023-06-14T24:00:00Z",
                            "2023-06-14T23:60:00Z",
                            "2023-06-14T23:00:60Z",
                            "2023-06-14T16:30:00+7",
                            "2023-06-14T16:30:00+16:00",
                            "2023-06-14T16:30:00+07:60",
                            "2023-06-14T16:30:00.Z",
                            "2023-06-14T16:30:00Zx",
                            "2023-06-14T16:30:00.1234567890Z",
                            " 2023-06-14T16:30:00Z",
                            "0000-01-01T00:00:00Z",
                            "infinity",
                            "2023/06/14 16:30:00Z",
                            "2023-6-14T16:30:00Z",
                            "2023-06-14T16:30:00,5Z"})
        EXPECT_FALSE(parse_instant(bad)) << bad;
    for (const char* bad :
         {"", "2023-6-14", "2023-02-29", "2023-06-14 ", "20230614", "-2023-01-01"})
        EXPECT_FALSE(parse_date(bad)) << bad;
    EXPECT_EQ(parse_date("2024-02-29"), make_date(2024, 2, 29));
}

TEST(Show, speaks_to_people) {
    EXPECT_EQ(show(make_date(2023, 6, 4)), "04/06/2023");
    EXPECT_EQ(show(at(make_date(2023, 6, 14), 990)), "16:30 ngày 14/06/2023");
    EXPECT_EQ(show_time(at(make_date(2023, 6, 14), 425)), "07:05");
    EXPECT_EQ(show_long(make_date(2023, 6, 14)), "ngày 14 tháng 6 năm 2023");
    EXPECT_EQ(show_long(make_date(2023, 2, 5)), "ngày 05 tháng 02 năm 2023");
}

TEST(Show, dates_are_read_back_as_people_type_them) {
    const Date date = make_date(2023, 6, 4);
    for (const char* good : {"4/6/2023", "04/06/2023", "4-6-2023", "04.06.2023", " 4/06/2023 "})
        EXPECT_EQ(parse_shown_date(good), date) << good;
    for (const char* bad : {"", "4/6", "4/6/23", "4/6-2023", "31/6/2023", "29/2/2023", "6/14/2023",
                            "4/6/2023x", "2023-06-04", "004/6/2023", "4 6 2023"})
        EXPECT_FALSE(parse_shown_date(bad)) << bad;
}

RC_GTEST_PROP(Instant, is_read_back_equal, ()) {
    const auto from = to_microseconds(start_of(make_date(1, 1, 2)));
    const auto to = to_microseconds(start_of(make_date(9999, 12, 31)));
    const Instant instant = from_microseconds(*rc::gen::inRange(from, to));
    RC_ASSERT(parse_instant(to_iso(instant)) == instant);
    RC_ASSERT(parse_date(to_iso(date_of(instant))) == date_of(instant));
    RC_ASSERT(parse_shown_date(show(date_of(instant))) == date_of(instant));
    RC_ASSERT(start_of(date_of(instant)) <= instant);
    RC_ASSERT(instant < start_of(date_of(instant) + 1));
}

TEST(Clock, moves_forward) {
    const Clock clock;
    const Instant first = clock.now();
    EXPECT_GT(first, *parse_instant("2023-01-01T00:00:00Z"));
    EXPECT_LE(first, clock.now());
}

}  // namespace
}  // namespace chilang
