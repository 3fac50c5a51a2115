// The clock of a dossier as the inbox shows it: words first, the instant beside them.
//
// What remains and what is overdue is told in working time, because that is what people can still
// use: on Friday at 16:00 a dossier due on Monday at 08:00 has two hours left, not two days. What
// is overdue for a season is told in months and years of the calendar.
#include "time/deadline.hpp"

namespace chilang::time {

namespace {

constexpr int kMonthsToldAsMonths = 3;

int whole_months_between(Date from, Date to) {
    const CivilDay a = civil(from), b = civil(to);
    const int months = (b.year - a.year) * 12 + b.month - a.month;
    return add_months(from, months) > to ? months - 1 : months;
}

std::string months_in_words(int months) {
    std::string out;
    if (months >= 12) out = std::to_string(months / 12) + " năm";
    if (months % 12 != 0) out += (out.empty() ? "" : " ") + std::to_string(months % 12) + " tháng";
    return out;
}

std::string working_time_in_words(int minutes, int minutes_per_day) {
    if (minutes >= minutes_per_day)
        return std::to_string(minutes / minutes_per_day) + " ngày làm việc";
    if (minutes >= 60) return std::to_string(minutes / 60) + " giờ";
    return std::to_string(minutes) + " phút";
}

}  // namespace

ClockFace clock_face(const Calendar& calendar, Instant due, Instant now) {
    const int per_day = calendar.minutes_per_day();
    if (now > due) {
        const int months = whole_months_between(date_of(due), date_of(now));
        if (months >= kMonthsToldAsMonths)
            return {ClockState::late, "quá hạn " + months_in_words(months)};
        const int minutes = calendar.working_minutes_between(due, now);
        if (minutes == 0) return {ClockState::late, "vừa quá hạn"};
        return {ClockState::late, "quá hạn " + working_time_in_words(minutes, per_day)};
    }
    const int minutes = calendar.working_minutes_between(now, due);
    const ClockState state = minutes <= per_day ? ClockState::attention : ClockState::on_course;
    if (minutes == 0) return {state, "đến hạn"};
    return {state, "còn " + working_time_in_words(minutes, per_day)};
}

}  // namespace chilang::time
