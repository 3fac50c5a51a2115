// The working calendar: against a walk from day to day, against the holidays of five years, and its
// laws on random dates and sessions.
#include "time/calendar.hpp"

#include "time/testing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>

namespace chilang::time {
namespace {

Date random_date() {  // also outside of the table
    return {*rc::gen::inRange(make_date(2005, 1, 1).days, make_date(2050, 1, 1).days)};
}

Instant random_instant() {
    return start_of(random_date()) +
           std::chrono::microseconds(*rc::gen::inRange<std::int64_t>(0, 86'400'000'000));
}

TEST(Calendar, knows_holidays_and_swapped_days) {
    const Calendar& calendar = real_calendar();
    EXPECT_FALSE(calendar.is_working(make_date(2023, 1, 20)));
    EXPECT_TRUE(calendar.is_working(make_date(2023, 1, 27)));
    EXPECT_TRUE(calendar.is_working(make_date(2024, 5, 4)));
    EXPECT_FALSE(calendar.is_working(make_date(2024, 4, 29)));
    EXPECT_FALSE(calendar.is_working(make_date(2026, 11, 24)));
    EXPECT_EQ(calendar.name_of(make_date(2023, 4, 29)), "Giỗ Tổ Hùng Vương");
    EXPECT_EQ(calendar.name_of(make_date(2023, 6, 14)), "");
    EXPECT_EQ(calendar.name_of(make_date(2023, 6, 17)), "");
}

// Working days of a year of Monday to Friday and eleven holidays (twelve from 2026), all of which
// fall on, or are made up on, a weekday.
TEST(Calendar, has_the_right_number_of_working_days_a_year) {
    const std::pair<int, int> years[] = {
        {2022, 249}, {2023, 249}, {2024, 251}, {2025, 250}, {2026, 249}};
    for (const auto& [year, expected] : years)
        EXPECT_EQ(real_calendar().working_days_between(make_date(year - 1, 12, 31),
                                                       make_date(year, 12, 31)),
                  expected)
            << year;
}

TEST(Calendar, counts_as_a_walk_would) {
    const Calendar& calendar = real_calendar();
    const Date from = make_date(2013, 12, 28), to = make_date(2042, 1, 10);
    int count = 0;
    for (Date date = from + 1; date <= to; ++date) {
        const auto name = calendar.name_of(date);
        const bool expected = name.empty() ? weekday(date) <= 5 : name.starts_with("Làm bù");
        ASSERT_EQ(calendar.is_working(date), expected) << to_iso(date);
        if (expected) ++count;
        ASSERT_EQ(calendar.working_days_between(from, date), count) << to_iso(date);
        if (expected) {
            ASSERT_EQ(calendar.add_working_days(from, count), date);
        }
    }
}

RC_GTEST_PROP(Calendar, adding_days_and_counting_them_are_inverse, ()) {
    const Calendar& calendar = real_calendar();
    const Date date = random_date();
    const int days = *rc::gen::inRange(1, 3000);
    const Date later = calendar.add_working_days(date, days);
    RC_ASSERT(calendar.is_working(later));
    RC_ASSERT(calendar.working_days_between(date, later) == days);
    RC_ASSERT(calendar.working_days_between(later, date) == -days);
    RC_ASSERT(calendar.next_working(date) == calendar.add_working_days(date, 1));
    const Date here = calendar.add_working_days(date, 0);
    RC_ASSERT(here == (calendar.is_working(date) ? date : calendar.next_working(date)));
    if (calendar.is_working(date)) RC_ASSERT(calendar.add_working_days(later, -days) == date);
}

TEST(Calendar, adds_minutes_within_sessions) {
    const Calendar& calendar = real_calendar();
    const auto after = [&](const char* from, int minutes) {
        return written(calendar.add_working_minutes(moment(from), minutes));
    };
    EXPECT_EQ(calendar.minutes_per_day(), 480);
    EXPECT_EQ(after("2023-06-14 11:00", 30), "2023-06-14 11:30");
    EXPECT_EQ(after("2023-06-14 11:00", 31), "2023-06-14 13:31");
    EXPECT_EQ(after("2023-06-14 16:30", 60), "2023-06-15 07:30");
    EXPECT_EQ(after("2023-06-14 12:00", 0), "2023-06-14 13:30");
    EXPECT_EQ(after("2023-06-15 07:30", -60), "2023-06-14 16:30");
    EXPECT_EQ(after("2023-06-15 07:00", -480), "2023-06-14 07:00");
    EXPECT_EQ(
        calendar.working_minutes_between(moment("2023-06-14 08:00"), moment("2023-06-15 08:00")),
        480);
    EXPECT_EQ(written(calendar.close_of(make_date(2023, 6, 14))), "2023-06-14 17:00");
}

RC_GTEST_PROP(Calendar, working_time_adds_up, ()) {
    const Calendar& calendar = real_calendar();
    const Instant start = random_instant();
    const auto some =
        std::chrono::microseconds(*rc::gen::inRange<std::int64_t>(1, 400'000'000'000));
    const auto more =
        std::chrono::microseconds(*rc::gen::inRange<std::int64_t>(1, 400'000'000'000));
    const Instant mid = calendar.add_working_time(start, some);
    RC_ASSERT(calendar.working_time_between(start, mid) == some);
    RC_ASSERT(calendar.working_time_between(mid, start) == -some);
    RC_ASSERT(calendar.add_working_time(mid, more) ==
              calendar.add_working_time(start, some + more));
    RC_ASSERT(calendar.working_time_between(calendar.add_working_time(mid, -some), mid) == some);
    RC_ASSERT(calendar.is_working(date_of(mid)));
}

RC_GTEST_PROP(Calendar, the_next_session_is_the_first_moment_that_counts, ()) {
    const Calendar& calendar = real_calendar();
    const Instant instant = random_instant();
    const Instant opening = calendar.to_session(instant);
    RC_ASSERT(opening >= instant);
    RC_ASSERT(calendar.to_session(opening) == opening);
    RC_ASSERT(calendar.working_time_between(instant, opening).count() == 0);
    RC_ASSERT(
        calendar.working_time_between(opening, opening + std::chrono::microseconds(1)).count() ==
        1);
}

TEST(Calendar, can_have_other_sessions) {
    const Calendar calendar({}, {{8 * 60, 12 * 60}});
    EXPECT_EQ(calendar.minutes_per_day(), 240);
    EXPECT_EQ(written(calendar.add_working_minutes(moment("2023-06-14 11:00"), 120)),
              "2023-06-15 09:00");
    EXPECT_THROW(Calendar({}, {{600, 500}}), std::invalid_argument);
    EXPECT_THROW(Calendar({}, {{500, 600}, {590, 700}}), std::invalid_argument);
    EXPECT_THROW(Calendar({}, {{500, 1441}}), std::invalid_argument);
    const Date date = make_date(2023, 1, 2);
    EXPECT_THROW(Calendar({{date, false, "a"}, {date, false, "b"}}), std::invalid_argument);
}

TEST(LoadCalendar, refuses_a_list_that_contradicts_itself) {
    const auto error_of = [](const std::string& row) -> std::string {
        try {
            load_calendar("date,weekday,name,kind,basis,certainty\n" + row + "\n");
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(error_of("2026-01-02,Fri,Nghỉ,off,swap,certain"), "");
    EXPECT_EQ(error_of("2026-01-02,Thu,Nghỉ,off,swap,certain"),
              "Lịch nghỉ, dòng 2: 2026-01-02 không phải là Thu");
    EXPECT_EQ(error_of("2026-02-30,Fri,Nghỉ,off,swap,certain"),
              "Lịch nghỉ, dòng 2: ngày không đúng dạng 2026-01-31: 2026-02-30");
    EXPECT_EQ(error_of("2026-01-02,Fri,Nghỉ,free,swap,certain"),
              "Lịch nghỉ, dòng 2: kind không rõ: free");
    EXPECT_EQ(error_of("2026-01-02,Fri,Làm,swapped-work,swap,certain"),
              "Lịch nghỉ, dòng 2: ngày làm bù phải là thứ Bảy hoặc Chủ nhật");
    EXPECT_EQ(
        error_of("2026-01-02,Fri,Nghỉ,off,swap,certain\n2026-01-02,Fri,Nghỉ,off,swap,certain"),
        "Lịch nghỉ, dòng 3: 2026-01-02 có hai lần");
    EXPECT_EQ(error_of("2026-01-02,Fri,,off,swap,certain"), "Lịch nghỉ, dòng 2: thiếu tên");
}

}  // namespace
}  // namespace chilang::time
