// What the tests of this module share: the real calendar, and instants as people write them.
#pragma once

#include "time/calendar.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace chilang::time {

inline const Calendar& real_calendar() {
    static const Calendar calendar = [] {
        std::ifstream file("data/holidays.csv");
        const std::string csv{std::istreambuf_iterator<char>(file), {}};
        return load_calendar(csv);
    }();
    return calendar;
}

// "2023-06-14 16:30", in Viet Nam.
inline Instant moment(const std::string& text) {
    const auto instant = parse_instant(text + ":00+07:00");
    if (!instant) throw std::invalid_argument("not a moment: " + text);
    return *instant;
}

inline std::string written(Instant instant) {
    return to_iso(date_of(instant)) + " " + show_time(instant);
}

}  // namespace chilang::time
