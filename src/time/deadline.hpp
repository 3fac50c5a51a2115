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
    int amount = 0;
    LimitUnit unit = LimitUnit::working_day;
};

enum class PausePolicy { keep, extend, restart };  // keep: the clock runs on while waiting

struct Pause {
    Instant from;
    std::optional<Instant> to;  // empty: still waiting
};

struct Deadline {
    Instant due;
    std::vector<std::string> trace;  // Vietnamese sentences, one a step of the reasoning
};

// While a pause that extends is still open, `due` is what it would be if the wait ended at `now`.
Deadline deadline(const Calendar& calendar, Instant received, Limit limit,
                  const std::vector<Pause>& pauses, PausePolicy policy, Instant now);

enum class Verdict { early, on_time, late };
// early: finished on an earlier working date than due; on_time: up to the due instant; late: after.
Verdict verdict(Instant finished, Instant due);

// "3 ngày làm việc", "8 giờ làm việc", "30 ngày", "2 tháng"
std::string show(Limit limit);

// The clock of a dossier in words: "còn 2 ngày làm việc", "còn 3 giờ", "quá hạn 3 ngày làm việc".
enum class ClockState { on_course, attention, late, none };
struct ClockFace {
    ClockState state;
    std::string words;
};
ClockFace clock_face(const Calendar& calendar, Instant due, Instant now);

}  // namespace chilang::time
