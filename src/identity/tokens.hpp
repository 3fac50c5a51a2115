// Bearer tokens of programs: made for a position, with an end set in advance, shown once, revoked.
#pragma once

#include "identity/state.hpp"

namespace chilang::identity {

struct ApiToken {
    std::int64_t id = 0, account = 0, position = 0, agency = 0;
    std::string label, login, title;
    Instant created_at{};
    std::optional<Instant> expires_at, last_used_at, ended_at;
};
BOOST_DESCRIBE_STRUCT(ApiToken, (),
                      (id, account, position, agency, label, login, title, created_at, expires_at,
                       last_used_at, ended_at))
bool usable(const ApiToken& token, Instant now);
std::vector<ApiToken> api_tokens(db::Connection& connection);  // newest first

// Problems: fields "ten" (login of the account), "chuc_danh", "nhan", "den_ngay".
struct NewApiToken {
    std::string login;
    std::optional<std::int64_t> position;  // needed when the account holds several
    std::string label;                     // what the program is
    std::optional<Date> last_day;          // at most a year from today
};
struct MadeApiToken {
    std::int64_t id = 0;
    std::string text;  // shown once, kept nowhere
};
Result<MadeApiToken> make_api_token(Identity::State& state, const Actor& by,
                                    const NewApiToken& form, Instant now);
Result<Done> revoke_api_token(Identity::State& state, const Actor& by, std::int64_t id,
                              Instant now);

}  // namespace chilang::identity
