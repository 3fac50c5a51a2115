// API tokens: the list with the last use of each, a new one that is shown once, revoking.
#include "base/json.hpp"
#include "base/text.hpp"
#include "identity/desk.hpp"
#include "identity/tokens.hpp"

#include <algorithm>

namespace chilang::identity {

struct TokenBody {
    std::string login, label;
    std::optional<std::int64_t> position;
    Date last_day{};
};
BOOST_DESCRIBE_STRUCT(TokenBody, (), (login, label, position, last_day))

struct TokenMade {
    std::int64_t id = 0;
    std::string token;  // told here and never again
};
BOOST_DESCRIBE_STRUCT(TokenMade, (), (id, token))

struct TokenList {
    std::vector<ApiToken> items;
};
BOOST_DESCRIBE_STRUCT(TokenList, (), (items))

struct TokenRevoked {
    std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(TokenRevoked, (), (id))

namespace {

constexpr std::string_view home = "/quan-tri/ma-truy-cap";

html::Tag tag_of(const ApiToken& token, Instant now) {
    if (token.ended_at) return {html::Tone::none, "Đã thu hồi"};
    if (!usable(token, now)) return {html::Tone::late, "Hết hạn"};
    return {html::Tone::done, "Đang dùng"};
}

html::Table table_of(const State& state, const std::vector<ApiToken>& tokens) {
    html::Table table{
        .caption = "Mã truy cập API",
        .columns = {{"Chương trình"},
                    {"Chức danh"},
                    {"Hạn dùng"},
                    {"Dùng lần cuối"},
                    {"Trạng thái"}},
        .stack = true};
    const auto places = state.places.now();
    for (const ApiToken& token : tokens)
        table.rows.push_back(
            {.cells = {
                 {.text = token.label, .second = "Mã số " + std::to_string(token.id)},
                 {.text = token.title,
                  .second = places->full_name(places->agency(token.agency)) + " · " + token.login},
                 {.text = token.expires_at
                              ? "đến hết " + chilang::show(date_of(*token.expires_at) - 1)
                              : "không ghi"},
                 {.text = token.last_used_at ? chilang::show(*token.last_used_at) : "Chưa dùng"},
                 {.tag = tag_of(token, state.clock_now())}}});
    return table;
}

// Positions of the typed account, once it turned out to have several.
html::View position_choice(const State& state, const http::Request& request,
                           const Problems& problems, db::Connection& connection) {
    const std::string error = html::error_of(problems, "chuc_danh");
    if (error.empty() && request.field("chuc_danh").empty()) return {};
    const auto account = account_by_login(connection, text::fold(request.field("ten")));
    if (!account) return {};
    html::ChoiceView choice{.name = "chuc_danh",
                            .label = "Chức danh",
                            .error = error,
                            .chosen = {std::string(request.field("chuc_danh"))},
                            .placeholder = "Chọn chức danh"};
    const auto places = state.places.now();
    for (const Position& position : positions_of(connection, account->id))
        if (valid_on(position, date_of(request.now)))
            choice.options.push_back(
                {std::to_string(position.id),
                 position.title + ", " + places->full_name(places->agency(position.agency))});
    return view(choice);
}

http::Response list_page(const State& state, const http::Request& request, const Problems& problems,
                         int status) {
    html::Page page = admin_page("Mã truy cập API", home);
    html::View& content = page.content;
    auto connection = state.pool.lease();
    const auto tokens = api_tokens(*connection);
    content.set("errors", html::error_summary(problems));
    content.set("revoked", request.arg("da") == "thu-hoi");
    content.set("table", tokens.empty() ? html::View{} : view(table_of(state, tokens)));
    content.set("empty", tokens.empty()
                             ? view(html::EmptyState{
                                   .title = "Chưa cấp mã truy cập nào",
                                   .text = "Cấp mã cho chương trình cần gọi API, mỗi chương trình "
                                           "một mã, theo chức danh mà nó làm việc."})
                             : html::View{});
    html::View open = html::View::list();
    for (const ApiToken& token : tokens)
        if (!token.ended_at)
            open.add({{"href", std::string(home) + "/" + std::to_string(token.id) + "/thu-hoi"},
                      {"label", token.label + " (mã số " + std::to_string(token.id) + ")"}});
    content.set("open", open.empty() ? html::View{} : html::View{{"items", std::move(open)}});
    const auto field = [&](html::FieldView one) {
        one.value = std::string(request.field(one.name));
        one.error = html::error_of(problems, one.name);
        return view(one);
    };
    content.set("label", field({.name = "nhan",
                                .label = "Chương trình",
                                .hint = "Ví dụ: Trục liên thông tỉnh",
                                .length_max = 80}));
    content.set("login", field({.name = "ten",
                                .label = "Tên đăng nhập của tài khoản",
                                .hint = "Chương trình có đúng các quyền của chức danh này",
                                .width = 20,
                                .length_max = 40}));
    content.set("position", position_choice(state, request, problems, *connection));
    content.set("last_day", field({.name = "den_ngay",
                                   .label = "Dùng đến hết ngày",
                                   .hint = "Nhiều nhất một năm, ví dụ 31/12/2026",
                                   .inputmode = "numeric",
                                   .width = 12,
                                   .length_max = 10}));
    return show(state, request, "identity/admin_tokens", std::move(page), status);
}

http::Response made_page(const State& state, const http::Request& request,
                         const MadeApiToken& made) {
    html::Page page = admin_page("Mã truy cập mới", home);
    page.content.set(
        "facts",
        view(html::SummaryList{
            .facts = {{.key = "Chương trình", .value = std::string(request.field("nhan"))},
                      {.key = "Mã số", .value = std::to_string(made.id)},
                      {.key = "Dùng đến hết", .value = std::string(request.field("den_ngay"))}}}));
    page.content.set("token", made.text);
    return show(state, request, "identity/admin_token_made", std::move(page));
}

http::Response create(State& state, http::Request& request) {
    const auto made =
        make_api_token(state, actor(request),
                       {.login = text::fold(request.field("ten")),
                        .position = text::parse_integer(request.field("chuc_danh")),
                        .label = text::clean(request.field("nhan")),
                        .last_day = parse_shown_date(text::trim(request.field("den_ngay")))},
                       request.now);
    if (!made) return list_page(state, request, made.problems(), 422);
    return made_page(state, request, *made);
}

http::Response api_list(const State& state) {
    auto connection = state.pool.lease();
    return http::json(json::write(TokenList{api_tokens(*connection)}));
}

http::Response api_create(State& state, http::Request& request) {
    const auto body = json::read<TokenBody>(request.body);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    const auto made = make_api_token(state, actor(request),
                                     {.login = text::fold(body->login),
                                      .position = body->position,
                                      .label = text::clean(body->label),
                                      .last_day = body->last_day},
                                     request.now);
    if (!made) return http::problem(422, "Chưa cấp được mã truy cập", made.problems());
    return http::json(json::write(TokenMade{made->id, made->text}), 201);
}

http::Response api_revoke(State& state, http::Request& request) {
    const auto id = id_param(request);
    const auto done = revoke_api_token(state, actor(request), id, request.now);
    if (!done) return http::problem(422, "Chưa thu hồi được", done.problems());
    return http::json(json::write(TokenRevoked{id}));
}

}  // namespace

void add_token_routes(State& state, http::Router& router) {
    using http::Method;
    const std::string base(home);
    router.add({Method::get, base, "identity.admin", "none",
                [&state](http::Request& request) { return list_page(state, request, {}, 200); }});
    router.add({Method::post, base, "identity.admin", "api_token_made",
                [&state](http::Request& request) { return create(state, request); }});
    router.add({Method::post, base + "/{id}/thu-hoi", "identity.admin", "api_token_revoked",
                [&state](http::Request& request) {
                    return done_or_problem(
                        state, request,
                        revoke_api_token(state, actor(request), id_param(request), request.now),
                        std::string(home) + "?da=thu-hoi");
                }});
    router.add({Method::get,
                "/api/v1/admin/tokens",
                "identity.admin",
                "none",
                [&state](http::Request&) { return api_list(state); },
                {.summary = "API tokens with their ends and last uses; never their text",
                 .output = &type_of<TokenList>()}});
    router.add({Method::post,
                "/api/v1/admin/tokens",
                "identity.admin",
                "api_token_made",
                [&state](http::Request& request) { return api_create(state, request); },
                {.summary = "Make a token for a position of an account; its text is told once",
                 .input = &type_of<TokenBody>(),
                 .output = &type_of<TokenMade>()}});
    router.add({Method::post,
                "/api/v1/admin/tokens/{id}/revoke",
                "identity.admin",
                "api_token_revoked",
                [&state](http::Request& request) { return api_revoke(state, request); },
                {.summary = "Revoke a token at once", .output = &type_of<TokenRevoked>()}});
}

}  // namespace chilang::identity
