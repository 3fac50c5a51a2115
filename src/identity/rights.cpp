// The table roles × rights. Modules add their rows when they are installed; from then on it is only
// read.
#include "identity/identity.hpp"

#include <algorithm>
#include <mutex>

namespace chilang::identity {

namespace {

std::vector<Right>& table() {
    static std::vector<Right> rights{
        {"identity.admin", "Quản trị tài khoản, chức danh, cơ quan", {Role::administrator}},
        {"identity.audit",
         "Xem nhật ký tra cứu dữ liệu cá nhân",
         {Role::auditor, Role::administrator}}};
    return rights;
}

}  // namespace

std::string_view label(Role role) {
    switch (role) {
        case Role::one_stop:
            return "Cán bộ một cửa";
        case Role::specialist:
            return "Chuyên viên";
        case Role::head:
            return "Trưởng phòng";
        case Role::leader:
            return "Lãnh đạo cơ quan";
        case Role::province_leader:
            return "Lãnh đạo tỉnh";
        case Role::ict:
            return "Cán bộ công nghệ thông tin";
        case Role::auditor:
            return "Thanh tra";
        case Role::administrator:
            return "Quản trị hệ thống";
    }
    return "";
}

void register_rights(std::vector<Right> added) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    for (Right& right : added) {
        const auto known = std::find_if(table().begin(), table().end(),
                                        [&](const Right& r) { return r.name == right.name; });
        if (known == table().end()) {
            table().push_back(std::move(right));
        } else {
            *known = std::move(right);
        }
    }
}

const std::vector<Right>& rights() {
    return table();
}

}  // namespace chilang::identity
