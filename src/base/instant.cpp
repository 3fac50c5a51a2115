// Civil dates, instants and their text forms.
//
// Days and years are turned into one another by the arithmetic of 400-year cycles that begin on
// 1 March, so that the leap day is the last day of a year and needs no table. Reading and writing
// work on plain characters: PostgreSQL answers with text and a load parses millions of instants.
#include "base/instant.hpp"

#include <algorithm>
#include <cctype>

namespace chilang {

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kVietnam = 7 * kHour;  // ahead of UTC, all year

constexpr int kDaysOfCycle = 146'097;     // 400 years
constexpr int kDaysBefore1970 = 719'468;  // from 1 March of the year 0

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

int days_in_month(int year, int month) {
    static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

void append_padded(std::string& out, std::int64_t value, int width) {
    if (value < 0) {
        out += '-';
        value = -value;
    }
    const std::string digits = std::to_string(value);
    for (int i = static_cast<int>(digits.size()); i < width; ++i) out += '0';
    out += digits;
}

void append_two(std::string& out, int value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
}

void append_date(std::string& out, Date date) {
    const CivilDay day = civil(date);
    append_padded(out, day.year, 4);
    out += '-';
    append_two(out, day.month);
    out += '-';
    append_two(out, day.day);
}

// Takes characters from the front of a text; once something is missing it stays failed.
struct Reader {
    std::string_view rest;
    bool good = true;

    bool next_is_digit() const { return !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; }
    bool take(char wanted) {
        if (rest.empty() || rest[0] != wanted) return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(char wanted) { good = take(wanted) && good; }
    int digits(std::size_t count) {
        int value = 0;
        good = good && count <= rest.size();
        for (std::size_t i = 0; good && i < count; ++i) {
            const int digit = rest[i] - '0';
            good = digit >= 0 && digit <= 9;
            value = value * 10 + digit;
        }
        if (!good) return 0;
        rest.remove_prefix(count);
        return value;
    }
};

std::optional<Date> checked_date(int year, int month, int day) {
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return std::nullopt;
    return make_date(year, month, day);
}

std::optional<Date> read_date(Reader& reader) {
    const int year = reader.digits(4);
    reader.expect('-');
    const int month = reader.digits(2);
    reader.expect('-');
    const int day = reader.digits(2);
    if (!reader.good) return std::nullopt;
    return checked_date(year, month, day);
}

// Up to nine digits of a second; what is finer than a microsecond is dropped.
std::int64_t read_fraction(Reader& reader) {
    if (!reader.take('.')) return 0;
    std::int64_t value = 0, unit = kSecond;
    int count = 0;
    for (; reader.next_is_digit(); ++count) {
        unit /= 10;
        value += (reader.rest[0] - '0') * unit;
        reader.rest.remove_prefix(1);
    }
    if (count == 0 || count > 9) reader.good = false;
    return value;
}

// Z, +07, +0700, +07:00, and +07:06:30 as PostgreSQL prints the local mean time of old dates.
std::int64_t read_zone(Reader& reader) {
    if (reader.take('Z') || reader.take('z')) return 0;
    const bool behind = reader.take('-');
    if (!behind) reader.expect('+');
    const int hours = reader.digits(2);
    int minutes = 0, seconds = 0;
    if (reader.take(':')) {
        minutes = reader.digits(2);
        if (reader.take(':')) seconds = reader.digits(2);
    } else if (reader.next_is_digit()) {
        minutes = reader.digits(2);
    }
    if (hours > 15 || minutes > 59 || seconds > 59) reader.good = false;
    const std::int64_t offset = hours * kHour + minutes * kMinute + seconds * kSecond;
    return behind ? -offset : offset;
}

}  // namespace

Date make_date(int year, int month, int day) {
    const std::int64_t shifted = month <= 2 ? year - 1 : year;  // the year begins in March
    const std::int64_t cycle = floor_divide(shifted, 400);
    const std::int64_t year_of_cycle = shifted - cycle * 400;
    const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const std::int64_t day_of_cycle =
        year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return {static_cast<std::int32_t>(cycle * kDaysOfCycle + day_of_cycle - kDaysBefore1970)};
}

CivilDay civil(Date date) {
    const std::int64_t days = std::int64_t{date.days} + kDaysBefore1970;
    const std::int64_t cycle = floor_divide(days, kDaysOfCycle);
    const int day_of_cycle = static_cast<int>(days - cycle * kDaysOfCycle);
    const int year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36'524 - day_of_cycle / 146'096) / 365;
    const int day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    const int day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return {static_cast<int>(cycle * 400) + year_of_cycle + (month <= 2 ? 1 : 0), month, day};
}

int weekday(Date date) {  // 1970-01-01 was a Thursday
    const std::int64_t days = std::int64_t{date.days} + 3;
    return static_cast<int>(days - floor_divide(days, 7) * 7) + 1;
}

Date add_months(Date date, int months) {
    const CivilDay day = civil(date);
    const std::int64_t index = std::int64_t{day.year} * 12 + (day.month - 1) + months;
    const int year = static_cast<int>(floor_divide(index, 12));
    const int month = static_cast<int>(index - std::int64_t{year} * 12) + 1;
    return make_date(year, month, std::min(day.day, days_in_month(year, month)));
}

Date date_of(Instant instant) {
    return {static_cast<std::int32_t>(floor_divide(to_microseconds(instant) + kVietnam, kDay))};
}

int minute_of_day(Instant instant) {
    const std::int64_t local = to_microseconds(instant) + kVietnam;
    return static_cast<int>((local - floor_divide(local, kDay) * kDay) / kMinute);
}

Instant at(Date date, int minute_of_day) {
    return from_microseconds(date.days * kDay + minute_of_day * kMinute - kVietnam);
}

std::int64_t to_microseconds(Instant instant) {
    return instant.time_since_epoch().count();
}

Instant from_microseconds(std::int64_t microseconds) {
    return Instant{std::chrono::microseconds{microseconds}};
}

std::string to_iso(Instant instant) {
    const Date date = date_of(instant);
    const std::int64_t left = to_microseconds(instant) + kVietnam - date.days * kDay;
    std::string out;
    out.reserve(32);
    append_date(out, date);
    out += 'T';
    append_two(out, static_cast<int>(left / kHour));
    out += ':';
    append_two(out, static_cast<int>(left / kMinute % 60));
    out += ':';
    append_two(out, static_cast<int>(left / kSecond % 60));
    if (left % kSecond != 0) {
        out += '.';
        append_padded(out, left % kSecond, 6);
    }
    out += "+07:00";
    return out;
}

std::string to_iso(Date date) {
    std::string out;
    append_date(out, date);
    return out;
}

std::optional<Instant> parse_instant(std::string_view iso) {
    Reader reader{iso};
    const auto date = read_date(reader);
    if (!date || !(reader.take('T') || reader.take(' ') || reader.take('t'))) return std::nullopt;
    const int hour = reader.digits(2);
    reader.expect(':');
    const int minute = reader.digits(2);
    reader.expect(':');
    const int second = reader.digits(2);
    const std::int64_t fraction = read_fraction(reader);
    const std::int64_t zone = read_zone(reader);
    if (!reader.good || !reader.rest.empty() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return from_microseconds(date->days * kDay + hour * kHour + minute * kMinute +
                             second * kSecond + fraction - zone);
}

std::optional<Date> parse_date(std::string_view iso) {
    Reader reader{iso};
    const auto date = read_date(reader);
    return reader.rest.empty() ? date : std::nullopt;
}

std::string show(Date date) {
    const CivilDay day = civil(date);
    std::string out;
    append_two(out, day.day);
    out += '/';
    append_two(out, day.month);
    out += '/';
    append_padded(out, day.year, 4);
    return out;
}

std::string show_time(Instant instant) {
    const int minute = minute_of_day(instant);
    std::string out;
    append_two(out, minute / 60);
    out += ':';
    append_two(out, minute % 60);
    return out;
}

std::string show(Instant instant) {
    return show_time(instant) + " ngày " + show(date_of(instant));
}

// NĐ 30/2020 Phụ lục I: days below 10 and months 1 and 2 carry a leading zero.
std::string show_long(Date date) {
    const CivilDay day = civil(date);
    std::string out = "ngày ";
    append_two(out, day.day);
    out += " tháng ";
    if (day.month <= 2) out += '0';
    out += std::to_string(day.month) + " năm " + std::to_string(day.year);
    return out;
}

std::optional<Date> parse_shown_date(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    Reader reader{text};
    const auto one_or_two = [&] {
        const int value = reader.digits(1);
        return reader.next_is_digit() ? value * 10 + reader.digits(1) : value;
    };
    const int day = one_or_two();
    const char separator = reader.rest.empty() ? '\0' : reader.rest[0];
    if (separator != '/' && separator != '-' && separator != '.') return std::nullopt;
    reader.expect(separator);
    const int month = one_or_two();
    reader.expect(separator);
    const int year = reader.digits(4);
    if (!reader.good || !reader.rest.empty()) return std::nullopt;
    return checked_date(year, month, day);
}

Instant Clock::now() const {
    return std::chrono::time_point_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now());
}

}  // namespace chilang
