// Changing the working calendar: a command, its preview, and the change with its event. Pages and
// API say the same command.
#pragma once

#include "dossiers/admin/impact.hpp"
#include "dossiers/service.hpp"

namespace chilang::dossiers {

enum class CalendarVerb { add, confirm, end };
BOOST_DESCRIBE_ENUM(CalendarVerb, add, confirm, end)

struct CalendarCommand {
    CalendarVerb verb = CalendarVerb::add;
    workdays::NewDay added;  // add
    std::int64_t day = 0;    // confirm, end
    std::string decision;    // confirm, end
};

struct CalendarPreview {
    workdays::Day day;  // the entry that is added, confirmed or ended
    std::shared_ptr<const std::vector<workdays::Day>> before;
    std::vector<workdays::Day> after;
    std::vector<MovedDue> moved;
};
// Problems: the fields of workdays::NewDay.
Result<CalendarPreview> preview_calendar(Service& service, const CalendarCommand& command,
                                         Instant now);
Result<CalendarPreview> change_calendar(Service& service, const identity::Actor& by,
                                        const CalendarCommand& command, Instant now);

namespace kinds {
extern const ledger::Kind calendar_day_added, calendar_day_confirmed, calendar_day_removed;
}  // namespace kinds

}  // namespace chilang::dossiers
