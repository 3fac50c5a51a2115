#include "identity/agencies.hpp"

#include "base/json.hpp"
#include "identity/record.hpp"
#include "platform/platform.hpp"

namespace chilang::identity {

namespace {

using State = Identity::State;

// 23-25: numbers of places, registered with ours.
constexpr std::uint8_t added = 23, renamed = 24, closed = 25;

struct AgencyStep {
    std::int64_t agency = 0;
    std::string code, name;
    Date day{};
    std::optional<std::int64_t> successor;
    std::string decision;
};
BOOST_DESCRIBE_STRUCT(AgencyStep, (), (agency, code, name, day, successor, decision))

Result<Done> save(State& state, const Actor& by, Instant now, std::uint8_t kind,
                  const AgencyStep& step, std::vector<db::Statement> rows) {
    const auto done = record(*state.platform, by, now,
                             {.stream = "agency/" + std::to_string(step.agency),
                              .kind = ledger::kind(kind),
                              .payload = json::write(step),
                              .statements = std::move(rows)});
    if (done) {
        state.places.reload(date_of(now));
        state.sessions.forget_all();  // who reaches which agencies may have changed
    }
    return done;
}

}  // namespace

Result<std::int64_t> found_agency(State& state, const Actor& by, const places::NewAgency& form,
                                  Instant now) {
    const auto places = state.places.now();
    if (auto problems = check(*places, form, date_of(now)); !problems.empty()) return problems;
    const std::int64_t id = places::next_agency(*places);
    const auto done =
        save(state, by, now, added, {id, form.code, form.name, *form.from, {}, form.decision},
             rows(*places, form));
    if (!done) return done.problems();
    return id;
}

Result<Done> rename_agency(State& state, const Actor& by, const places::Renaming& form,
                           Instant now) {
    const auto places = state.places.now();
    if (auto problems = check(*places, form, date_of(now)); !problems.empty()) return problems;
    return save(
        state, by, now, renamed,
        {form.agency, places->agency(form.agency).code, form.name, *form.from, {}, form.decision},
        rows(form));
}

Result<Done> close_agency(State& state, const Actor& by, const places::Closing& form, Instant now) {
    const auto places = state.places.now();
    if (auto problems = check(*places, form, date_of(now)); !problems.empty()) return problems;
    const places::Agency& agency = places->agency(form.agency);
    return save(state, by, now, closed,
                {form.agency, agency.code, agency.name, *form.day, form.successor, form.decision},
                rows(form));
}

}  // namespace chilang::identity
