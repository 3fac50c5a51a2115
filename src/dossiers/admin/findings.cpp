// The validator: each rule is one doubt seen in the national catalogue (domain notes §1.5).
#include "base/text.hpp"
#include "dossiers/admin/procedures.hpp"

#include <algorithm>
#include <set>

namespace chilang::dossiers {

namespace {

constexpr int long_limit_days = 120, many_components = 30;

// D.NNNNNN with D one of 1, 2, 3, 5, 6; samples have 9.
bool code_form(std::string_view code) {
    return code.size() == 8 && code[1] == '.' && code[0] >= '1' && code[0] <= '9' &&
           std::ranges::all_of(code.substr(2), [](char c) { return c >= '0' && c <= '9'; });
}

void check_components(const Procedure& p, std::vector<Finding>& found) {
    const char* field = "thanh_phan";
    if (p.components.empty())
        found.push_back({field, "Chưa có thành phần hồ sơ nào. Ghi mỗi giấy tờ một dòng.", true});
    if (p.components.size() > many_components)
        found.push_back({field,
                         std::to_string(p.components.size()) +
                             " thành phần: kiểm tra có ghi chú bị nhập như giấy tờ không.",
                         false});
    std::set<std::string> seen;
    for (const Component& component : p.components) {
        if (component.copies <= 0)
            found.push_back({field,
                             "“" + component.name +
                                 "” có số lượng 0: đây là ghi chú, không phải giấy tờ. Bỏ dòng này "
                                 "hoặc ghi số bản.",
                             true});
        if (!seen.insert(text::fold(component.name)).second)
            found.push_back({field, "“" + component.name + "” được ghi hai lần.", false});
    }
}

void check_limit(const Procedure& p, std::vector<Finding>& found) {
    const char* field = "thoi_han";
    if (p.limit_amount == 0 && p.limit_unit != LimitUnit::working_day)
        found.push_back({field,
                         "Thời hạn 0 " + std::string(label(p.limit_unit)) +
                             ": ghi số, hoặc chọn ngày làm việc nếu giải quyết ngay trong ngày.",
                         true});
    if (p.limit_unit != LimitUnit::working_hour && p.limit_unit != LimitUnit::month &&
        p.limit_amount > long_limit_days)
        found.push_back({field,
                         "Thời hạn " + std::to_string(p.limit_amount) + " " +
                             std::string(label(p.limit_unit)) + " dài khác thường.",
                         false});
    if (p.limit_unit == LimitUnit::month && p.limit_amount > 12)
        found.push_back({field, "Thời hạn hơn 12 tháng: kiểm tra đơn vị.", false});
    if (p.pause_policy != PausePolicy::keep && p.pause_clause.empty())
        found.push_back(
            {"can_cu_dung", "Chỉ được tạm dừng tính thời gian khi có điều, khoản cho phép.", true});
    if (p.pause_policy == PausePolicy::keep && !p.pause_clause.empty())
        found.push_back({"can_cu_dung",
                         "Có điều, khoản tạm dừng nhưng cách tính là không dừng: chọn lại.",
                         false});
}

void check_fee(const Procedure& p, std::vector<Finding>& found) {
    if (p.fee_dong > 0 && p.fee_dong < 1000)
        found.push_back({"phi",
                         "Phí " + std::to_string(p.fee_dong) + " đồng: có phải " +
                             text::number(p.fee_dong * 1000) + " đồng không?",
                         true});
    else if (p.fee_dong % 500 != 0)
        found.push_back({"phi", "Phí lẻ dưới 500 đồng: kiểm tra số.", false});
    if (p.fee_dong == 0 && p.fee_note.empty())
        found.push_back(
            {"phi_ghi_chu", "Phí bằng 0 mà không ghi vì sao: miễn, hay chưa biết mức?", false});
}

}  // namespace

std::vector<Finding> findings(const Procedure& p) {
    std::vector<Finding> found;
    if (!code_form(p.code))
        found.push_back({"ma", "Mã có dạng 1.001193: một số, dấu chấm, sáu số.", true});
    if (p.name.empty()) found.push_back({"ten", "Nhập tên thủ tục.", true});
    if (p.field.empty()) found.push_back({"linh_vuc", "Chọn lĩnh vực.", true});
    if (p.department == 0) found.push_back({"co_quan", "Chọn cơ quan phụ trách lĩnh vực.", true});
    if (p.result_name.empty())
        found.push_back({"ket_qua", "Ghi tên giấy tờ là kết quả của thủ tục.", true});
    if (p.basis.empty()) found.push_back({"phap_ly", "Ghi căn cứ pháp lý.", true});
    check_limit(p, found);
    check_fee(p, found);
    check_components(p, found);
    if (p.level == ServiceLevel::information && p.portal_level &&
        *p.portal_level != ServiceLevel::information)
        found.push_back({"muc_do",
                         "Ở đây chỉ cung cấp thông tin, trên Cổng quốc gia lại ghi “" +
                             std::string(label(*p.portal_level)) + "”.",
                         false});
    if (p.certainty == "doubtful")
        found.push_back({"ten", "Dữ liệu gốc được đánh dấu cần kiểm tra.", false});
    return found;
}

}  // namespace chilang::dossiers
