#include "dossiers/citizen/show.hpp"

#include "base/text.hpp"
#include "identity/identity.hpp"

namespace chilang::dossiers {

http::Response citizen_page(Platform& platform, const http::Request& request, std::string_view name,
                            html::Page page, int status) {
    page.frame = html::Page::Frame::citizen;
    identity::dress(page, request);
    http::Response response;
    response.status = status;
    response.body = platform.templates.page(name, page);
    response.headers.emplace_back("content-security-policy", platform.templates.csp(page.frame));
    return response;
}

html::Tag status_tag(Status status) {
    switch (status) {
        case Status::submitted:
            return {html::Tone::none, "Đã gửi, chờ tiếp nhận"};
        case Status::accepted:
            return {html::Tone::on_course, "Đã tiếp nhận"};
        case Status::processing:
        case Status::deciding:
            return {html::Tone::on_course, "Đang giải quyết"};
        case Status::waiting_applicant:
            return {html::Tone::attention, "Cần bổ sung"};
        case Status::refused:
            return {html::Tone::error, "Không được tiếp nhận"};
        case Status::withdrawn:
            return {html::Tone::none, "Đã rút"};
        case Status::stopped:
            return {html::Tone::error, "Đã dừng giải quyết"};
        case Status::resolved:
            return {html::Tone::done, "Đã có kết quả"};
        case Status::returned:
            return {html::Tone::done, "Đã trả kết quả"};
    }
    return {};
}

std::string limit_words(const Procedure& procedure) {
    if (procedure.limit_amount == 0) return "trong ngày làm việc";
    return time::show({procedure.limit_amount, static_cast<time::LimitUnit>(procedure.limit_unit)});
}

std::string fee_words(const Procedure& procedure) {
    std::string words = procedure.fee_dong > 0 ? text::money(procedure.fee_dong) : "";
    if (!procedure.fee_note.empty())
        words += words.empty() ? procedure.fee_note : " (" + procedure.fee_note + ")";
    return words.empty() ? "Không thu" : words;
}

}  // namespace chilang::dossiers
