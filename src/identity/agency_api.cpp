// Agencies over HTTP: as they were on a day, founding, renaming, closing.
#include "base/json.hpp"
#include "base/text.hpp"
#include "identity/agencies.hpp"
#include "identity/desk.hpp"

namespace chilang::identity {

struct AgencyBody {
    std::string code, name, short_name;
    places::AgencyKind kind = places::AgencyKind::department;
    std::string unit;  // GSO code, as of `from`
    Date from{};
    std::string decision;
};
BOOST_DESCRIBE_STRUCT(AgencyBody, (), (code, name, short_name, kind, unit, from, decision))

struct RenameBody {
    std::string name, short_name;
    Date from{};
    std::string decision;
};
BOOST_DESCRIBE_STRUCT(RenameBody, (), (name, short_name, from, decision))

struct CloseBody {
    std::int64_t successor = 0;
    Date day{};
    std::string decision;
};
BOOST_DESCRIBE_STRUCT(CloseBody, (), (successor, day, decision))

struct AgencyList {
    std::vector<places::Agency> items;
};
BOOST_DESCRIBE_STRUCT(AgencyList, (), (items))

struct AgencyRecord {
    places::Agency agency;
    std::vector<places::AgencyName> names;
};
BOOST_DESCRIBE_STRUCT(AgencyRecord, (), (agency, names))

namespace {

http::Response record_of(const State& state, std::int64_t id, int status = 200) {
    const auto places = state.places.now();
    for (const places::Agency& agency : places->agencies())
        if (agency.id == id)
            return http::json(json::write(AgencyRecord{agency, places->names(id)}), status);
    return http::problem(404, "Không có cơ quan này");
}

http::Response list(const State& state, const http::Request& request) {
    const auto places = state.places.now();
    AgencyList list;
    for (const places::Agency* agency :
         places->agencies_on(parse_date(request.arg("date")).value_or(date_of(request.now))))
        list.items.push_back(*agency);
    return http::json(json::write(list));
}

http::Response refused(const Problems& problems) {
    return http::problem(problems.front().code == "changed_meanwhile" ? 409 : 422,
                         "Cơ quan chưa được thay đổi", problems);
}

http::Response add(State& state, const http::Request& request) {
    const auto body = json::read<AgencyBody>(request.body);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    const auto* unit = state.places.now()->by_code(body->unit, body->from);
    const auto made = found_agency(state, actor(request),
                                   {.code = text::clean(body->code),
                                    .name = text::clean(body->name),
                                    .short_name = text::clean(body->short_name),
                                    .kind = body->kind,
                                    .unit = unit ? unit->id : 0,
                                    .from = body->from,
                                    .decision = text::clean(body->decision)},
                                   request.now);
    return made ? record_of(state, *made, 201) : refused(made.problems());
}

http::Response rename(State& state, const http::Request& request) {
    const auto body = json::read<RenameBody>(request.body);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    const auto done = rename_agency(state, actor(request),
                                    {.agency = id_param(request),
                                     .name = text::clean(body->name),
                                     .short_name = text::clean(body->short_name),
                                     .from = body->from,
                                     .decision = text::clean(body->decision)},
                                    request.now);
    return done ? record_of(state, id_param(request)) : refused(done.problems());
}

http::Response close(State& state, const http::Request& request) {
    const auto body = json::read<CloseBody>(request.body);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    const auto done = close_agency(state, actor(request),
                                   {.agency = id_param(request),
                                    .day = body->day,
                                    .successor = body->successor,
                                    .decision = text::clean(body->decision)},
                                   request.now);
    return done ? record_of(state, id_param(request)) : refused(done.problems());
}

}  // namespace

void add_agency_api(State& state, http::Router& router) {
    using http::Method;
    const std::string base = "/api/v1/admin/agencies";
    router.add({Method::get,
                base,
                "identity.admin",
                "none",
                [&state](http::Request& request) { return list(state, request); },
                {.summary = "Agencies in force on a day, with their present names",
                 .query = {{"date", "the day, default today"}},
                 .output = &type_of<AgencyList>()}});
    router.add({Method::get,
                base + "/{id}",
                "identity.admin",
                "none",
                [&state](http::Request& request) { return record_of(state, id_param(request)); },
                {.summary = "One agency with all its names", .output = &type_of<AgencyRecord>()}});
    router.add({Method::post,
                base,
                "identity.admin",
                "agency_added",
                [&state](http::Request& request) { return add(state, request); },
                {.summary = "Found an agency",
                 .input = &type_of<AgencyBody>(),
                 .output = &type_of<AgencyRecord>()}});
    router.add({Method::post,
                base + "/{id}/name",
                "identity.admin",
                "agency_renamed",
                [&state](http::Request& request) { return rename(state, request); },
                {.summary = "Give an agency a new name from a day on",
                 .input = &type_of<RenameBody>(),
                 .output = &type_of<AgencyRecord>()}});
    router.add({Method::post,
                base + "/{id}/close",
                "identity.admin",
                "agency_closed",
                [&state](http::Request& request) { return close(state, request); },
                {.summary = "Close an agency; another takes over its open work",
                 .input = &type_of<CloseBody>(),
                 .output = &type_of<AgencyRecord>()}});
}

}  // namespace chilang::identity
