// The working calendar of state agencies: which dates are worked, and in which hours.
//
// Holidays and swapped days are administrative acts, published each year: they are data
// (data/holidays.csv, later the table time.holiday), never computed. One working day of eight hours
// is 07:00-11:30 and 13:30-17:00; other sessions can be given.
#pragma once

#include "base/instant.hpp"

#include <set>
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
    explicit Calendar(std::vector<SpecialDay> special_days, std::vector<Session> sessions = {});

    bool is_working(Date date) const;
    // The reason why a date differs from the plain week ("Giỗ Tổ Hùng Vương"), or empty.
    std::string_view name_of(Date date) const;
    const std::vector<Session>& sessions() const { return sessions_; }
    int minutes_per_day() const;

    Date next_working(Date date) const;           // strictly after
    Date add_working_days(Date date, int days) const;
    int working_days_between(Date from, Date to) const;  // dates worked in (from, to]; negative backwards
    // The instant itself when inside a session, else the next session's opening.
    Instant to_session(Instant instant) const;
    Instant add_working_minutes(Instant instant, int minutes) const;
    int working_minutes_between(Instant from, Instant to) const;
    Instant close_of(Date date) const;            // end of the last session

private:
    std::vector<Session> sessions_;
    std::vector<SpecialDay> special_days_;        // sorted by date
};

// Reads data/holidays.csv (columns date, weekday, name, kind, basis, certainty).
Calendar load_calendar(std::string_view csv);

}  // namespace chilang::time
