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
