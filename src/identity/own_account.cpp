// Own account: who I am here, in which position I work, my latest sign-ins, a new password.
#include "identity/desk.hpp"

#include "base/text.hpp"

namespace chilang::identity {

namespace {

std::string_view outcome_label(std::string_view outcome) {
    if (outcome == "signed_in") return "Đăng nhập thành công";
    if (outcome == "wrong_password") return "Sai mật khẩu";
    if (outcome == "wrong_code") return "Sai mã xác thực";
    return "Bị từ chối";
}

html::Table attempts_table(db::Connection& connection, std::int64_t account) {
    html::Table table{.caption = "Các lần đăng nhập gần đây", .columns = {{"Lúc"}, {"Kết quả"}}};
    const auto rows = connection.query(
        "SELECT at, outcome FROM identity.sign_in_attempt"
        " WHERE account = $1 ORDER BY id DESC LIMIT 10",
        {account});
    for (std::size_t i = 0; i < rows.size(); ++i)
        table.rows.push_back(
            {.cells = {{.text = chilang::show(rows.at(i, 0).instant())},
                       {.text = std::string(outcome_label(rows.at(i, 1).text()))}}});
    return table;
}

html::View positions_choice(const State& state, db::Connection& connection, const Actor& who,
                            Date today) {
    const auto places = state.places.now();
    html::ChoiceView choice{.name = "chuc_danh",
                            .label = "Chức danh đang làm việc",
                            .chosen = {std::to_string(who.position.id)}};
    for (const Position& position : positions_of(connection, who.account))
        if (valid_on(position, today))
            choice.options.push_back(
                {std::to_string(position.id),
                 position.title + ", " + places->full_name(places->agency(position.agency))});
    return view(choice);
}

http::Response account_page(const State& state, const http::Request& request,
                            const Problems& problems, int status) {
    const Actor& who = actor(request);
    auto connection = state.pool.lease();
    html::Page page = staff_page("Tài khoản của tôi");
    page.section = "";
    const auto field = [&](const char* name, const char* label, const char* complete,
                           const char* hint) {
        return view(html::FieldView{.name = name,
                                    .label = label,
                                    .hint = hint,
                                    .error = html::error_of(problems, name),
                                    .type = "password",
                                    .autocomplete = complete,
                                    .width = 20});
    };
    html::SummaryList facts;
    facts.facts.push_back({.key = "Họ và tên", .value = who.name});
    facts.facts.push_back(
        {.key = "Chức danh", .value = who.position.title, .missing = "Chưa được giao chức danh"});
    facts.facts.push_back({.key = "Cơ quan", .value = who.agency_name, .missing = "Không có"});
    html::Fact held{.key = "Quyền", .missing = "Không có"};
    for (const Right& right : rights())
        if (who.may(right.name))
            held.value.empty() ? held.value = right.label
                               : held.lines.emplace_back(right.label);
    facts.facts.push_back(std::move(held));
    page.content = {
        {"errors", html::error_summary(problems)},
        {"changed", request.arg("da") == "doi-mat-khau"},
        {"facts", view(facts)},
        {"positions", positions_choice(state, *connection, who, date_of(request.now))},
        {"attempts", view(attempts_table(*connection, who.account))},
        {"old_password", field("mat_khau_cu", "Mật khẩu hiện nay", "current-password", "")},
        {"new_password",
         field("mat_khau_moi", "Mật khẩu mới", "new-password", "Ít nhất 12 ký tự.")},
        {"again", field("nhap_lai", "Nhập lại mật khẩu mới", "new-password", "")}};
    return show(state, request, "identity/own_account", std::move(page), status);
}

http::Response change_password(State& state, http::Request& request) {
    const Actor& who = actor(request);
    std::optional<Account> account;
    {
        auto connection = state.pool.lease();
        account = account_by_id(*connection, who.account);
    }
    if (!account) return http::redirect("/dang-nhap");
    const std::string fresh(request.field("mat_khau_moi"));
    Problems problems;
    if (!state.limiter.allow("password/" + std::to_string(who.account), 5, state.clock_now()))
        problems.push_back(
            {"too_many", "mat_khau_cu", "Bạn đã thử quá nhiều lần. Hãy đợi một phút rồi thử lại."});
    else if (!password_matches(account->password_hash, std::string(request.field("mat_khau_cu"))))
        problems.push_back({"wrong_password", "mat_khau_cu", "Mật khẩu hiện nay không đúng."});
    if (auto fault = password_fault(fresh, account->login); !fault.empty())
        problems.push_back({"weak_password", "mat_khau_moi", std::move(fault)});
    else if (fresh != request.field("nhap_lai"))
        problems.push_back(
            {"not_the_same", "nhap_lai", "Hai lần nhập mật khẩu mới không giống nhau."});
    if (!problems.empty()) return account_page(state, request, problems, 422);
    // Other browsers are signed out: the old password may have been known to somebody.
    const auto done =
        state.act(who.account, Step::password_changed, json::write(AccountStep{who.account}),
                  who.stream_name(), request.now,
                  {{"UPDATE identity.account SET password_hash = $2 WHERE id = $1",
                    {who.account, hash_password(fresh)}},
                   {"DELETE FROM identity.session WHERE account = $1 AND token_hash <> $2",
                    {who.account, *token_hash(request.cookie(kSessionCookie))}}});
    state.sessions.forget_account(who.account);
    return done_or_problem(state, request, done, "/tai-khoan?da=doi-mat-khau");
}

http::Response choose_position(State& state, http::Request& request) {
    const Actor& who = actor(request);
    const auto hash = token_hash(request.cookie(kSessionCookie));
    const auto wanted = text::parse_integer(request.field("chuc_danh"));
    if (hash && wanted) {
        auto connection = state.pool.lease();
        connection->query(
            "UPDATE identity.session SET position = $2 WHERE token_hash = $1 AND account = $3"
            " AND EXISTS (SELECT FROM identity.position p WHERE p.id = $2 AND p.account = $3)",
            {*hash, *wanted, who.account});
        state.sessions.forget(*hash);
    }
    return http::redirect("/tai-khoan");
}

}  // namespace

void add_own_account_routes(State& state, http::Router& router) {
    using http::Method;
    router.add({Method::get, "/tai-khoan", "signed_in", "none", [&state](http::Request& request) {
                    return account_page(state, request, {}, 200);
                }});
    router.add({Method::post, "/tai-khoan/mat-khau", "signed_in", "password_changed",
                [&state](http::Request& request) {
                    return on_hashing_thread(state, request, [&state](http::Request& kept) {
                        return change_password(state, kept);
                    });
                }});
    router.add({Method::post, "/tai-khoan/chuc-danh", "signed_in", "none",
                [&state](http::Request& request) { return choose_position(state, request); }});
}

}  // namespace chilang::identity
