#include "app/explain.hpp"

#include <map>

namespace chilang::app {

Problem explain_constraint(const std::string& constraint) {
    static const std::map<std::string, Problem> sentences = {
        {"dossier_code_unique",
         {"code_taken", "", "Mã hồ sơ này đã được cấp. Hãy gửi lại, hệ thống sẽ cấp mã kế tiếp."}},
        {"account_login_unique",
         {"login_taken", "login", "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."}},
    };
    const auto found = sentences.find(constraint);
    if (found != sentences.end()) return found->second;
    return {
        "constraint_" + constraint, "",
        "Dữ liệu không phù hợp với những gì đã lưu. Hãy tải lại trang và kiểm tra, rồi gửi lại."};
}

}  // namespace chilang::app
