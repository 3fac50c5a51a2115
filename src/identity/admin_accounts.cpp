// Administration of accounts: list, create, one account, disable, new password and secret.
#include "base/text.hpp"
#include "identity/administration.hpp"
#include "identity/desk.hpp"
#include "identity/position_form.hpp"
#include "paper/paper.hpp"

#include <map>

namespace chilang::identity {

namespace {

constexpr std::string_view home = "/quan-tri/tai-khoan";

http::Response list_page(const State& state, const http::Request& request) {
    html::Page page = admin_page("Tài khoản", home);
    const std::string query = text::fold(request.arg("q"));
    const auto places = state.places.now();
    auto connection = state.pool.lease();
    std::map<std::int64_t, Position> held;
    for (Position& position : positions_on(*connection, date_of(request.now)))
        held[position.account] = std::move(position);
    constexpr auto narrow = html::Column::Kind::narrow;
    html::Table table{.caption = "Tài khoản",
                      .columns = {{"Tên đăng nhập", narrow},
                                  {"Họ và tên"},
                                  {"Chức danh"},
                                  {"Trạng thái", narrow}},
                      .stack = true};
    for (const Account& account : all_accounts(*connection)) {
        html::Cell title;
        if (const auto position = held.find(account.id); position != held.end()) {
            title.text = position->second.title;
            title.second = places->full_name(places->agency(position->second.agency));
        }
        const std::string searched =
            account.login + " " + text::fold(account.name + " " + title.text + " " + title.second);
        if (searched.find(query) == searched.npos) continue;
        const std::string href = std::string(home) + "/" + std::to_string(account.id);
        const html::Tag tag = account.disabled ? html::Tag{html::Tone::late, "Đã khóa"}
                                               : html::Tag{html::Tone::done, "Đang dùng"};
        table.rows.push_back({.cells = {{.text = account.login, .href = href},
                                        {.text = account.name},
                                        std::move(title),
                                        {.tag = tag}},
                              .href = href});
    }
    page.content.set("search",
                     view(html::Search{.action = std::string(home),
                                       .value = std::string(request.arg("q")),
                                       .label = "Tìm tài khoản",
                                       .hint = "Tên đăng nhập, họ tên, chức danh hoặc cơ quan"}));
    page.content.set("pages", cut(table, request));
    page.content.set("table", table.rows.empty() ? html::View{} : view(table));
    page.content.set("empty", table.rows.empty()
                                  ? view(html::EmptyState{.title = "Không có tài khoản nào khớp",
                                                          .text = "Bớt chữ trong ô tìm."})
                                  : html::View{});
    return show(state, request, "identity/admin_accounts", std::move(page));
}

http::Response new_page(const State& state, const http::Request& request, const Problems& problems,
                        int status) {
    html::Page page = admin_page("Tạo tài khoản", home);
    page.trail = {{"Quản trị", "/quan-tri"}, {"Tài khoản", std::string(home)}};
    page.content.set("errors", html::error_summary(problems));
    page.content.set("login", view(html::FieldView{.name = "ten",
                                                   .label = "Tên đăng nhập",
                                                   .hint = "Chữ thường không dấu, số và dấu chấm",
                                                   .value = std::string(request.field("ten")),
                                                   .error = html::error_of(problems, "ten"),
                                                   .width = 20,
                                                   .length_max = 40}));
    page.content.set("name", view(html::FieldView{.name = "ho_ten",
                                                  .label = "Họ và tên",
                                                  .value = std::string(request.field("ho_ten")),
                                                  .error = html::error_of(problems, "ho_ten"),
                                                  .length_max = 80}));
    set_position_fields(page.content, state, request, problems);
    return show(state, request, "identity/admin_account_new", std::move(page), status);
}

http::Response credentials_page(const State& state, const http::Request& request,
                                const Credentials& made) {
    html::Page page = admin_page("Thông tin đăng nhập mới", "/quan-tri/tai-khoan");
    const std::string uri = "otpauth://totp/Chi%20Lang:" + text::escape_url(made.login) +
                            "?secret=" + made.totp_secret + "&issuer=Chi%20Lang";
    page.content.set(
        "facts", view(html::SummaryList{
                     .facts = {{.key = "Tên đăng nhập", .value = made.login},
                               {.key = "Mật khẩu tạm", .value = made.password},
                               {.key = "Khóa của ứng dụng xác thực", .value = made.totp_secret}}}));
    page.content.set("qr", html::View::safe(paper::qr_svg(uri)));
    page.content.set("back", "/quan-tri/tai-khoan/" + std::to_string(made.account));
    return show(state, request, "identity/admin_credentials", std::move(page));
}

http::Response create(State& state, http::Request& request) {
    const Position form = position_of_form(request);
    const auto made = create_account(state, actor(request),
                                     {.login = text::fold(request.field("ten")),
                                      .name = text::clean(request.field("ho_ten")),
                                      .title = form.title,
                                      .role = form.role,
                                      .agency = form.agency},
                                     request.now);
    if (!made) return new_page(state, request, made.problems(), 422);
    return credentials_page(state, request, *made);
}

html::Table positions_table(const State& state, db::Connection& connection, std::int64_t account) {
    const auto places = state.places.now();
    html::Table table{.caption = "Chức danh",
                      .show_caption = true,
                      .columns = {{"Chức danh"}, {"Vai trò"}, {"Từ ngày"}, {"Đến trước ngày"}}};
    for (const Position& p : positions_of(connection, account))
        table.rows.push_back(
            {.cells = {{.text = p.title, .second = places->full_name(places->agency(p.agency))},
                       {.text = std::string(label(p.role))},
                       {.text = chilang::show(p.valid_from)},
                       {.text = p.valid_to ? chilang::show(*p.valid_to) : "–"}}});
    return table;
}

http::Response account_page(const State& state, const http::Request& request,
                            const Problems& problems, int status) {
    auto connection = state.pool.lease();
    const auto account = account_by_id(*connection, id_param(request));
    if (!account) return state.platform->router.error_page(request, 404, "Không có tài khoản này");
    html::Page page = admin_page(account->name, "/quan-tri/tai-khoan");
    page.trail = {{"Quản trị", "/quan-tri"}, {"Tài khoản", "/quan-tri/tai-khoan"}};
    page.content.set("errors", html::error_summary(problems));
    page.content.set("head",
                     view(html::RecordHead{.title = account->name,
                                           .code = account->login,
                                           .tag = account->disabled
                                                      ? html::Tag{html::Tone::late, "Đã khóa"}
                                                      : html::Tag{html::Tone::done, "Đang dùng"}}));
    page.content.set("href", "/quan-tri/tai-khoan/" + std::to_string(account->id));
    page.content.set("disabled", account->disabled);
    page.content.set("positions", view(positions_table(state, *connection, account->id)));
    html::View open = html::View::list();
    for (const Position& p : positions_of(*connection, account->id))
        if (valid_on(p, date_of(request.now)))
            open.add({{"href", "/quan-tri/chuc-danh/" + std::to_string(p.id) + "/ket-thuc"},
                      {"title", p.title}});
    page.content.set("open_positions", std::move(open));
    page.content.set("timeline",
                     timeline_of(state, *connection, "account/" + std::to_string(account->id)));
    set_position_fields(page.content, state, request, problems);
    return show(state, request, "identity/admin_account", std::move(page), status);
}

http::Response grant(State& state, http::Request& request) {
    Position form = position_of_form(request);
    form.account = id_param(request);
    const auto done = grant_position(state, actor(request), form, request.now);
    if (!done) return account_page(state, request, done.problems(), 422);
    return http::redirect("/quan-tri/tai-khoan/" + std::to_string(form.account));
}

http::Response disable(State& state, http::Request& request, bool disabled) {
    const auto id = id_param(request);
    return done_or_problem(state, request,
                           set_disabled(state, actor(request), id, disabled, request.now),
                           "/quan-tri/tai-khoan/" + std::to_string(id));
}

http::Response reset(State& state, http::Request& request) {
    const auto made = reset_sign_in(state, actor(request), id_param(request), request.now);
    if (!made) return account_page(state, request, made.problems(), 422);
    return credentials_page(state, request, *made);
}

}  // namespace

void add_account_admin_routes(State& state, http::Router& router) {
    using http::Method;
    router.add({Method::get, "/quan-tri/tai-khoan", "identity.admin", "none",
                [&state](http::Request& request) { return list_page(state, request); }});
    router.add({Method::get, "/quan-tri/tai-khoan/them", "identity.admin", "none",
                [&state](http::Request& request) { return new_page(state, request, {}, 200); }});
    router.add({Method::post, "/quan-tri/tai-khoan/them", "identity.admin", "account_created",
                [&state](http::Request& request) {
                    return on_hashing_thread(state, request, [&state](http::Request& kept) {
                        return create(state, kept);
                    });
                }});
    router.add(
        {Method::get, "/quan-tri/tai-khoan/{id}", "identity.admin", "none",
         [&state](http::Request& request) { return account_page(state, request, {}, 200); }});
    router.add({Method::post, "/quan-tri/tai-khoan/{id}/khoa", "identity.admin", "account_disabled",
                [&state](http::Request& request) { return disable(state, request, true); }});
    router.add({Method::post, "/quan-tri/tai-khoan/{id}/mo", "identity.admin", "account_enabled",
                [&state](http::Request& request) { return disable(state, request, false); }});
    router.add({Method::post, "/quan-tri/tai-khoan/{id}/cap-lai", "identity.admin", "sign_in_reset",
                [&state](http::Request& request) {
                    return on_hashing_thread(state, request, [&state](http::Request& kept) {
                        return reset(state, kept);
                    });
                }});
    router.add({Method::post, "/quan-tri/tai-khoan/{id}/chuc-danh", "identity.admin",
                "position_granted",
                [&state](http::Request& request) { return grant(state, request); }});
    router.add({Method::post, "/quan-tri/chuc-danh/{id}/ket-thuc", "identity.admin",
                "position_ended", [&state](http::Request& request) {
                    return done_or_problem(
                        state, request,
                        end_position(state, actor(request), id_param(request), request.now),
                        "/quan-tri/tai-khoan");
                }});
}

}  // namespace chilang::identity
