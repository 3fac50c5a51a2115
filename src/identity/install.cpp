// Registers the routes, rights, event kinds and the job of identity.
#include "identity/install.hpp"

#include "identity/desk.hpp"

namespace chilang::identity {

void install(Platform& platform) {
    State& state = platform.identity.state();
    state.platform = &platform;
    register_event_kinds();
    add_sign_in_routes(state, platform.router);
    add_own_account_routes(state, platform.router);
    add_account_admin_routes(state, platform.router);
    add_register_routes(state, platform.router);
    add_unit_routes(state, platform.router);
    add_agency_routes(state, platform.router);
    add_agency_api(state, platform.router);
    add_token_routes(state, platform.router);
    platform.jobs.push_back({"places: names of the day", 600,
                             [&state](Instant now) { state.places.reload(date_of(now)); }});
    platform.jobs.push_back({"identity: forget ended sessions", 3600, [&state](Instant) {
                                 auto connection = state.pool.lease();
                                 connection->query(
                                     "DELETE FROM identity.session WHERE created_at < $1"
                                     " OR (NOT complete AND created_at < $2)",
                                     {state.clock_now() - kAbsolute, state.clock_now() - kPending});
                             }});
}

}  // namespace chilang::identity
