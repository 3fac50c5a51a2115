// What the files of identity share: the services, the pools, the caches.
#pragma once

#include "identity/accounts.hpp"
#include "identity/events.hpp"
#include "identity/identity.hpp"
#include "identity/limiter.hpp"
#include "identity/passwords.hpp"
#include "identity/sessions.hpp"

namespace chilang {
struct Platform;
}

namespace chilang::identity {

// A line of the administrator's overview.
struct OverviewLine {
    std::string text;
    std::int64_t count = 0;
    std::string href;  // may be empty
};

struct Identity::State {
    State(db::Pool& pool, db::WriteLane& lane, ledger::Ledger& ledger, places::Directory& places,
          Options options);

    db::Pool& pool;
    db::WriteLane& lane;
    ledger::Ledger& ledger;
    places::Directory& places;
    Options options;
    Hash anonymous_key;  // signs the tokens of anonymous forms
    Sessions sessions;
    Limiter limiter;
    Platform* platform = nullptr;  // set by install()
    // Modules of higher levels add their lines to the overview; before the server starts.
    std::vector<std::function<void(db::Connection&, Instant, std::vector<OverviewLine>&)>> overview;
    HashPool hashing;  // last: its threads use all of the above

    // Security runs on the true clock; request.now may be the business time of a demonstration.
    Instant clock_now() const { return options.clock->now(); }
    std::string anonymous_csrf(Instant now) const;
    bool anonymous_csrf_matches(std::string_view token, Instant now) const;

    // Who acts with this position, with name, reach and rights.
    Actor make_actor(const Account& account, const std::optional<Position>& position,
                     Date on) const;

    // Commits `statements` with one event in the account's stream; tries again when another command
    // moved the stream on. `actor`: "position/12", "system".
    Result<Done> act(std::int64_t account, Step step, const std::string& payload, std::string actor,
                     Instant at, const std::vector<db::Statement>& statements);
};

}  // namespace chilang::identity
