// The working calendar over HTTP: the entries, what a change would mean, and the change.
#include "base/json.hpp"
#include "base/text.hpp"
#include "dossiers/admin/admin.hpp"
#include "dossiers/admin/calendar.hpp"
#include "places/places.hpp"

namespace chilang::dossiers {

struct CalendarBody {
    CalendarVerb verb = CalendarVerb::add;
    std::optional<Date> date;              // add
    std::optional<bool> working;           // add: a make-up day
    std::optional<std::string> name;       // add
    std::optional<workdays::Basis> basis;  // add
    std::optional<bool> confirmed;         // add; true when left out
    std::optional<std::int64_t> day;       // confirm, end: number of the entry
    std::optional<std::string> decision;
};
BOOST_DESCRIBE_STRUCT(CalendarBody, (),
                      (verb, date, working, name, basis, confirmed, day, decision))

struct CalendarChanged {
    workdays::Day day;
    std::string policy;  // "keep": promises already made stay
    std::vector<MovedDue> would_move;
};
BOOST_DESCRIBE_STRUCT(CalendarChanged, (), (day, policy, would_move))

struct CalendarDays {
    std::vector<workdays::Day> items;
};
BOOST_DESCRIBE_STRUCT(CalendarDays, (), (items))

namespace {

CalendarCommand command_of(const CalendarBody& body) {
    CalendarCommand command;
    command.verb = body.verb;
    command.day = body.day.value_or(0);
    command.decision = text::clean(body.decision.value_or(""));
    command.added = {.date = body.date,
                     .working = body.working.value_or(false),
                     .name = text::clean(body.name.value_or("")),
                     .basis = body.basis.value_or(workdays::Basis::statutory),
                     .decision = command.decision,
                     .confirmed = body.confirmed.value_or(true)};
    return command;
}

http::Response answer(const Result<CalendarPreview>& preview) {
    if (!preview) {
        const bool overtaken = preview.problems().front().code == "changed_meanwhile";
        return http::problem(overtaken ? 409 : 422, "Lịch chưa được thay đổi", preview.problems());
    }
    return http::json(json::write(CalendarChanged{preview->day, "keep", preview->moved}));
}

http::Response list(Service& service, const http::Request& request) {
    const auto year = text::parse_integer(request.arg("year"));
    CalendarDays days;
    for (const workdays::Day& day : *service.platform().workdays.days())
        if (!year || civil(day.date).year == *year) days.items.push_back(day);
    return http::json(json::write(days));
}

http::Response impact(Service& service, const http::Request& request) {
    CalendarBody body;
    body.verb = enum_value<CalendarVerb>(request.arg("verb")).value_or(CalendarVerb::add);
    body.date = parse_date(request.arg("date"));
    body.working = request.arg("working") == "true";
    body.name = "?";  // what it is called moves no date
    body.day = text::parse_integer(request.arg("day"));
    body.decision = "?";
    return answer(preview_calendar(service, command_of(body), request.now));
}

http::Response change(Service& service, const http::Request& request) {
    const auto body = json::read<CalendarBody>(request.body);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    return answer(
        change_calendar(service, identity::actor(request), command_of(*body), request.now));
}

}  // namespace

void add_calendar_api(std::shared_ptr<Service> service) {
    using http::Method;
    http::Router& router = service->platform().router;
    const auto add = [&](Method method, std::string pattern, std::string event,
                         http::Response (*handler)(Service&, const http::Request&), http::Doc doc) {
        router.add({.method = method,
                    .pattern = std::move(pattern),
                    .right = "calendar.admin",
                    .event = std::move(event),
                    .handler = [service, handler](
                                   http::Request& request) { return handler(*service, request); },
                    .doc = std::move(doc)});
    };
    add(Method::get, "/api/v1/admin/calendar", "none", list,
        {.summary = "Days off and make-up days, with the time in which each counted",
         .query = {{"year", "only this year"}},
         .output = &type_of<CalendarDays>()});
    add(Method::get, "/api/v1/admin/calendar/impact", "none", impact,
        {.summary = "Open dossiers that a change would count otherwise; their promises are kept",
         .query = {{"verb", "add, confirm or end"},
                   {"date", "add: the day, 2026-11-23"},
                   {"working", "add: true for a make-up day"},
                   {"day", "confirm, end: number of the entry"}},
         .output = &type_of<CalendarChanged>()});
    add(Method::post, "/api/v1/admin/calendar", "calendar_day_added", change,
        {.summary = "Add, confirm or end a day of the calendar; promises already made are kept",
         .input = &type_of<CalendarBody>(),
         .output = &type_of<CalendarChanged>()});
}

}  // namespace chilang::dossiers
