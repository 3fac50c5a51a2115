// The working calendar of state agencies: which dates are worked, and in which hours.
//
// Holidays and swapped days are administrative acts, published each year: they are data
// (data/holidays.csv; in a running house the table workdays.day), never computed. One working day
// of eight hours is 07:00-11:30 and 13:30-17:00; other sessions can be given. Every question is
// answered in constant time from a table of the days 2015-2040; before and after it Monday to
// Friday are worked.
#pragma once

#include "base/instant.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::time {

struct Session {
    int from_minute, to_minute;  // of the day, half open
};

struct SpecialDay {
    Date date;
    bool working;       // true: a Saturday or Sunday that is worked
    std::string name;   // "Tết Nguyên đán Quý Mão"
};

class Calendar {
public:
    // No sessions: the usual eight hours. Throws std::invalid_argument when sessions overlap or a
    // date is given twice.
    explicit Calendar(std::vector<SpecialDay> special_days, std::vector<Session> sessions = {});

    bool is_working(Date date) const;
    // The reason why a date differs from the plain week ("Giỗ Tổ Hùng Vương"), or empty.
    std::string_view name_of(Date date) const;
    // All special days after `from` up to and including `to`, in order.
    std::vector<const SpecialDay*> special_days(Date from, Date to) const;
    const std::vector<Session>& sessions() const { return sessions_; }
    int minutes_per_day() const;

    Date next_working(Date date) const;           // strictly after
    // 0: the date itself when worked, else the next one that is; negative: backwards.
    Date add_working_days(Date date, int days) const;
    int working_days_between(Date from, Date to) const;  // dates worked in (from, to]; negative backwards
    // The instant itself when inside a session, else the next session's opening.
    Instant to_session(Instant instant) const;
    // Time passes only in sessions. An addition that ends with a session stays at its end.
    Instant add_working_time(Instant instant, std::chrono::microseconds time) const;
    Instant add_working_minutes(Instant instant, int minutes) const;
    std::chrono::microseconds working_time_between(Instant from, Instant to) const;
    int working_minutes_between(Instant from, Instant to) const;  // whole minutes
    Instant close_of(Date date) const;            // end of the last session

private:
    std::int64_t count_until(Date date) const;    // dates worked up to and including this one
    Date worked_date(std::int64_t number) const;  // the date with that count
    std::int64_t position(Instant instant) const;  // working microseconds up to this instant

    std::vector<Session> sessions_;
    std::int64_t day_length_ = 0;                 // microseconds
    std::vector<SpecialDay> special_days_;        // sorted by date
    Date first_, last_;                           // of the table
    std::vector<std::int64_t> counts_;            // count_until of each date of the table
    std::vector<Date> worked_;                    // the dates of the table that are worked
};

struct ListedDay {
    SpecialDay day;
    std::string basis;      // "statutory", "compensation", "swap"
    bool confirmed = true;  // false: talked of, not decided: a calendar does not count it
};

// Reads data/holidays.csv (columns date, weekday, name, kind, basis, certainty; kind is off or
// swapped-work, certainty certain or unconfirmed). Throws std::runtime_error naming the line.
std::vector<ListedDay> read_days(std::string_view csv);
// The calendar of its confirmed days.
Calendar load_calendar(std::string_view csv);

}  // namespace chilang::time
