// The browser of the tests, and what a test house is made of.
#include "identity/browser_testing.hpp"

#include "base/text.hpp"
#include "identity/totp.hpp"

#include <stdexcept>

namespace chilang::identity {

namespace {

// Services that identity never touches stand there as addresses only.
alignas(64) char untouched[4096];
template <class T>
T& untouched_service() {
    return reinterpret_cast<T&>(untouched);
}

std::string url_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += from_hex(text.substr(i + 1, 2)).value_or("");
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

Desk::Desk()
    : folder(std::filesystem::temp_directory_path() / ("desk-" + to_string(new_id(1)))),
      clock(std::make_shared<SetClock>(at(make_date(2026, 11, 24), 9 * 60))),
      places(database.pool()),
      workdays(database.pool()),
      ledger(database.pool(), {.folder = folder, .seal = false, .clock = clock}),
      lane(database.url(), {}),
      templates(html::embedded_templates(), "1"),
      identity((
                   [this] {
                       auto connection = database.pool().lease();
                       places::seed(*connection);
                       places.reload();
                       workdays::seed(*connection);
                       workdays.reload();
                       seed_demonstration(*connection, *places.now(), make_date(2026, 1, 1));
                   }(),
                   database.pool()),
               lane, ledger, places, {.demonstration = true, .clock = clock}) {
    templates.strict();
    platform = std::make_unique<Platform>(
        Platform{clock, database.pool(), lane, router, live, templates, workdays, places, ledger,
                 identity, untouched_service<files::Store>(), untouched_service<figures::Figures>(),
                 "http://localhost", jobs});
    install(*platform);
    router.error_page = [](const http::Request&, int status, std::string title) {
        return http::text(title, status);
    };
}

Desk::Answer Desk::Browser::send(http::Request request) {
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    if (question != std::string::npos)
        for (const auto& pair : text::split(request.target.substr(question + 1), '&')) {
            const auto equals = pair.find('=');
            request.query.emplace_back(pair.substr(0, equals),
                                       url_decoded(pair.substr(equals + 1)));
        }
    request.now = desk->clock->now();
    request.remote = "127.0.0.1";
    if (!cookie.empty()) request.cookies.emplace_back("phien", cookie);
    if (!bearer.empty()) request.headers.emplace_back("authorization", "Bearer " + bearer);
    const auto match = desk->router.match(request.method, request.path);
    if (!match.route) return {404, "", ""};
    request.path_params = match.params;
    auto stopped = desk->identity.guard(request, *match.route);
    csrf = actor(request).csrf;
    http::Response response = stopped ? std::move(*stopped) : match.route->handler(request);
    if (response.later) {
        std::promise<http::Response> late;
        auto future = late.get_future();
        response.later([&](http::Response answer) { late.set_value(std::move(answer)); });
        response = future.get();
    }
    Answer answer{response.status, response.body, ""};
    for (const auto& [name, value] : response.headers) {
        if (text::fold(name) == "location") answer.location = value;
        if (text::fold(name) == "set-cookie") cookie = value.substr(6, value.find(';') - 6);
    }
    return answer;
}

Desk::Answer Desk::Browser::get(const std::string& target) {
    http::Request request;
    request.target = target;
    return send(std::move(request));
}

Desk::Answer Desk::Browser::post(const std::string& path, http::Pairs form, http::Pairs headers) {
    if (csrf.empty()) get("/dang-nhap");
    http::Request request;
    request.method = http::Method::post;
    request.target = path;
    request.headers = std::move(headers);
    bool has_token = false;
    for (const auto& [name, value] : form) has_token = has_token || name == "csrf";
    if (!has_token) form.emplace_back("csrf", csrf);
    request.form = std::move(form);
    return send(std::move(request));
}

const DemoAccount& Desk::account(std::string_view login) {
    for (const DemoAccount& account : demonstration_accounts())
        if (account.login == login) return account;
    throw std::logic_error("no demonstration account " + std::string(login));
}

std::string Desk::Browser::sign_in(std::string_view login) {
    const DemoAccount& who = account(login);
    post("/dang-nhap", {{"ten", who.login}, {"mat_khau", who.password}});
    const auto answer =
        post("/dang-nhap/ma", {{"ma", totp_code(who.totp_secret, desk->clock->now())}});
    get("/tai-khoan");
    return answer.location;
}

}  // namespace chilang::identity
