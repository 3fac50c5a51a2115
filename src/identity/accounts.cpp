// SQL that loads; decides nothing.
#include "identity/accounts.hpp"

namespace chilang::identity {

std::optional<Account> account_by_login(db::Connection& connection, std::string_view login) {
    return connection
        .query(
            "SELECT id, login, name, password_hash, totp_secret, totp_step, failures, locked_until,"
            " disabled, created_at, stream_seq, stream_hash FROM identity.account WHERE login = $1",
            {login})
        .first<Account>();
}

std::optional<Account> account_by_id(db::Connection& connection, std::int64_t id) {
    return connection
        .query(
            "SELECT id, login, name, password_hash, totp_secret, totp_step, failures, locked_until,"
            " disabled, created_at, stream_seq, stream_hash FROM identity.account WHERE id = $1",
            {id})
        .first<Account>();
}

std::vector<Account> all_accounts(db::Connection& connection) {
    return connection
        .query(
            "SELECT id, login, name, password_hash, totp_secret, totp_step, failures, locked_until,"
            " disabled, created_at, stream_seq, stream_hash FROM identity.account ORDER BY login")
        .as<Account>();
}

std::vector<Position> positions_on(db::Connection& connection, Date on) {
    return connection
        .query(
            "SELECT id, account, title, role, agency, valid_from, valid_to FROM identity.position"
            " WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1)"
            " ORDER BY valid_from, id",
            {on})
        .as<Position>();
}

std::vector<Position> positions_of(db::Connection& connection, std::int64_t account) {
    return connection
        .query(
            "SELECT id, account, title, role, agency, valid_from, valid_to FROM identity.position"
            " WHERE account = $1 ORDER BY valid_from, id",
            {account})
        .as<Position>();
}

std::optional<Position> position_by_id(db::Connection& connection, std::int64_t id) {
    return connection
        .query(
            "SELECT id, account, title, role, agency, valid_from, valid_to FROM identity.position"
            " WHERE id = $1",
            {id})
        .first<Position>();
}

bool valid_on(const Position& position, Date on) {
    return position.valid_from <= on && (!position.valid_to || on < *position.valid_to);
}

std::optional<Position> first_position(db::Connection& connection, std::int64_t account, Date on) {
    for (Position& position : positions_of(connection, account))
        if (valid_on(position, on)) return std::move(position);
    return std::nullopt;
}

std::optional<SessionRow> session_row(db::Connection& connection, const Hash& token_hash) {
    return connection
        .query(
            "SELECT account, position, complete, created_at, seen_at FROM identity.session"
            " WHERE token_hash = $1",
            {token_hash})
        .first<SessionRow>();
}

}  // namespace chilang::identity
