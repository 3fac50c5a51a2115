// The administrator's commands. An account and its first position are two events in one stream.
#include "identity/administration.hpp"

#include "base/text.hpp"
#include "identity/totp.hpp"

namespace chilang::identity {

namespace {

using State = Identity::State;

// Sixteen letters that are not mistaken for each other, in groups: read out over the telephone.
std::string new_password() {
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789x";  // 32 of them
    std::string password;
    const std::string random = random_bytes(16);
    for (std::size_t i = 0; i < random.size(); ++i) {
        if (i > 0 && i % 4 == 0) password += '-';
        password += letters[static_cast<unsigned char>(random[i]) % letters.size()];
    }
    return password;
}

bool login_form(std::string_view login) {
    if (login.size() < 2 || login.size() > 40) return false;
    for (const char c : login)
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-')
            return false;
    return (login[0] >= 'a' && login[0] <= 'z') || (login[0] >= '0' && login[0] <= '9');
}

Problems faults_of(const State& state, const Position& form, Date today) {
    Problems problems;
    if (form.title.empty())
        problems.push_back({"missing", "chuc_danh", "Nhập chức danh, ví dụ: Chuyên viên."});
    try {
        if (!places::valid_on(state.places.now()->agency(form.agency), today))
            problems.push_back(
                {"agency_ended", "co_quan", "Cơ quan này không còn hoạt động. Chọn cơ quan khác."});
    } catch (const std::out_of_range&) {
        problems.push_back({"missing", "co_quan", "Chọn cơ quan."});
    }
    return problems;
}

std::int64_t next_id(State& state, std::string_view sequence_of) {
    auto connection = state.pool.lease();
    return connection->query("SELECT nextval(pg_get_serial_sequence($1, 'id'))", {sequence_of})
        .at(0, 0)
        .integer();
}

Result<Done> grant(State& state, const std::string& by, Position form, Instant now) {
    const Date today = date_of(now);
    if (auto problems = faults_of(state, form, today); !problems.empty()) return problems;
    form.id = next_id(state, "identity.position");
    form.valid_from = today;
    const PositionStep step{form.account, form.id, form.agency, std::string(enum_name(form.role)),
                            today};
    const auto done =
        state.act(form.account, Step::position_granted, json::write(step), by, now,
                  {{"INSERT INTO identity.position (id, account, title, role, agency, valid_from)"
                    " VALUES ($1, $2, $3, $4, $5, $6)",
                    {form.id, form.account, form.title, form.role, form.agency, today}}});
    state.sessions.forget_account(form.account);
    return done;
}

Result<Credentials> create(State& state, const std::string& by, const NewAccount& form,
                           Instant now) {
    Position position{.title = form.title, .role = form.role, .agency = form.agency};
    Problems problems = faults_of(state, position, date_of(now));
    if (!login_form(form.login))
        problems.push_back(
            {"login_form", "ten",
             "Tên đăng nhập gồm 2 đến 40 chữ thường không dấu, số, dấu chấm hoặc gạch."});
    if (form.name.empty()) problems.push_back({"missing", "ho_ten", "Nhập họ và tên."});
    if (problems.empty()) {
        auto connection = state.pool.lease();
        if (account_by_login(*connection, form.login))
            problems.push_back(
                {"login_taken", "ten", "Tên đăng nhập này đã có người dùng. Chọn tên khác."});
    }
    if (!problems.empty()) return problems;
    Credentials made{form.login, new_password(), to_base32(random_bytes(20)),
                     next_id(state, "identity.account")};
    if (auto done = state.act(made.account, Step::account_created,
                              json::write(AccountStep{made.account}), by, now,
                              {{"INSERT INTO identity.account (id, login, name, password_hash, "
                                "totp_secret, created_at)"
                                " VALUES ($1, $2, $3, $4, $5, $6)",
                                {made.account, made.login, form.name, hash_password(made.password),
                                 made.totp_secret, now}}});
        !done)
        return done.problems();
    position.account = made.account;
    if (auto done = grant(state, by, position, now); !done) return done.problems();
    return made;
}

}  // namespace

Result<Credentials> create_account(State& state, const Actor& by, const NewAccount& form,
                                   Instant now) {
    return create(state, by.stream_name(), form, now);
}

Result<Credentials> create_account_by_operator(State& state, const NewAccount& form, Instant now) {
    return create(state, "system", form, now);
}

Result<Credentials> reset_sign_in(State& state, const Actor& by, std::int64_t account,
                                  Instant now) {
    std::optional<Account> row;
    {
        auto connection = state.pool.lease();
        row = account_by_id(*connection, account);
    }
    if (!row) return Problem{"no_account", "", "Không có tài khoản này."};
    Credentials made{row->login, new_password(), to_base32(random_bytes(20)), account};
    const auto done = state.act(account, Step::sign_in_reset, json::write(AccountStep{account}),
                                by.stream_name(), now,
                                {{"UPDATE identity.account SET password_hash = $2, totp_secret = "
                                  "$3, totp_step = 0, failures = 0,"
                                  " locked_until = NULL WHERE id = $1",
                                  {account, hash_password(made.password), made.totp_secret},
                                  db::Expect::one_row},
                                 {"DELETE FROM identity.session WHERE account = $1", {account}}});
    state.sessions.forget_account(account);
    if (!done) return done.problems();
    return made;
}

Result<Done> set_disabled(State& state, const Actor& by, std::int64_t account, bool disabled,
                          Instant now) {
    if (account == by.account)
        return Problem{"own_account", "", "Không thể tự khóa tài khoản của mình."};
    const auto done =
        state.act(account, disabled ? Step::account_disabled : Step::account_enabled,
                  json::write(AccountStep{account}), by.stream_name(), now,
                  {{"UPDATE identity.account SET disabled = $2 WHERE id = $1 AND disabled <> $2",
                    {account, disabled},
                    db::Expect::one_row},
                   {"DELETE FROM identity.session WHERE account = $1", {account}}});
    state.sessions.forget_account(account);
    return done;
}

Result<Done> grant_position(State& state, const Actor& by, Position form, Instant now) {
    return grant(state, by.stream_name(), std::move(form), now);
}

Result<Done> end_position(State& state, const Actor& by, std::int64_t id, Instant now) {
    std::optional<Position> position;
    {
        auto connection = state.pool.lease();
        position = position_by_id(*connection, id);
    }
    if (!position) return Problem{"no_position", "", "Không có chức danh này."};
    if (id == by.position.id)
        return Problem{"own_position", "", "Không thể tự kết thúc chức danh đang dùng."};
    const Date today = date_of(now);
    const PositionStep step{position->account, id, position->agency,
                            std::string(enum_name(position->role)), today};
    const auto done = state.act(
        position->account, Step::position_ended, json::write(step), by.stream_name(), now,
        {{"UPDATE identity.position SET valid_to = greatest($2, valid_from)"
          " WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)",
          {id, today},
          db::Expect::one_row},
         {"UPDATE identity.api_token SET ended_at = $2 WHERE position = $1 AND ended_at IS NULL",
          {id, now}}});
    state.sessions.forget_account(position->account);
    return done;
}

}  // namespace chilang::identity
