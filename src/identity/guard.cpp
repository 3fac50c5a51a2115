// The guard in front of every route: who is it, may they, and did the form come from our page.
//
// Pages: session cookie and the form's token. API: session cookie with X-CSRF-Token, or a bearer
// token, which needs none because no browser sends it by itself. Anonymous forms carry a signed
// token with its time; besides, a browser that says "cross-site" is refused for every change.
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "http/http.hpp"
#include "identity/state.hpp"
#include "platform/platform.hpp"

namespace chilang::identity {

namespace {

constexpr auto kSeenEvery = std::chrono::minutes(1);

bool is_api(const http::Request& request) {
    return request.path.starts_with("/api/");
}

http::Response refuse(const Identity::State& state, const http::Request& request, int status,
                      std::string title) {
    if (is_api(request) || request.wants_fragment()) return http::problem(status, std::move(title));
    if (state.platform && state.platform->router.error_page)
        return state.platform->router.error_page(request, status, std::move(title));
    return http::text(std::move(title), status);
}

std::shared_ptr<const Actor> by_session(Identity::State& state, const http::Request& request,
                                        Instant now) {
    const auto token = request.cookie(kSessionCookie);
    const auto hash = token_hash(token);
    if (!hash) return nullptr;
    if (auto actor = state.sessions.cached(*hash, now)) return actor;
    auto connection = state.pool.lease();
    const auto row = session_row(*connection, *hash);
    if (!row || !row->complete || now - row->created_at > kAbsolute || now - row->seen_at > kIdle)
        return nullptr;
    const auto account = account_by_id(*connection, row->account);
    if (!account || account->disabled) return nullptr;
    if (now - row->seen_at > kSeenEvery)
        connection->query("UPDATE identity.session SET seen_at = $2 WHERE token_hash = $1",
                          {*hash, now});
    std::optional<Position> position;
    if (row->position) position = position_by_id(*connection, *row->position);
    Actor actor = state.make_actor(*account, position, date_of(request.now));
    actor.csrf = csrf_of(token);
    auto kept = std::make_shared<const Actor>(std::move(actor));
    state.sessions.keep(*hash, kept, now);
    return kept;
}

std::shared_ptr<const Actor> by_bearer(Identity::State& state, const http::Request& request,
                                       Instant now) {
    const auto header = request.header("authorization");
    if (!header.starts_with("Bearer ")) return nullptr;
    const auto hash = token_hash(header.substr(7));
    if (!hash) return nullptr;
    if (auto actor = state.sessions.cached(*hash, now)) return actor;
    auto connection = state.pool.lease();
    const auto found = connection->query(
        "SELECT position, last_used_at FROM identity.api_token WHERE token_hash = $1"
        " AND (ended_at IS NULL OR ended_at > $2) AND (expires_at IS NULL OR expires_at > $2)",
        {*hash, now});
    if (found.empty()) return nullptr;
    if (found.at(0, 1).is_null() || now - found.at(0, 1).instant() > kSeenEvery)
        connection->query("UPDATE identity.api_token SET last_used_at = $2 WHERE token_hash = $1",
                          {*hash, now});
    const auto position = position_by_id(*connection, found.at(0, 0).integer());
    const auto account = position ? account_by_id(*connection, position->account) : std::nullopt;
    if (!account || account->disabled) return nullptr;
    auto kept =
        std::make_shared<const Actor>(state.make_actor(*account, position, date_of(request.now)));
    state.sessions.keep(*hash, kept, now);
    return kept;
}

bool from_our_page(const Identity::State& state, const http::Request& request,
                   const http::Route& route, const Actor& actor, bool bearer, Instant now) {
    if (request.method == http::Method::get || bearer) return true;
    if (request.header("sec-fetch-site") == "cross-site") return false;
    std::string_view token = request.header("x-csrf-token");
    if (is_api(request)) return !actor.signed_in() || constant_time_equal(token, actor.csrf);
    if (!route.csrf) return true;
    if (token.empty()) token = request.field("csrf");
    if (actor.signed_in()) return constant_time_equal(token, actor.csrf);
    return state.anonymous_csrf_matches(token, now);
}

http::Response ask_to_sign_in(const Identity::State& state, const http::Request& request) {
    if (is_api(request) || request.wants_fragment() || request.method != http::Method::get)
        return refuse(state, request, 401, "Cần đăng nhập để làm việc này");
    return http::redirect("/dang-nhap?den=" + text::escape_url(request.target));
}

}  // namespace

std::optional<http::Response> Identity::guard(http::Request& request, const http::Route& route) {
    const Instant now = state_->clock_now();
    const bool bearer = is_api(request) && !request.header("authorization").empty();
    auto who = bearer ? by_bearer(*state_, request, now) : by_session(*state_, request, now);
    if (bearer && !who)
        return refuse(*state_, request, 401, "Mã truy cập không đúng hoặc đã hết hiệu lực");
    if (!who) {
        Actor anonymous;
        anonymous.csrf = state_->anonymous_csrf(now);
        who = std::make_shared<const Actor>(std::move(anonymous));
    }
    request.principal = who;
    if (route.right != "public") {
        if (!who->signed_in()) return ask_to_sign_in(*state_, request);
        if (route.right != "signed_in" && !who->may(route.right))
            return refuse(*state_, request, 403, "Chức danh của bạn không có quyền làm việc này");
    }
    if (!from_our_page(*state_, request, route, *who, bearer, now))
        return refuse(*state_, request, 403, "Biểu mẫu đã quá hạn. Hãy tải lại trang rồi gửi lại");
    return std::nullopt;
}

}  // namespace chilang::identity
