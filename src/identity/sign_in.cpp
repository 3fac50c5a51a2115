// Signing in: password first, then the code of the authenticator app; and signing out.
//
// One sentence for a wrong name, a wrong password and a locked account, so that nobody learns which
// logins exist; an unknown login costs the same hashing time. Five faults lock for 15 minutes.
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "identity/demonstration.hpp"
#include "identity/desk.hpp"
#include "identity/totp.hpp"

namespace chilang::identity {

namespace {

constexpr int kFaultsMax = 5;
constexpr auto kLockedFor = std::chrono::minutes(15);
constexpr int kTriesPerMinuteAndAddress = 40, kTriesPerMinuteAndLogin = 10;
constexpr std::string_view kRefused =
    "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa 15 phút vì nhập sai 5 "
    "lần.";

// Only a path of our own: "//other.example" and "/\other.example" leave the site.
std::string safe_target(std::string_view target) {
    const bool own = target.starts_with('/') && !target.starts_with("//") &&
                     !target.starts_with("/\\") && target.find_first_of("\r\n\t") == target.npos &&
                     target.size() < 500;
    return own ? std::string(target) : std::string();
}

http::Response password_page(const State& state, const http::Request& request,
                             const Problems& problems, int status) {
    html::Page page;
    page.title = "Đăng nhập dành cho cán bộ";
    html::View accounts = html::View::list();
    if (state.options.demonstration)
        for (const DemoAccount& account : demonstration_accounts())
            accounts.add({{"login", account.login},
                          {"title", account.title},
                          {"agency", account.agency},
                          {"password", account.password},
                          {"code", totp_code(account.totp_secret, state.clock_now())}});
    page.content = {
        {"target", safe_target(request.method == http::Method::get ? request.arg("den")
                                                                   : request.field("den"))},
        {"login", view(html::FieldView{.name = "ten",
                                       .label = "Tên đăng nhập",
                                       .value = std::string(request.field("ten")),
                                       .error = html::error_of(problems, "ten"),
                                       .autocomplete = "username",
                                       .width = 20,
                                       .length_max = 40})},
        {"password", view(html::FieldView{.name = "mat_khau",
                                          .label = "Mật khẩu",
                                          .type = "password",
                                          .autocomplete = "current-password",
                                          .width = 20})},
        {"errors", html::error_summary(problems)},
        {"has_accounts", state.options.demonstration},
        {"accounts", std::move(accounts)}};
    return show(state, request, "identity/sign_in", std::move(page), status);
}

http::Response code_page(const State& state, const http::Request& request, const Problems& problems,
                         int status) {
    html::Page page;
    page.title = "Nhập mã xác thực";
    page.content = {
        {"target", safe_target(request.method == http::Method::get ? request.arg("den")
                                                                   : request.field("den"))},
        {"code", view(html::FieldView{
                     .name = "ma",
                     .label = "Mã xác thực gồm 6 chữ số",
                     .hint = "Mở ứng dụng xác thực trên điện thoại. Mã đổi sau mỗi 30 giây, mỗi mã "
                             "chỉ dùng được một lần.",
                     .error = html::error_of(problems, "ma"),
                     .autocomplete = "one-time-code",
                     .inputmode = "numeric",
                     .width = 8,
                     .length_max = 10,
                     .heading = true})},
        {"errors", html::error_summary(problems)}};
    return show(state, request, "identity/sign_in_code", std::move(page), status);
}

void record_fault(State& state, const Account& account, std::string_view outcome, Instant real,
                  Instant now) {
    const auto recorded = state.act(
        account.id, Step::sign_in_failed, json::write(AccountStep{account.id}), "system", now,
        {{"UPDATE identity.account SET failures = CASE WHEN failures + 1 >= $2 THEN 0 ELSE "
          "failures + 1 END,"
          " locked_until = CASE WHEN failures + 1 >= $2 THEN $3 ELSE locked_until END WHERE id = "
          "$1",
          {account.id, kFaultsMax, real + kLockedFor}},
         {"INSERT INTO identity.sign_in_attempt (account, at, outcome) VALUES ($1, $2, $3)",
          {account.id, real, outcome}}});
    if (!recorded) throw std::runtime_error("a failed sign-in could not be recorded");
}

const std::string& nobodys_hash() {
    static const std::string hash = hash_password(to_hex(random_bytes(16)));
    return hash;
}

http::Response check_password(State& state, http::Request& request) {
    const Instant real = state.clock_now();
    const std::string login = text::fold(request.field("ten"));
    std::optional<Account> account;
    {
        auto connection = state.pool.lease();
        account = account_by_login(*connection, login);
    }
    const bool right = password_matches(account ? account->password_hash : nobodys_hash(),
                                        std::string(request.field("mat_khau")));
    const Problems refused{{"sign_in_refused", "ten", std::string(kRefused)}};
    if (!account || account->disabled || account->locked(real))
        return password_page(state, request, refused, 422);
    if (!right) {
        record_fault(state, *account, "wrong_password", real, request.now);
        return password_page(state, request, refused, 422);
    }
    const NewToken token = new_token();
    auto connection = state.pool.lease();
    connection->query(
        "INSERT INTO identity.session (token_hash, account, complete, created_at, seen_at)"
        " VALUES ($1, $2, false, $3, $3)",
        {token.hash, account->id, real});
    const std::string target = safe_target(request.field("den"));
    http::Response response = http::redirect(
        "/dang-nhap/ma" + (target.empty() ? "" : "?den=" + text::escape_url(target)));
    response.headers.emplace_back("set-cookie",
                                  session_cookie(token.text, state.options.secure_cookies));
    return response;
}

http::Response post_password(State& state, http::Request& request) {
    const Instant real = state.clock_now();
    const std::string login = text::fold(request.field("ten"));
    if (!state.limiter.allow("sign-in/" + request.remote, kTriesPerMinuteAndAddress, real) ||
        !state.limiter.allow("sign-in-as/" + login.substr(0, 40), kTriesPerMinuteAndLogin, real))
        return password_page(
            state, request,
            {{"too_many", "ten", "Bạn đã thử quá nhiều lần. Hãy đợi một phút rồi thử lại."}}, 429);
    if (login.empty() || request.field("mat_khau").empty() ||
        request.field("mat_khau").size() > 200)
        return password_page(state, request,
                             {{"missing", "ten", "Nhập tên đăng nhập và mật khẩu."}}, 422);
    return on_hashing_thread(state, request,
                             [&state](http::Request& kept) { return check_password(state, kept); });
}

// The session between password and code, if it is still young.
std::optional<SessionRow> pending(State& state, const http::Request& request) {
    const auto hash = token_hash(request.cookie(kSessionCookie));
    if (!hash) return std::nullopt;
    auto connection = state.pool.lease();
    const auto row = session_row(*connection, *hash);
    if (!row || row->complete || state.clock_now() - row->created_at > kPending)
        return std::nullopt;
    return row;
}

// The step whose code this is; a step used before, or older, is none.
std::optional<std::int64_t> step_of(const Account& account, std::string_view code, Instant now) {
    const std::int64_t current = totp_step(now);
    for (std::int64_t step = current - 1; step <= current + 1; ++step)
        if (step > account.totp_step &&
            constant_time_equal(code, totp_code_of_step(account.totp_secret, step)))
            return step;
    return std::nullopt;
}

http::Response complete(State& state, const http::Request& request, const Account& account,
                        std::int64_t step) {
    const Instant real = state.clock_now();
    const NewToken token = new_token();  // a new one: what was set before the code is worth nothing
    std::optional<Position> position;
    {
        auto connection = state.pool.lease();
        position = first_position(*connection, account.id, date_of(request.now));
    }
    const db::Param position_id = position ? db::Param(position->id) : db::Param(nullptr);
    const std::string who = position ? "position/" + std::to_string(position->id) : "system";
    const auto done = state.act(
        account.id, Step::signed_in, json::write(AccountStep{account.id}), who, request.now,
        {{"UPDATE identity.account SET totp_step = $2, failures = 0, locked_until = NULL"
          " WHERE id = $1 AND totp_step < $2",
          {account.id, step},
          db::Expect::one_row},
         {"DELETE FROM identity.session WHERE token_hash = $1",
          {*token_hash(request.cookie(kSessionCookie))}},
         {"INSERT INTO identity.session (token_hash, account, position, complete, created_at, "
          "seen_at)"
          " VALUES ($1, $2, $3, true, $4, $4)",
          {token.hash, account.id, position_id, real}},
         {"INSERT INTO identity.sign_in_attempt (account, at, outcome) VALUES ($1, $2, "
          "'signed_in')",
          {account.id, real}}});
    if (!done) return code_page(state, request, done.problems(), 422);
    const Actor actor = state.make_actor(account, position, date_of(request.now));
    std::string target = safe_target(request.field("den"));
    if (target.empty()) target = actor.may("dossiers.view") ? "/viec" : "/tai-khoan";
    http::Response response = http::redirect(target);
    response.headers.emplace_back("set-cookie",
                                  session_cookie(token.text, state.options.secure_cookies));
    return response;
}

http::Response post_code(State& state, http::Request& request) {
    const auto session = pending(state, request);
    if (!session) return http::redirect("/dang-nhap");
    std::optional<Account> account;
    {
        auto connection = state.pool.lease();
        account = account_by_id(*connection, session->account);
    }
    const Instant real = state.clock_now();
    if (!account || account->disabled || account->locked(real)) return http::redirect("/dang-nhap");
    if (!state.limiter.allow("code/" + std::to_string(account->id), kTriesPerMinuteAndLogin, real))
        return code_page(
            state, request,
            {{"too_many", "ma", "Bạn đã thử quá nhiều lần. Hãy đợi một phút rồi thử lại."}}, 429);
    if (const auto step = step_of(*account, text::digits_only(request.field("ma")), real))
        return complete(state, request, *account, *step);
    record_fault(state, *account, "wrong_code", real, request.now);
    return code_page(
        state, request,
        {{"wrong_code", "ma",
          "Mã không đúng hoặc đã dùng. Đợi mã mới trên ứng dụng rồi nhập lại; kiểm tra "
          "đồng hồ của điện thoại nếu vẫn sai."}},
        422);
}

http::Response sign_out(State& state, http::Request& request) {
    const Actor& who = actor(request);
    if (const auto hash = token_hash(request.cookie(kSessionCookie))) {
        state.sessions.forget(*hash);
        const auto done = state.act(
            who.account, Step::signed_out, json::write(AccountStep{who.account}), who.stream_name(),
            request.now, {{"DELETE FROM identity.session WHERE token_hash = $1", {*hash}}});
        if (!done) return done_or_problem(state, request, done, "/");
    }
    http::Response response = http::redirect("/dang-nhap");
    response.headers.emplace_back("set-cookie", ended_cookie(state.options.secure_cookies));
    return response;
}

}  // namespace

void add_sign_in_routes(State& state, http::Router& router) {
    using http::Method;
    router.add({Method::get, "/dang-nhap", "public", "none", [&state](http::Request& request) {
                    if (actor(request).signed_in()) return http::redirect("/tai-khoan");
                    return password_page(state, request, {}, 200);
                }});
    router.add({Method::post, "/dang-nhap", "public", "sign_in_failed",
                [&state](http::Request& request) { return post_password(state, request); }});
    router.add({Method::get, "/dang-nhap/ma", "public", "none", [&state](http::Request& request) {
                    if (!pending(state, request)) return http::redirect("/dang-nhap");
                    return code_page(state, request, {}, 200);
                }});
    router.add({Method::post, "/dang-nhap/ma", "public", "signed_in",
                [&state](http::Request& request) { return post_code(state, request); }});
    router.add({Method::post, "/dang-xuat", "signed_in", "signed_out",
                [&state](http::Request& request) { return sign_out(state, request); }});
}

}  // namespace chilang::identity
