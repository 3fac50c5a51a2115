// Commands of the administrator: each checks its form, changes rows and writes one event.
#pragma once

#include "identity/state.hpp"

namespace chilang::identity {

// Shown once to the administrator, who hands it over: never stored in readable form but the TOTP
// secret.
struct Credentials {
    std::string login, password, totp_secret;
    std::int64_t account = 0;
};

struct NewAccount {
    std::string login, name, title;
    Role role = Role::specialist;
    std::int64_t agency = 0;
};

// Problems: fields "ten", "ho_ten", "chuc_danh", "co_quan". Hashes a password: not on a worker.
Result<Credentials> create_account(Identity::State& state, const Actor& by, const NewAccount& form,
                                   Instant now);
// By whoever runs the program on its machine: the first administrator has nobody to make them.
Result<Credentials> create_account_by_operator(Identity::State& state, const NewAccount& form,
                                               Instant now);
Result<Credentials> reset_sign_in(Identity::State& state, const Actor& by, std::int64_t account,
                                  Instant now);
// Nobody disables their own account.
Result<Done> set_disabled(Identity::State& state, const Actor& by, std::int64_t account,
                          bool disabled, Instant now);
Result<Done> grant_position(Identity::State& state, const Actor& by, Position form, Instant now);
Result<Done> end_position(Identity::State& state, const Actor& by, std::int64_t position,
                          Instant now);

}  // namespace chilang::identity
