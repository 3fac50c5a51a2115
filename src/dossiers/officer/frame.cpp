#include "dossiers/officer/officer.hpp"

#include "platform/platform.hpp"

#include <algorithm>

namespace chilang::dossiers {

http::Response staff_page(Platform& platform, const http::Request& request, std::string_view name,
                          html::Page page, int status) {
    page.frame = html::Page::Frame::staff;
    if (page.section.empty()) page.section = "dossiers";
    identity::dress(page, request);
    http::Response response;
    response.status = status;
    response.body = platform.templates.page(name, page);
    response.headers.emplace_back("content-security-policy", platform.templates.csp(page.frame));
    response.headers.emplace_back("cache-control", "no-store");
    return response;
}

http::Response told(Platform& platform, const http::Request& request, int status, std::string title,
                    std::string text, std::string link_label, std::string link_href) {
    html::Page page;
    page.title = title;
    page.content = {{"heading", std::move(title)},
                    {"text", std::move(text)},
                    {"link_label", std::move(link_label)},
                    {"link_href", std::move(link_href)}};
    return staff_page(platform, request, "dossiers/told", std::move(page), status);
}

std::optional<Dossier> dossier_of(Service& service, const http::Request& request) {
    const auto id = parse_id(request.param("id"));
    if (!id) return std::nullopt;
    auto dossier = service.find(*id);
    if (!dossier || !in_reach(identity::actor(request), *dossier)) return std::nullopt;
    return dossier;
}

http::Response no_such_dossier(Platform& platform, const http::Request& request) {
    return told(platform, request, 404, "Không tìm thấy hồ sơ",
                "Hồ sơ này không có, hoặc không thuộc cơ quan mà anh/chị phụ trách.", "Về hộp việc",
                "/viec");
}

html::Tag staff_tag(Status status) {
    using enum html::Tone;
    html::Tone tone = none;
    switch (status) {
        case Status::submitted:
        case Status::waiting_applicant:
            tone = attention;
            break;
        case Status::accepted:
        case Status::processing:
        case Status::deciding:
            tone = on_course;
            break;
        case Status::resolved:
        case Status::returned:
            tone = done;
            break;
        case Status::refused:
        case Status::stopped:
        case Status::withdrawn:
            tone = none;
            break;
    }
    return {tone, std::string(label(status))};
}

std::optional<html::Clock> clock_of(const time::Calendar& calendar, Status status, bool paused,
                                    std::optional<Instant> received, std::optional<Instant> due,
                                    std::optional<Verdict> verdict, Instant now) {
    if (!due || !received) return std::nullopt;
    html::Clock clock;
    clock.due = show(*due);
    clock.due_iso = to_iso(*due);
    if (verdict) {
        clock.tone = *verdict == Verdict::late ? html::Tone::late : html::Tone::done;
        clock.words = std::string(label(*verdict));
        return clock;
    }
    if (!is_open(status)) return std::nullopt;
    if (paused) {
        clock.tone = html::Tone::none;
        clock.words = "tạm dừng tính thời gian";
        return clock;
    }
    const time::ClockFace face = time::clock_face(calendar, *due, now);
    clock.words = face.words;
    switch (face.state) {
        case time::ClockState::on_course:
            clock.tone = html::Tone::on_course;
            break;
        case time::ClockState::attention:
            clock.tone = html::Tone::attention;
            break;
        case time::ClockState::late:
            clock.tone = html::Tone::late;
            break;
        case time::ClockState::none:
            break;
    }
    const int whole = calendar.working_minutes_between(*received, *due);
    const int spent = calendar.working_minutes_between(*received, now);
    clock.spent_percent = whole <= 0 ? 100 : std::clamp(spent * 100 / whole, 0, 100);
    return clock;
}

}  // namespace chilang::dossiers
