// The module's list: kinds of events, rights, figures, pages, API, jobs, and sentences of
// constraints.
#include "dossiers/dossiers.hpp"

#include "dossiers/admin/admin.hpp"
#include "dossiers/api.hpp"
#include "dossiers/citizen/citizen.hpp"
#include "dossiers/figures.hpp"
#include "dossiers/officer/officer.hpp"
#include "dossiers/service.hpp"
#include "identity/identity.hpp"
#include "platform/platform.hpp"

#include <map>

namespace chilang::dossiers {

namespace {

// NĐ 61/2018/NĐ-CP: the one-stop receives and hands over, specialists appraise, heads share the
// work out, leaders sign.
std::vector<identity::Right> rights() {
    using enum identity::Role;
    return {
        {"dossiers.view",
         "Xem hồ sơ thủ tục hành chính",
         {one_stop, specialist, head, leader, province_leader}},
        {"dossiers.receive", "Tiếp nhận hồ sơ, trả kết quả", {one_stop}},
        {"dossiers.supplement", "Yêu cầu bổ sung hồ sơ", {one_stop, specialist, head}},
        {"dossiers.assign", "Phân công xử lý hồ sơ", {one_stop, head, leader}},
        {"dossiers.process", "Thẩm định, trình ký kết quả", {specialist, head}},
        {"dossiers.decide",
         "Ký duyệt, từ chối, hẹn lại, dừng giải quyết",
         {head, leader, province_leader}},
    };
}

}  // namespace

void install(Platform& platform) {
    ledger::register_kinds(kinds::all());
    identity::register_rights(rights());
    auto service = std::make_shared<Service>(platform);
    register_figures(platform.figures, *service->procedures());
    install_officer(service);
    install_api(service);
    install_citizen(service);
    install_admin(service);
    platform.jobs.push_back({"dossiers.catalogue", 60, [service](Instant now) {
                                 auto connection = service->platform().pool.lease();
                                 service->catalogue().reload(*connection, date_of(now));
                             }});
}

std::optional<Problem> explain(std::string_view constraint) {
    static const std::map<std::string_view, Problem> sentences{
        {"dossier_code_unique",
         {"code_taken", "", "Mã hồ sơ vừa được cấp cho hồ sơ khác. Hãy gửi lại."}},
        {"dossier_pkey", {"id_taken", "", "Hồ sơ này đã được ghi nhận."}},
        {"dossier_procedure_exists",
         {"procedure_unknown", "procedure", "Chọn một thủ tục trong danh mục."}},
        {"dossier_clock_whole",
         {"clock_broken", "", "Thời điểm tiếp nhận và hạn trả phải đi cùng nhau."}},
        {"dossier_due_after_receipt",
         {"due_before_receipt", "", "Hạn trả phải sau thời điểm tiếp nhận."}},
        {"dossier_verdict_with_result",
         {"verdict_broken", "", "Kết quả phải có thời điểm ký và so với hạn."}},
        {"dossier_result_in_status",
         {"status_broken", "", "Trạng thái hồ sơ không khớp với kết quả."}},
        {"dossier_closed_in_status",
         {"status_broken", "", "Trạng thái hồ sơ không khớp với việc kết thúc."}},
        {"dossier_returned_in_status",
         {"status_broken", "", "Trạng thái hồ sơ không khớp với việc trả kết quả."}},
        {"dossier_supplement_once",
         {"supplement_once", "", "Hồ sơ chỉ được yêu cầu bổ sung một lần."}},
        {"dossier_extension_once", {"extend_once", "", "Hồ sơ chỉ được hẹn lại một lần."}},
        {"dossier_channel_known", {"channel_unknown", "channel", "Chọn kênh nộp hồ sơ."}},
        {"dossier_status_known",
         {"status_unknown", "", "Trạng thái hồ sơ không có trong quy định."}},
        {"dossier_secret_size", {"secret_broken", "", "Mã bí mật của hồ sơ bị hỏng."}},
        {"procedure_pkey", {"procedure_taken", "", "Phiên bản thủ tục này đã có."}},
        {"procedure_confirmed_whole",
         {"confirmation_half", "", "Xác nhận phải có cả người xác nhận và ngày xác nhận."}},
        {"procedure_code_unique", {"procedure_code_taken", "code", "Mã thủ tục này đã có."}},
        {"procedure_scope_known",
         {"scope_unknown", "scope", "Chọn cấp giải quyết: tỉnh, huyện hoặc xã."}},
        {"procedure_level_known", {"level_unknown", "level", "Chọn mức độ dịch vụ công."}},
        {"procedure_limit_not_negative",
         {"limit_negative", "limit_amount", "Thời hạn không được âm."}},
        {"procedure_limit_unit_known",
         {"limit_unit_unknown", "limit_unit", "Chọn đơn vị của thời hạn."}},
        {"procedure_pause_policy_known",
         {"pause_unknown", "pause_policy", "Chọn cách tính khi chờ bổ sung."}},
        {"procedure_pause_has_clause",
         {"pause_clause_missing", "pause_clause", "Ghi điều, khoản cho phép tạm dừng."}},
        {"procedure_fee_not_negative", {"fee_negative", "fee_dong", "Lệ phí không được âm."}},
        {"procedure_portal_level_known",
         {"portal_level_unknown", "portal_level", "Chọn mức độ công khai trên Cổng."}},
        {"procedure_valid_order",
         {"valid_order", "valid_to", "Ngày hết hiệu lực phải sau ngày có hiệu lực."}},
    };
    const auto found = sentences.find(constraint);
    return found == sentences.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace chilang::dossiers
