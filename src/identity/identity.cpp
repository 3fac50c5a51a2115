// The service: who acts, what they reach, and the one way in which identity changes its rows.
#include "identity/identity.hpp"

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "html/html.hpp"
#include "identity/state.hpp"

#include <algorithm>

namespace chilang::identity {

namespace {

constexpr int kTries = 4;
constexpr auto kFormLife = std::chrono::hours(12);

// Leaders see all agencies of their unit; who leads or inspects the province sees the province.
std::vector<std::int64_t> reach_of(const Position& position, const places::Places& places,
                                   Date on) {
    const places::Agency& own = places.agency(position.agency);
    const bool committee = own.kind == places::AgencyKind::people_committee;
    const bool wide = (position.role == Role::leader && committee) ||
                      position.role == Role::province_leader || position.role == Role::auditor;
    std::vector<std::int64_t> reach = places.with_predecessors(own.id);
    if (wide)
        for (const places::Agency* agency : places.agencies_in(own.unit, on)) {
            const auto more = places.with_predecessors(agency->id);
            reach.insert(reach.end(), more.begin(), more.end());
        }
    std::sort(reach.begin(), reach.end());
    reach.erase(std::unique(reach.begin(), reach.end()), reach.end());
    return reach;
}

}  // namespace

Identity::State::State(db::Pool& pool, db::WriteLane& lane, ledger::Ledger& ledger,
                       places::Directory& places, Options options)
    : pool(pool),
      lane(lane),
      ledger(ledger),
      places(places),
      options(std::move(options)),
      anonymous_key(hmac_sha256(view(ledger.stream_key()), "anonymous forms")) {}

std::string Identity::State::anonymous_csrf(Instant now) const {
    const std::string time = std::to_string(to_microseconds(now) / 1'000'000);
    return time + "." + to_hex(view(hmac_sha256(view(anonymous_key), time)));
}

bool Identity::State::anonymous_csrf_matches(std::string_view token, Instant now) const {
    const auto dot = token.find('.');
    const auto seconds = text::parse_integer(token.substr(0, dot));
    if (dot == token.npos || !seconds || *seconds < 0 || *seconds > 1'000'000'000'000) return false;
    const Instant made = from_microseconds(*seconds * 1'000'000);
    return constant_time_equal(token, anonymous_csrf(made)) && now - made < kFormLife &&
           made <= now + std::chrono::minutes(1);
}

Actor Identity::State::make_actor(const Account& account, const std::optional<Position>& position,
                                  Date on) const {
    Actor actor{.account = account.id, .name = account.name};
    if (!position || !valid_on(*position, on)) return actor;
    const auto snapshot = places.now();
    actor.position = *position;
    actor.agency_name = snapshot->full_name(snapshot->agency(position->agency));
    actor.agencies = reach_of(*position, *snapshot, on);
    for (const Right& right : identity::rights())
        if (std::find(right.roles.begin(), right.roles.end(), position->role) != right.roles.end())
            actor.rights.insert(right.name);
    return actor;
}

Result<Done> Identity::State::act(std::int64_t account, Step step, const std::string& payload,
                                  std::string actor, Instant at,
                                  const std::vector<db::Statement>& statements) {
    const std::string stream = "account/" + std::to_string(account);
    for (int attempt = 0; attempt < kTries; ++attempt) {
        ledger::Head head;  // stays empty for an account that `statements` are about to make
        {
            auto connection = pool.lease();
            if (const auto row = account_by_id(*connection, account))
                head = {row->stream_seq, row->stream_hash};
        }
        const std::int64_t before = head.seq;
        const auto event = ledger::next_event(head, ledger::kind(static_cast<std::uint8_t>(step)),
                                              stream, actor, payload, at, ledger.stream_key());
        db::WriteSet set{statements, {}};
        set.statements.push_back(
            {"UPDATE identity.account SET stream_seq = $2, stream_hash = $3"
             " WHERE id = $1 AND stream_seq = $4",
             {account, head.seq, head.hash, before},
             db::Expect::one_row});
        set.statements.push_back(ledger::Ledger::append(event));
        const auto outcome = lane.run(
            {.build = [&](std::span<const std::int64_t>) { return Result<db::WriteSet>(set); }});
        if (outcome.ok()) return Done{};
        if (outcome.kind == db::Outcome::Kind::refused) return outcome.problems;
        if (outcome.kind == db::Outcome::Kind::unavailable)
            return Problem{
                "unavailable", "",
                "Hệ thống đang bận, thao tác chưa được ghi nhận. Hãy thử lại sau ít phút."};
    }
    return Problem{"changed_meanwhile", "",
                   "Tài khoản vừa được thay đổi ở nơi khác. Hãy tải lại trang rồi làm lại."};
}

Identity::Identity(db::Pool& pool, db::WriteLane& lane, ledger::Ledger& ledger,
                   places::Directory& places, Options options)
    : state_(std::make_unique<State>(pool, lane, ledger, places, std::move(options))) {}

Identity::~Identity() = default;

std::vector<Member> Identity::members(db::Connection& connection, std::int64_t agency,
                                      Date on) const {
    return connection
        .query(
            "SELECT p.id AS position, a.name, p.title, p.role FROM identity.position p"
            " JOIN identity.account a ON a.id = p.account"
            " WHERE p.agency = $1 AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to > "
            "$2)"
            " AND NOT a.disabled ORDER BY a.name, p.id",
            {agency, on})
        .as<Member>();
}

std::string Identity::name_of_position(db::Connection& connection, std::int64_t position) const {
    const auto rows = connection.query(
        "SELECT a.name FROM identity.position p"
        " JOIN identity.account a ON a.id = p.account WHERE p.id = $1",
        {position});
    return rows.empty() ? std::string() : std::string(rows.at(0, 0).text());
}

void Identity::record_look_up(const Actor& actor, std::string_view subject, std::string_view reason,
                              Instant now) {
    // A stream for each look: looks at one record must not wait for each other.
    ledger::Head head;
    const LookUp look{actor.position.id, std::string(subject), std::string(reason)};
    const auto event = ledger::next_event(
        head, ledger::kind(static_cast<std::uint8_t>(Step::personal_data_looked_up)),
        "look_up/" + to_string(new_id(to_microseconds(now) / 1000)), actor.stream_name(), look, now,
        state_->ledger.stream_key());
    const db::WriteSet set{{{"INSERT INTO identity.look_up (event, at, position, subject, reason)"
                             " VALUES ($1, $2, $3, $4, $5)",
                             {event.id, now, look.position, look.subject, look.reason}},
                            ledger::Ledger::append(event)},
                           {}};
    const auto outcome = state_->lane.run(
        {.build = [&](std::span<const std::int64_t>) { return Result<db::WriteSet>(set); }});
    // A look that cannot be written down does not happen.
    if (!outcome.ok()) throw std::runtime_error("a look-up of personal data could not be recorded");
}

bool Identity::allow(std::string_view key, int per_minute, Instant now) {
    return state_->limiter.allow(key, per_minute, now);
}

std::string Actor::stream_name() const {
    return position.id ? "position/" + std::to_string(position.id) : "citizen";
}

const Actor& actor(const http::Request& request) {
    static const Actor nobody;
    const auto* held = std::any_cast<std::shared_ptr<const Actor>>(&request.principal);
    return held && *held ? **held : nobody;
}

void dress(html::Page& page, const http::Request& request) {
    const Actor& who = actor(request);
    page.signed_in_name = who.name;
    page.signed_in_position = who.position.title;
    if (!who.agency_name.empty()) page.signed_in_position += ", " + who.agency_name;
    page.rights.assign(who.rights.begin(), who.rights.end());
    page.csrf = who.csrf;
}

}  // namespace chilang::identity
