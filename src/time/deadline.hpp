// Deadlines: due(calendar, start, limit, pauses) with the reasoning, so that anyone can recompute it.
//
// NĐ 61/2018 (as amended) counts from the receipt of a complete and correct dossier. Day limits keep
// the clock time N working dates later; hour limits consume session minutes; calendar-day limits end
// at close of day and move to the next working date when they fall on a day off; months keep the day
// number, clamped. A pause stops the clock only where the procedure's version names the clause.
#pragma once

#include "time/calendar.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chilang::time {

enum class LimitUnit { working_day, working_hour, calendar_day, month };

struct Limit {
    int amount = 0;  // 0 or more
    LimitUnit unit = LimitUnit::working_day;
};

// keep: the clock runs on while waiting; extend: the time waited is added (working time for working
// days and hours, dates for days and months); restart: a fresh limit from the answer.
enum class PausePolicy { keep, extend, restart };

struct Pause {
    Instant from;
    std::optional<Instant> to;  // empty: still waiting
};

struct Deadline {
    Instant due;
    std::vector<std::string> trace;  // Vietnamese sentences, one a step of the reasoning
};

// Pauses may come in any order and overlap. What lies before the clock's start does not count; a
// pause that begins after the time has run out changes nothing: a late dossier stays late. While a
// pause is still open, `due` is what it would be if the wait ended at `now`.
Deadline deadline(const Calendar& calendar, Instant received, Limit limit,
                  const std::vector<Pause>& pauses, PausePolicy policy, Instant now);

enum class Verdict { early, on_time, late };
// early: finished on an earlier date than due; on_time: up to the due instant; late: after.
Verdict verdict(Instant finished, Instant due);

using chilang::show;  // of instants and dates, which this name would hide
// "3 ngày làm việc", "8 giờ làm việc", "30 ngày", "2 tháng"
std::string show(Limit limit);

// The clock of a dossier in words: "còn 2 ngày làm việc", "còn 3 giờ", "quá hạn 3 ngày làm việc",
// "quá hạn 3 năm 5 tháng". Whole units, rounded down. `attention`: no more than one working day is
// left. `none` is for callers whose dossier has no clock; clock_face never answers it.
enum class ClockState { on_course, attention, late, none };
struct ClockFace {
    ClockState state;
    std::string words;
};
ClockFace clock_face(const Calendar& calendar, Instant due, Instant now);

}  // namespace chilang::time
