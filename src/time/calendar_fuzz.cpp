// Fuzzing of the holiday list: any bytes give a calendar or an error that names its line.
#include "time/calendar.hpp"

#include <cstdint>
#include <cstdlib>
#include <stdexcept>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = "date,weekday,name,kind,basis,certainty\n" +
                             std::string(reinterpret_cast<const char*>(data), size);
    try {
        const auto calendar = chilang::time::load_calendar(text);
        const auto date = chilang::make_date(2026, 11, 24);
        if (calendar.add_working_days(date, 5) <= date) std::abort();
    } catch (const std::runtime_error&) {  // refused, with its line
    }
    return 0;
}
