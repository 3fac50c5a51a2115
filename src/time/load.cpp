// Reads the list of holidays and swapped days, and refuses one that contradicts itself: a wrong
// weekday is how a mistyped date shows.
#include "time/calendar.hpp"

#include "base/csv.hpp"

#include <set>
#include <stdexcept>
#include <utility>

namespace chilang::time {

namespace {

constexpr std::string_view kWeekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

[[noreturn]] void fail(const CsvRow& row, const std::string& what) {
    throw std::runtime_error("Lịch nghỉ, dòng " + std::to_string(row.line()) + ": " + what);
}

ListedDay listed_day(const CsvRow& row) {
    const auto date = parse_date(row["date"]);
    if (!date) fail(row, "ngày không đúng dạng 2026-01-31: " + row["date"]);
    if (row["weekday"] != kWeekdays[weekday(*date) - 1])
        fail(row, row["date"] + " không phải là " + row["weekday"]);
    const std::string& kind = row["kind"];
    if (kind != "off" && kind != "swapped-work") fail(row, "kind không rõ: " + kind);
    const bool working = kind == "swapped-work";
    if (working && weekday(*date) <= 5) fail(row, "ngày làm bù phải là thứ Bảy hoặc Chủ nhật");
    if (row["name"].empty()) fail(row, "thiếu tên");
    const std::string& certainty = row["certainty"];
    if (certainty != "certain" && certainty != "unconfirmed")
        fail(row, "certainty không rõ: " + certainty);
    return {{*date, working, row["name"]}, row["basis"], certainty == "certain"};
}

}  // namespace

std::vector<ListedDay> read_days(std::string_view csv) {
    std::vector<ListedDay> days;
    std::set<Date> seen;
    for (const CsvRow& row : read_csv(csv)) {
        days.push_back(listed_day(row));
        const Date date = days.back().day.date;
        if (!seen.insert(date).second) fail(row, row["date"] + " có hai lần");
    }
    return days;
}

Calendar load_calendar(std::string_view csv) {
    std::vector<SpecialDay> days;
    for (ListedDay& listed : read_days(csv))
        if (listed.confirmed) days.push_back(std::move(listed.day));
    return Calendar(std::move(days));
}

}  // namespace chilang::time
