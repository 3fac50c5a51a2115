// Sentences to choose from.
#include "demo/phrases.hpp"

namespace chilang::demo {

namespace {

struct Fault {
    std::string_view fault, remedy;
};
constexpr Fault faults[] = {
    {"ảnh chụp mờ, không đọc được", "chụp lại đủ sáng, thấy rõ bốn góc của giấy tờ"},
    {"thiếu chữ ký của người đề nghị", "ký vào đơn rồi tải lên lại"},
    {"thông tin không khớp với dữ liệu căn cước",
     "sửa theo dữ liệu căn cước hoặc nộp giấy tờ giải trình"},
    {"bản sao đã quá thời hạn sử dụng", "nộp bản mới cấp"},
    {"thiếu trang cuối có dấu xác nhận", "bổ sung trang còn thiếu"},
    {"ghi thiếu diện tích và địa chỉ thửa đất", "ghi đủ theo giấy chứng nhận đã cấp"},
};
constexpr std::string_view extension_reasons[] = {
    "cần lấy ý kiến của cơ quan phối hợp",
    "cần kiểm tra thực địa, thời tiết mưa lớn kéo dài",
    "cần xác minh thông tin tại nơi cư trú trước đây",
    "hồ sơ có nhiều thành phần phải đối chiếu với sổ gốc",
};
constexpr std::string_view refusal_reasons[] = {
    "không đủ điều kiện theo quy định của thủ tục",
    "thông tin trong sổ gốc không trùng với nội dung đề nghị",
    "đối tượng đã được giải quyết cùng nội dung trước đó",
};

template <std::size_t n>
std::string choose(const std::string_view (&list)[n], Random& random) {
    return std::string(list[random.below(n)]);
}

}  // namespace

std::vector<dossiers::Defect> invent_defects(const dossiers::Procedure& procedure, Random& random) {
    std::vector<dossiers::Defect> defects;
    const std::size_t count = procedure.components.size() > 1 && random.permille(250) ? 2 : 1;
    std::size_t component =
        procedure.components.empty() ? 0 : random.below(procedure.components.size());
    for (std::size_t i = 0; i < count; ++i) {
        const Fault& fault = faults[random.below(std::size(faults))];
        const std::string name =
            procedure.components.empty() ? "Đơn đề nghị" : procedure.components[component].name;
        defects.push_back({name, std::string(fault.fault), std::string(fault.remedy)});
        if (!procedure.components.empty())
            component = (component + 1) % procedure.components.size();
    }
    return defects;
}

dossiers::Step invent_extension(const time::Calendar& calendar, Instant due, Random& random) {
    dossiers::Step step;
    step.action = dossiers::Action::extend;
    step.reason = choose(extension_reasons, random);
    step.clause = "NĐ 61/2018/NĐ-CP Điều 19 khoản 9";
    step.new_due = calendar.to_session(
        at(calendar.add_working_days(date_of(due), random.between(2, 6)), minute_of_day(due)));
    return step;
}

dossiers::Step invent_refusal(Random& random) {
    dossiers::Step step;
    step.action = dossiers::Action::reject;
    step.reason = choose(refusal_reasons, random);
    step.clause = "NĐ 61/2018/NĐ-CP Điều 19";
    return step;
}

}  // namespace chilang::demo
