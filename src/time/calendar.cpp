// Counting instead of walking: each date has a number, the count of working dates up to it, and
// each instant a position, the working microseconds up to it. All arithmetic is a look-up there, an
// addition and a look-up back. 135,408 dossiers with several deadlines each load in one go this
// way.
#include "time/calendar.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace chilang::time {

namespace {

constexpr std::int64_t kMinute = 60'000'000;
constexpr int kTableFrom = 2015, kTableTo = 2040;
constexpr int kMonday = -3;  // 1969-12-29, the Monday of the week of 1970-01-01

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

// Mondays to Fridays up to and including `date`, counted from kMonday.
std::int64_t plain_count(Date date) {
    const std::int64_t days = std::int64_t{date.days} - kMonday;
    const std::int64_t weeks = floor_divide(days, 7);
    return weeks * 5 + std::min<std::int64_t>(days - weeks * 7 + 1, 5);
}

Date plain_date(std::int64_t count) {
    const std::int64_t weeks = floor_divide(count - 1, 5);
    return {static_cast<std::int32_t>(weeks * 7 + (count - 1 - weeks * 5) + kMonday)};
}

std::int64_t start_microseconds(Date date) {
    return to_microseconds(start_of(date));
}

void check_sessions(const std::vector<Session>& sessions) {
    int free_from = 0;
    for (const Session& session : sessions) {
        if (session.from_minute < free_from || session.to_minute <= session.from_minute ||
            session.to_minute > 24 * 60)
            throw std::invalid_argument("sessions must follow one another within a day");
        free_from = session.to_minute;
    }
}

}  // namespace

Calendar::Calendar(std::vector<SpecialDay> special_days, std::vector<Session> sessions)
    : sessions_(std::move(sessions)), special_days_(std::move(special_days)) {
    if (sessions_.empty()) sessions_ = {{7 * 60, 11 * 60 + 30}, {13 * 60 + 30, 17 * 60}};
    check_sessions(sessions_);
    day_length_ = minutes_per_day() * kMinute;
    const auto by_date = [](const SpecialDay& a, const SpecialDay& b) { return a.date < b.date; };
    std::sort(special_days_.begin(), special_days_.end(), by_date);

    first_ = make_date(kTableFrom, 1, 1);
    last_ = make_date(kTableTo, 12, 31);
    if (!special_days_.empty()) {
        first_ = std::min(first_, special_days_.front().date);
        last_ = std::max(last_, special_days_.back().date);
    }
    std::int64_t count = plain_count(first_ - 1);
    auto special = special_days_.begin();
    for (Date date = first_; date <= last_; ++date) {
        bool working = weekday(date) <= 5;
        if (special != special_days_.end() && special->date == date) {
            working = special->working;
            if (++special != special_days_.end() && special->date == date)
                throw std::invalid_argument("special day twice: " + to_iso(date));
        }
        if (working) {
            ++count;
            worked_.push_back(date);
        }
        counts_.push_back(count);
    }
}

std::int64_t Calendar::count_until(Date date) const {
    if (date < first_) return plain_count(date);
    if (date > last_) return counts_.back() + plain_count(date) - plain_count(last_);
    return counts_[static_cast<std::size_t>(date - first_)];
}

Date Calendar::worked_date(std::int64_t number) const {
    const std::int64_t before = plain_count(first_ - 1);
    if (number <= before) return plain_date(number);
    if (number > counts_.back()) return plain_date(number - counts_.back() + plain_count(last_));
    return worked_[static_cast<std::size_t>(number - before - 1)];
}

bool Calendar::is_working(Date date) const {
    return count_until(date) != count_until(date - 1);
}

std::string_view Calendar::name_of(Date date) const {
    const auto found = special_days(date - 1, date);
    return found.empty() ? std::string_view() : found.front()->name;
}

std::vector<const SpecialDay*> Calendar::special_days(Date from, Date to) const {
    std::vector<const SpecialDay*> found;
    auto at = std::upper_bound(special_days_.begin(), special_days_.end(), from,
                               [](Date date, const SpecialDay& day) { return date < day.date; });
    for (; at != special_days_.end() && at->date <= to; ++at) found.push_back(&*at);
    return found;
}

int Calendar::minutes_per_day() const {
    int minutes = 0;
    for (const Session& session : sessions_) minutes += session.to_minute - session.from_minute;
    return minutes;
}

Date Calendar::next_working(Date date) const {
    return worked_date(count_until(date) + 1);
}

Date Calendar::add_working_days(Date date, int days) const {
    if (days > 0) return worked_date(count_until(date) + days);
    return worked_date(count_until(date - 1) + 1 + days);
}

int Calendar::working_days_between(Date from, Date to) const {
    return static_cast<int>(count_until(to) - count_until(from));
}

Instant Calendar::to_session(Instant instant) const {
    const Date date = date_of(instant);
    if (is_working(date)) {
        const std::int64_t of_day = to_microseconds(instant) - start_microseconds(date);
        for (const Session& session : sessions_) {
            if (of_day < session.from_minute * kMinute) return at(date, session.from_minute);
            if (of_day < session.to_minute * kMinute) return instant;
        }
    }
    return at(next_working(date), sessions_.front().from_minute);
}

std::int64_t Calendar::position(Instant instant) const {
    const Date date = date_of(instant);
    const std::int64_t before = count_until(date - 1) * day_length_;
    if (!is_working(date)) return before;
    const std::int64_t of_day = to_microseconds(instant) - start_microseconds(date);
    std::int64_t passed = 0;
    for (const Session& session : sessions_)
        passed += std::clamp(of_day, session.from_minute * kMinute, session.to_minute * kMinute) -
                  session.from_minute * kMinute;
    return before + passed;
}

Instant Calendar::add_working_time(Instant instant, std::chrono::microseconds time) const {
    if (time.count() == 0) return to_session(instant);
    const bool forward = time.count() > 0;
    const std::int64_t target = position(instant) + time.count();
    // Forward, a position that lies between two sessions means the end of the first; backward, the
    // opening of the second.
    const std::int64_t days = floor_divide(forward ? target - 1 : target, day_length_);
    const Date date = worked_date(days + 1);
    std::int64_t left = target - days * day_length_;
    for (const Session& session : sessions_) {
        const std::int64_t length = (session.to_minute - session.from_minute) * kMinute;
        if (left < length || (forward && left == length))
            return from_microseconds(start_microseconds(date) + session.from_minute * kMinute +
                                     left);
        left -= length;
    }
    return close_of(date);
}

Instant Calendar::add_working_minutes(Instant instant, int minutes) const {
    return add_working_time(instant, std::chrono::minutes(minutes));
}

std::chrono::microseconds Calendar::working_time_between(Instant from, Instant to) const {
    return std::chrono::microseconds(position(to) - position(from));
}

int Calendar::working_minutes_between(Instant from, Instant to) const {
    return static_cast<int>(working_time_between(from, to).count() / kMinute);
}

Instant Calendar::close_of(Date date) const {
    return at(date, sessions_.back().to_minute);
}

}  // namespace chilang::time
