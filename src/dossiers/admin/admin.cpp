#include "dossiers/admin/admin.hpp"

#include "dossiers/admin/calendar.hpp"

#include <array>

namespace chilang::dossiers {

http::Response admin_show(Service& service, const http::Request& request, std::string_view name,
                          html::Page page, int status) {
    return identity::show(service.platform().identity.state(), request, name, std::move(page),
                          status);
}

http::Response admin_missing(Service& service, const http::Request& request, std::string title) {
    const auto& dressed = service.platform().router.error_page;
    return dressed ? dressed(request, 404, std::move(title)) : http::text(title, 404);
}

std::string show_weekday(Date date) {
    constexpr std::array<std::string_view, 7> words{"Thứ Hai", "Thứ Ba",  "Thứ Tư",  "Thứ Năm",
                                                    "Thứ Sáu", "Thứ Bảy", "Chủ nhật"};
    return std::string(words[static_cast<std::size_t>(weekday(date) - 1)]) + ", " + show(date);
}

void install_admin(std::shared_ptr<Service> service) {
    identity::register_rights({{"calendar.admin",
                                "Sửa lịch làm việc, ngày nghỉ và ngày làm bù",
                                {identity::Role::administrator}},
                               {"procedures.admin",
                                "Soạn, công bố, ngừng thủ tục hành chính",
                                {identity::Role::administrator}}});
    ledger::register_kinds(
        {kinds::calendar_day_added, kinds::calendar_day_confirmed, kinds::calendar_day_removed});
    add_calendar_pages(service);
    add_calendar_api(service);
    add_procedure_pages(service);
    add_procedure_api(service);
    service->platform().identity.state().overview.push_back(
        [service](db::Connection&, Instant now, std::vector<identity::OverviewLine>& lines) {
            const Date today = date_of(now);
            std::int64_t drafts = 0;
            for (const Procedure& p : service->procedures()->all()) drafts += p.published ? 0 : 1;
            lines.push_back({"Thủ tục đang công bố",
                             static_cast<std::int64_t>(service->procedures()->in_force().size()),
                             "/quan-tri/thu-tuc?tinh_trang=in_force"});
            if (drafts > 0)
                lines.push_back(
                    {"Thủ tục có bản đang soạn", drafts, "/quan-tri/thu-tuc?tinh_trang=draft"});
            const int year = civil(today).year;
            std::int64_t days = 0, open = 0;
            for (const auto& day : *service->platform().workdays.days()) {
                if (!current(day) || civil(day.date).year != year) continue;
                ++(day.confirmed ? days : open);
            }
            const std::string href = "/quan-tri/ngay-nghi";
            lines.push_back({"Ngày nghỉ, ngày làm bù năm " + std::to_string(year), days, href});
            if (open > 0) lines.push_back({"Ngày chưa xác nhận trong lịch", open, href});
        });
    service->platform().jobs.push_back(
        {"workdays.reload", 60, [service](Instant) { service->platform().workdays.reload(); }});
}

}  // namespace chilang::dossiers
