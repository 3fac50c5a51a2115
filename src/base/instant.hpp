// Instants and civil dates: two different types that cannot be mixed up.
//
// An Instant is a moment, in microseconds since 1970 UTC. A Date is a day of the calendar on the
// wall in Vietnam (Asia/Ho_Chi_Minh, UTC+7 all year, no daylight saving). "Now" is never asked for
// here: it comes in as an argument.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chilang {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

struct Date {
    std::int32_t days = 0;  // since 1970-01-01
    auto operator<=>(const Date&) const = default;
    Date& operator++() {
        ++days;
        return *this;
    }
    friend Date operator+(Date d, int n) { return {d.days + n}; }
    friend Date operator-(Date d, int n) { return {d.days - n}; }
    friend int operator-(Date a, Date b) { return a.days - b.days; }
};

struct CivilDay {
    int year, month, day;
};

Date make_date(int year, int month, int day);
CivilDay civil(Date date);
int weekday(Date date);                  // 1 = Monday … 7 = Sunday
Date add_months(Date date, int months);  // same day number, clamped to the month's last day

Date date_of(Instant instant);             // the day in Vietnam
int minute_of_day(Instant instant);        // 0 … 1439, in Vietnam
Instant at(Date date, int minute_of_day);  // the moment in Vietnam
inline Instant start_of(Date date) {
    return at(date, 0);
}

std::int64_t to_microseconds(Instant instant);
Instant from_microseconds(std::int64_t microseconds);

// Machine forms.
std::string to_iso(Instant instant);  // 2023-06-14T16:30:00+07:00
std::string to_iso(Date date);        // 2023-06-14
// Needs seconds and a zone; also PostgreSQL's text form "2023-06-14 09:30:00.123456+00".
std::optional<Instant> parse_instant(std::string_view iso);
std::optional<Date> parse_date(std::string_view iso);

// Forms for people.
std::string show(Date date);             // 14/06/2023
std::string show(Instant instant);       // 16:30 ngày 14/06/2023
std::string show_time(Instant instant);  // 16:30
std::string show_long(Date date);        // ngày 14 tháng 6 năm 2023 (NĐ 30/2020: 05, tháng 02)
std::optional<Date> parse_shown_date(std::string_view text);  // 14/6/2023, 14-06-2023

// Where now comes from: the only object that asks the operating system.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const;
};

}  // namespace chilang
