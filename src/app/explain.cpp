#include "app/explain.hpp"

#include "db/db.hpp"
#include "dossiers/dossiers.hpp"

#include <cerrno>
#include <map>
#include <system_error>

namespace chilang::app {

Problem explain_constraint(const std::string& constraint) {
    if (auto problem = dossiers::explain(constraint)) return *problem;
    static const Problem overtaken = {
        "conflict", "", "Hồ sơ vừa được người khác xử lý. Hãy tải lại trang rồi làm tiếp."};
    static const std::map<std::string, Problem> sentences = {
        {"account_login_once",
         {"login_taken", "ten", "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."}},
        {"account_login_form",
         {"wrong_format", "ten", "Tên đăng nhập gồm chữ thường không dấu, số và dấu chấm."}},
        {"day_once", {"date_taken", "ngay", "Ngày này vừa được thêm vào lịch ở nơi khác."}},
        {"day_made_up_at_weekend",
         {"make_up_weekday", "loai", "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."}},
        {"agency_code_once", {"code_taken", "ma", "Mã này vừa được cấp cho cơ quan khác."}},
        {"agency_pkey", {"changed_meanwhile", "", "Vừa có cơ quan khác được thêm. Hãy gửi lại."}},
        {"event_stream_seq", overtaken},
        {"intake_stream_seq", overtaken},
    };
    const auto found = sentences.find(constraint);
    if (found != sentences.end()) return found->second;
    return {
        "constraint_" + constraint, "",
        "Dữ liệu không phù hợp với những gì đã lưu. Hãy tải lại trang và kiểm tra, rồi gửi lại."};
}

std::optional<int> status_of_fault(const std::exception& fault) {
    if (const auto* error = dynamic_cast<const db::Error*>(&fault)) {
        if (error->disk_full()) return 507;
        if (error->unavailable()) return 503;
    }
    if (const auto* error = dynamic_cast<const std::system_error*>(&fault)) {
        const auto code = error->code();
        if (code == std::errc::no_space_on_device || code.value() == EDQUOT) return 507;
    }
    return std::nullopt;
}

}  // namespace chilang::app
