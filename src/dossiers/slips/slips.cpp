// Which papers a dossier has, by its events; the papers themselves are one file each.
#include "dossiers/slips/slips.hpp"

#include "dossiers/slips/sheet.hpp"

#include <algorithm>
#include <array>

namespace chilang::dossiers {

namespace {

struct Row {
    Slip slip;
    std::string_view address, label;
    paper::Document (*print)(const SlipSource&);
    bool for_applicant = true;
};

constexpr std::array<Row, 7> rows{{
    {Slip::submission, "xac-nhan-da-nop", "Xác nhận đã nộp hồ sơ trực tuyến", print_submission},
    {Slip::receipt, "giay-tiep-nhan", "Giấy tiếp nhận và hẹn trả kết quả", print_receipt},
    {Slip::supplement, "yeu-cau-bo-sung", "Phiếu yêu cầu bổ sung hồ sơ", print_supplement},
    {Slip::refusal, "tu-choi-tiep-nhan", "Phiếu từ chối tiếp nhận hồ sơ", print_refusal},
    {Slip::apology, "xin-loi", "Phiếu xin lỗi và hẹn lại", print_apology},
    {Slip::stop, "dung-giai-quyet", "Thông báo dừng giải quyết", print_stop},
    {Slip::control, "kiem-soat", "Phiếu kiểm soát quá trình giải quyết", print_control, false},
}};

const Row& row(Slip slip) {
    return *std::ranges::find(rows, slip, &Row::slip);
}

// A notice that would list nothing is none: what the officer wrote, or at least its note.
bool says_why(const sheet::Happened& step) {
    return step && (step.facts.defects || step.facts.reason || !step.facts.note.empty());
}

bool happened(Slip slip, const std::vector<ledger::ProvenEvent>& events) {
    using sheet::last, sheet::newest;
    switch (slip) {
        case Slip::submission:
            return newest(events, kinds::submitted) && !newest(events, kinds::accepted);
        case Slip::receipt:
        case Slip::control:
            return newest(events, kinds::accepted);
        case Slip::supplement:
            return says_why(last(events, kinds::supplement_asked));
        case Slip::refusal:
            return says_why(last(events, kinds::refused));
        case Slip::apology:
            return newest(events, kinds::extended) ||
                   last(events, kinds::resolved).facts.verdict == Verdict::late;
        case Slip::stop:
            return says_why(last(events, kinds::stopped));
    }
    return false;
}

}  // namespace

std::vector<Slip> issued(const std::vector<ledger::ProvenEvent>& events) {
    std::vector<Slip> found;
    for (const Row& row : rows)
        if (happened(row.slip, events)) found.push_back(row.slip);
    return found;
}

bool for_applicant(Slip slip) {
    return row(slip).for_applicant;
}
std::string_view address(Slip slip) {
    return row(slip).address;
}
std::string_view label(Slip slip) {
    return row(slip).label;
}

std::optional<Slip> slip_of(std::string_view address) {
    const auto at = std::ranges::find(rows, address, &Row::address);
    return at == rows.end() ? std::nullopt : std::optional(at->slip);
}

std::optional<paper::Document> print(Slip slip, const SlipSource& source) {
    if (!happened(slip, source.events)) return std::nullopt;
    paper::Document document = row(slip).print(source);
    document.title = std::string(label(slip)) + " " + source.dossier.code;
    document.margin_bottom_mm = 15;
    return document;
}

}  // namespace chilang::dossiers
