// The rows of identity: accounts, positions, sessions. Loads only; changes go through commands.hpp.
#pragma once

#include "identity/identity.hpp"

namespace chilang::identity {

struct Account {
    std::int64_t id = 0;
    std::string login, name, password_hash, totp_secret;
    std::int64_t totp_step = 0, failures = 0;
    std::optional<Instant> locked_until;
    bool disabled = false;
    Instant created_at{};
    std::int64_t stream_seq = 0;
    Hash stream_hash{};
    bool locked(Instant now) const { return locked_until && now < *locked_until; }
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, login, name, password_hash, totp_secret, totp_step, failures,
                       locked_until, disabled, created_at, stream_seq, stream_hash))

std::optional<Account> account_by_login(db::Connection& connection, std::string_view login);
std::optional<Account> account_by_id(db::Connection& connection, std::int64_t id);
std::vector<Account> all_accounts(db::Connection& connection);  // by login
// Held on a day, by anybody; of one person the last to begin comes last.
std::vector<Position> positions_on(db::Connection& connection, Date on);

std::vector<Position> positions_of(db::Connection& connection, std::int64_t account);
std::optional<Position> position_by_id(db::Connection& connection, std::int64_t id);
bool valid_on(const Position& position, Date on);
// The first one held on that day; none: an account without rights.
std::optional<Position> first_position(db::Connection& connection, std::int64_t account, Date on);

struct SessionRow {
    std::int64_t account = 0;
    std::optional<std::int64_t> position;
    bool complete = false;
    Instant created_at{}, seen_at{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (account, position, complete, created_at, seen_at))

std::optional<SessionRow> session_row(db::Connection& connection, const Hash& token_hash);

}  // namespace chilang::identity
