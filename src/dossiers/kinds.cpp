// The kinds of events that this module writes. Their numbers stand in leaves for ever.
#include "dossiers/rules.hpp"

namespace chilang::dossiers::kinds {

constinit const ledger::Kind submitted{40, "dossier_submitted", "Nộp hồ sơ trực tuyến"};
constinit const ledger::Kind accepted{41, "dossier_accepted", "Tiếp nhận hồ sơ"};
constinit const ledger::Kind refused{42, "dossier_refused", "Từ chối tiếp nhận"};
constinit const ledger::Kind assigned{43, "dossier_assigned", "Phân công xử lý"};
constinit const ledger::Kind supplement_asked{44, "dossier_supplement_asked", "Yêu cầu bổ sung"};
constinit const ledger::Kind supplemented{45, "dossier_supplemented", "Đã bổ sung hồ sơ"};
constinit const ledger::Kind drafted{46, "dossier_drafted", "Trình ký kết quả"};
constinit const ledger::Kind sent_back{47, "dossier_sent_back", "Trả lại để xử lý tiếp"};
constinit const ledger::Kind resolved{48, "dossier_resolved", "Ký kết quả giải quyết"};
constinit const ledger::Kind extended{49, "dossier_extended", "Xin lỗi và hẹn lại"};
constinit const ledger::Kind stopped{50, "dossier_stopped", "Dừng giải quyết"};
constinit const ledger::Kind withdrawn{51, "dossier_withdrawn", "Rút hồ sơ"};
constinit const ledger::Kind returned{52, "dossier_returned", "Trả kết quả"};
constinit const ledger::Kind procedure_published{60, "procedure_published", "Công bố thủ tục"};
constinit const ledger::Kind procedure_updated{61, "procedure_updated", "Cập nhật thủ tục"};
constinit const ledger::Kind procedure_closed{62, "procedure_closed", "Bãi bỏ thủ tục"};
constinit const ledger::Kind procedure_drafted{63, "procedure_drafted", "Soạn phiên bản thủ tục"};

std::vector<ledger::Kind> all() {
    return {submitted,         accepted,
            refused,           assigned,
            supplement_asked,  supplemented,
            drafted,           sent_back,
            resolved,          extended,
            stopped,           withdrawn,
            returned,          procedure_published,
            procedure_updated, procedure_closed,
            procedure_drafted};
}

}  // namespace chilang::dossiers::kinds
