// Tokens are events of the account whose position they act in: numbers only, the text is nowhere.
#include "identity/tokens.hpp"

#include "base/json.hpp"

#include <algorithm>

namespace chilang::identity {

namespace {

using State = Identity::State;

constexpr int longest_days = 366;

struct TokenStep {
    std::int64_t account = 0, token = 0, position = 0;
    std::optional<Date> last_day;
};
BOOST_DESCRIBE_STRUCT(TokenStep, (), (account, token, position, last_day))

// The position in which the program will act, or why there is none.
Result<Position> position_for(State& state, const NewApiToken& form, Date today) {
    auto connection = state.pool.lease();
    const auto account = account_by_login(*connection, form.login);
    if (!account || account->disabled)
        return Problem{"no_account", "ten", "Không có tài khoản đang dùng với tên này."};
    std::vector<Position> held;
    for (Position& position : positions_of(*connection, account->id))
        if (valid_on(position, today)) held.push_back(std::move(position));
    if (held.empty())
        return Problem{"no_position", "ten", "Tài khoản này chưa được giao chức danh."};
    if (held.size() == 1 && !form.position) return held.front();
    for (Position& position : held)
        if (form.position && position.id == *form.position) return position;
    return Problem{"position_open", "chuc_danh",
                   "Tài khoản giữ nhiều chức danh: chọn chức danh mà chương trình làm việc."};
}

}  // namespace

bool usable(const ApiToken& token, Instant now) {
    return !token.ended_at && (!token.expires_at || now < *token.expires_at);
}

std::vector<ApiToken> api_tokens(db::Connection& connection) {
    return connection
        .query(
            "SELECT t.id, p.account, t.position, p.agency, t.label, a.login, p.title,"
            " t.created_at, t.expires_at, t.last_used_at, t.ended_at"
            " FROM identity.api_token t JOIN identity.position p ON p.id = t.position"
            " JOIN identity.account a ON a.id = p.account ORDER BY t.id DESC")
        .as<ApiToken>();
}

Result<MadeApiToken> make_api_token(State& state, const Actor& by, const NewApiToken& form,
                                    Instant now) {
    const Instant clock = state.clock_now();  // lives and ends by the true clock, as sessions do
    const Date today = date_of(clock);
    Problems problems;
    if (form.label.empty())
        problems.push_back({"label_missing", "nhan",
                            "Ghi tên chương trình sẽ dùng mã, ví dụ: Trục liên thông tỉnh."});
    if (!form.last_day)
        problems.push_back({"day_missing", "den_ngay", "Nhập ngày theo dạng 31/12/2026."});
    else if (*form.last_day < today || *form.last_day - today > longest_days)
        problems.push_back(
            {"day_outside", "den_ngay", "Mã dùng được từ hôm nay đến nhiều nhất một năm."});
    const auto position = position_for(state, form, date_of(now));
    if (!position)
        problems.insert(problems.end(), position.problems().begin(), position.problems().end());
    if (!problems.empty()) return problems;
    MadeApiToken made;
    {
        auto connection = state.pool.lease();
        made.id =
            connection->query("SELECT nextval(pg_get_serial_sequence('identity.api_token', 'id'))")
                .at(0, 0)
                .integer();
    }
    const NewToken token = new_token();
    const auto done = state.act(
        position->account, Step::api_token_made,
        json::write(TokenStep{position->account, made.id, position->id, form.last_day}),
        by.stream_name(), now,
        {{"INSERT INTO identity.api_token (id, token_hash, position, label, created_at, expires_at)"
          " OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6)",
          {made.id, token.hash, position->id, form.label, clock, start_of(*form.last_day + 1)}}});
    if (!done) return done.problems();
    made.text = token.text;
    return made;
}

Result<Done> revoke_api_token(State& state, const Actor& by, std::int64_t id, Instant now) {
    std::vector<ApiToken> tokens;
    {
        auto connection = state.pool.lease();
        tokens = api_tokens(*connection);
    }
    const auto token = std::ranges::find(tokens, id, &ApiToken::id);
    if (token == tokens.end()) return Problem{"no_token", "", "Không có mã truy cập này."};
    if (token->ended_at) return Problem{"ended_already", "", "Mã truy cập này đã bị thu hồi."};
    const auto done = state.act(
        token->account, Step::api_token_revoked,
        json::write(TokenStep{token->account, id, token->position, std::nullopt}), by.stream_name(),
        now,
        {{"UPDATE identity.api_token SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
          {id, state.clock_now()},
          db::Expect::one_row}});
    state.sessions.forget_account(token->account);
    return done;
}

}  // namespace chilang::identity
