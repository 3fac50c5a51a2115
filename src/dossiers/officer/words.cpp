#include "dossiers/officer/words.hpp"

#include <algorithm>
#include <array>

namespace chilang::dossiers {

namespace {

constexpr std::array<ActionForm, 13> forms{{
    {Action::accept, "tiep-nhan",
     "Hồ sơ đầy đủ, hợp lệ: thời hạn giải quyết bắt đầu tính từ lúc này.", false, false, false},
    {Action::refuse, "tu-choi-tiep-nhan",
     "Chỉ từ chối khi hồ sơ không thuộc thẩm quyền hoặc không thuộc thủ tục này. Hồ sơ sửa được "
     "thì yêu cầu bổ sung.",
     true, true, true, "Lý do từ chối"},
    {Action::assign, "phan-cong", "Người được giao sẽ thấy hồ sơ ở mục việc của mình.", true, false,
     false},
    {Action::ask_supplement, "yeu-cau-bo-sung",
     "Chỉ được yêu cầu một lần: ghi đủ mọi giấy tờ còn thiếu hoặc sai, lý do và cách khắc phục. "
     "Nội dung được lưu trong lịch sử công khai, không ghi tên người và số giấy tờ.",
     true, false, false},
    {Action::supplement, "da-bo-sung", "Người nộp đã bổ sung tại quầy. Đính kèm giấy tờ nếu có.",
     true, false, false},
    {Action::draft, "trinh-ky", "Chuyển kết quả dự thảo cho lãnh đạo ký.", false, false, false},
    {Action::send_back, "tra-lai", "Hồ sơ trở lại người đang xử lý; thời hạn vẫn tính.", true, true,
     false, "Việc cần làm lại"},
    {Action::approve, "ky-duyet",
     "Ký kết quả: thời điểm này được so với hạn trả. Trả chậm thì lời xin lỗi được ghi kèm.", false,
     false, false},
    {Action::reject, "tu-choi-giai-quyet",
     "Văn bản từ chối là kết quả giải quyết: phải nêu lý do, căn cứ và trong thời hạn.", true, true,
     true, "Lý do không giải quyết"},
    {Action::extend, "hen-lai",
     "Chỉ được hẹn lại một lần, trước khi hết hạn, kèm lời xin lỗi (Mẫu 04). Lời hẹn cũ vẫn nằm "
     "trong lịch sử.",
     true, true, false, "Lý do phải hẹn lại"},
    {Action::stop, "dung-giai-quyet", "Dừng giải quyết theo quy định của pháp luật (Mẫu 05).", true,
     true, true, "Lý do dừng"},
    {Action::withdraw, "rut-ho-so",
     "Ghi nhận người nộp tự nguyện rút hồ sơ. Hồ sơ rút không tính là đã giải quyết.", true, true,
     false, "Lý do"},
    {Action::hand_over, "tra-ket-qua", "Người nộp đã nhận kết quả.", false, false, false},
}};

}  // namespace

const ActionForm& form_of(Action action) {
    return *std::ranges::find(forms, action, &ActionForm::action);
}

std::optional<Action> action_of(std::string_view address) {
    const auto at = std::ranges::find(forms, address, &ActionForm::address);
    return at == forms.end() ? std::nullopt : std::optional(at->action);
}

}  // namespace chilang::dossiers
