#include "dossiers/admin/calendar.hpp"

#include "base/json.hpp"
#include "dossiers/store.hpp"
#include "identity/record.hpp"

#include <algorithm>

namespace chilang::dossiers {

namespace kinds {
constinit const ledger::Kind calendar_day_added{20, "calendar_day_added", "Thêm ngày vào lịch"};
constinit const ledger::Kind calendar_day_confirmed{21, "calendar_day_confirmed",
                                                    "Xác nhận ngày trong lịch"};
constinit const ledger::Kind calendar_day_removed{22, "calendar_day_removed", "Bỏ ngày khỏi lịch"};
}  // namespace kinds

// The payload. `open_promises_kept`: open dossiers that would be counted otherwise and are not.
struct CalendarFacts {
    Date date{};
    bool working = false;
    std::string name, decision;
    bool confirmed = false;
    std::int64_t open_promises_kept = 0;
};
BOOST_DESCRIBE_STRUCT(CalendarFacts, (),
                      (date, working, name, decision, confirmed, open_promises_kept))

namespace {

const ledger::Kind& kind_of(CalendarVerb verb) {
    switch (verb) {
        case CalendarVerb::add:
            return kinds::calendar_day_added;
        case CalendarVerb::confirm:
            return kinds::calendar_day_confirmed;
        case CalendarVerb::end:
            break;
    }
    return kinds::calendar_day_removed;
}

Problems check(const std::vector<workdays::Day>& days, const CalendarCommand& command) {
    switch (command.verb) {
        case CalendarVerb::add:
            return workdays::check_add(days, command.added);
        case CalendarVerb::confirm:
            return workdays::check_confirm(days, command.day, command.decision);
        case CalendarVerb::end:
            break;
    }
    return workdays::check_end(days, command.day, command.decision);
}

std::vector<workdays::Day> applied(const std::vector<workdays::Day>& days,
                                   const CalendarCommand& command, Instant now) {
    switch (command.verb) {
        case CalendarVerb::add:
            return workdays::with_added(days, command.added, now);
        case CalendarVerb::confirm:
            return workdays::with_confirmed(days, command.day, command.decision, now);
        case CalendarVerb::end:
            break;
    }
    return workdays::with_ended(days, command.day, command.decision, now);
}

}  // namespace

Result<CalendarPreview> preview_calendar(Service& service, const CalendarCommand& command,
                                         Instant now) {
    const auto days = service.platform().workdays.days();
    if (auto problems = check(*days, command); !problems.empty()) return problems;
    CalendarPreview preview;
    preview.before = days;
    preview.after = applied(*days, command, now);
    preview.day = command.verb == CalendarVerb::end
                      ? *std::ranges::find(*days, command.day, &workdays::Day::id)
                      : preview.after.back();
    const time::Calendar after = workdays::calendar_at(preview.after, now);
    std::vector<Dossier> open;
    {
        auto connection = service.platform().pool.lease();
        open = load_open(*connection);
    }
    const auto& board = service.platform().workdays;
    preview.moved = moved_dues(
        open, *service.procedures(),
        [&board](Instant received) -> const time::Calendar& { return board.as_of(received); },
        after, now);
    return preview;
}

Result<CalendarPreview> change_calendar(Service& service, const identity::Actor& by,
                                        const CalendarCommand& command, Instant now) {
    auto preview = preview_calendar(service, command, now);
    if (!preview) return preview;
    const workdays::Day& day = preview->day;
    const CalendarFacts facts{
        day.date,      day.working,
        day.name,      command.verb == CalendarVerb::add ? day.decision : command.decision,
        day.confirmed, static_cast<std::int64_t>(preview->moved.size())};
    const auto done =
        identity::record(service.platform(), by, now,
                         {.stream = "calendar",
                          .kind = kind_of(command.verb),
                          .payload = json::write(facts),
                          .statements = workdays::changes(*preview->before, preview->after)});
    if (!done) return done.problems();
    service.platform().workdays.reload();
    return preview;
}

}  // namespace chilang::dossiers
