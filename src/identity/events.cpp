// The kinds in the words of the timeline; 23-25 are of places, whose pages are here.
#include "identity/events.hpp"

namespace chilang::identity {

void register_event_kinds() {
    const auto number = [](Step step) { return static_cast<std::uint8_t>(step); };
    ledger::register_kinds({
        {number(Step::signed_in), "signed_in", "Đăng nhập"},
        {number(Step::sign_in_failed), "sign_in_failed", "Đăng nhập không thành công"},
        {number(Step::signed_out), "signed_out", "Đăng xuất"},
        {number(Step::position_granted), "position_granted", "Giao chức danh"},
        {number(Step::position_ended), "position_ended", "Thôi chức danh"},
        {number(Step::personal_data_looked_up), "personal_data_looked_up", "Xem dữ liệu cá nhân"},
        {number(Step::account_created), "account_created", "Tạo tài khoản"},
        {number(Step::password_changed), "password_changed", "Đổi mật khẩu"},
        {number(Step::account_disabled), "account_disabled", "Khóa tài khoản"},
        {number(Step::account_enabled), "account_enabled", "Mở khóa tài khoản"},
        {number(Step::sign_in_reset), "sign_in_reset", "Cấp lại mật khẩu và mã xác thực"},
        {number(Step::api_token_made), "api_token_made", "Cấp mã truy cập API"},
        {number(Step::api_token_revoked), "api_token_revoked", "Thu hồi mã truy cập API"},
        {23, "agency_added", "Thành lập cơ quan"},
        {24, "agency_renamed", "Đổi tên cơ quan"},
        {25, "agency_closed", "Cơ quan thôi hoạt động"},
    });
}

}  // namespace chilang::identity
