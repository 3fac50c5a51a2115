// Showing pages, and moving slow password work off the workers.
#include "identity/desk.hpp"

#include "base/log.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace chilang::identity {

http::Response show(const State& state, const http::Request& request, std::string_view name,
                    html::Page page, int status) {
    dress(page, request);
    http::Response response;
    response.status = status;
    response.body = state.platform->templates.page(name, page);
    response.headers.emplace_back("content-security-policy",
                                  state.platform->templates.csp(page.frame));
    response.headers.emplace_back("cache-control", "no-store");
    return response;
}

http::Response done_or_problem(const State& state, const http::Request& request,
                               const Result<Done>& result, std::string where) {
    if (result) return http::redirect(std::move(where));
    return state.platform->router.error_page
               ? state.platform->router.error_page(request, 422, result.problems().front().message)
               : http::text(result.problems().front().message, 422);
}

http::Response on_hashing_thread(State& state, const http::Request& request,
                                 std::function<http::Response(http::Request&)> task) {
    http::Response response;
    response.later = [&state, kept = std::make_shared<http::Request>(request),
                      task = std::move(task)](std::function<void(http::Response)> reply) {
        const bool taken = state.hashing.submit([kept, task, reply] {
            http::Response answer;
            try {
                answer = task(*kept);
            } catch (const std::exception& error) {
                log::error("identity page failed", {{"path", kept->path}, {"error", error.what()}});
                answer = http::text("Hệ thống đang bận. Hãy thử lại sau ít phút.", 503);
            }
            reply(std::move(answer));
        });
        if (!taken)
            reply(http::text("Đang có quá nhiều người đăng nhập. Hãy thử lại sau ít phút.", 503));
    };
    return response;
}

std::int64_t id_param(const http::Request& request) {
    return text::parse_integer(request.param("id")).value_or(0);
}

Date asked_date(const http::Request& request) {
    const auto given = request.arg("ngay");
    if (const auto iso = parse_date(given)) return *iso;
    return parse_shown_date(given).value_or(date_of(request.now));
}

html::View day_form(std::string_view action, Date on, std::string_view query) {
    return html::View{{"action", action},
                      {"query", query},
                      {"field", view(html::FieldView{.name = "ngay",
                                                     .label = "Xem theo ngày",
                                                     .hint = "Ví dụ 14/06/2023",
                                                     .value = chilang::show(on),
                                                     .inputmode = "numeric",
                                                     .width = 12})}};
}

html::View timeline_of(const State& state, db::Connection& connection, std::string_view stream) {
    html::Timeline timeline;
    for (const auto& proven : state.ledger.stream(connection, stream)) {
        const ledger::Event& event = proven.event;
        std::string actor = event.actor == "system" ? "Hệ thống" : event.actor;
        if (actor.starts_with("position/"))
            actor = state.platform->identity.name_of_position(
                connection, text::parse_integer(std::string_view(actor).substr(9)).value_or(0));
        timeline.events.push_back(
            {.title = std::string(ledger::kind(static_cast<std::uint8_t>(event.kind)).label),
             .actor = std::move(actor),
             .when = chilang::show(event.at),
             .when_iso = to_iso(event.at),
             .proof = proven.index ? html::TimelineEvent::Proof::sealed
                                   : html::TimelineEvent::Proof::waiting,
             .proof_index = proven.index ? text::number(*proven.index) : ""});
    }
    return timeline.events.empty() ? html::View{} : view(timeline);
}

html::View cut(html::Table& table, const http::Request& request) {
    constexpr std::int64_t most = 50;
    const auto all = static_cast<std::int64_t>(table.rows.size());
    const std::int64_t pages = std::max<std::int64_t>(1, (all + most - 1) / most);
    const auto asked = text::parse_integer(request.arg("trang")).value_or(1);
    const std::int64_t page = std::clamp<std::int64_t>(asked, 1, pages);
    const std::int64_t from = (page - 1) * most, to = std::min(all, from + most);
    table.rows.erase(table.rows.begin() + to, table.rows.end());
    table.rows.erase(table.rows.begin(), table.rows.begin() + from);
    if (pages == 1) return {};
    return view(html::Pagination{.page = page, .pages = pages, .href = [&](std::int64_t wanted) {
        std::string out = request.path + "?";
        for (const auto& [name, value] : request.query)
            if (name != "trang") out += name + "=" + text::escape_url(value) + "&";
        return out + "trang=" + std::to_string(wanted);
    }});
}

html::Page staff_page(std::string title) {
    html::Page page;
    page.title = std::move(title);
    page.frame = html::Page::Frame::staff;
    page.section = "admin";
    return page;
}

html::Page admin_page(std::string title, std::string_view current_href) {
    html::Page page = staff_page(std::move(title));
    std::vector<html::Tab> tabs{{"Tổng quan", "/quan-tri"},
                                {"Tài khoản", "/quan-tri/tai-khoan"},
                                {"Quyền", "/quan-tri/quyen"},
                                {"Mã truy cập API", "/quan-tri/ma-truy-cap"},
                                {"Đơn vị", "/quan-tri/don-vi"},
                                {"Cơ quan", "/quan-tri/co-quan"},
                                {"Lịch làm việc", "/quan-tri/ngay-nghi"},
                                {"Thủ tục", "/quan-tri/thu-tuc"},
                                {"Nhật ký xem dữ liệu", "/quan-tri/xem-du-lieu"}};
    for (html::Tab& tab : tabs) tab.current = tab.href == current_href;
    page.content = html::View{{"tabs", view(tabs)}, {"heading", page.title}};
    return page;
}

}  // namespace chilang::identity
