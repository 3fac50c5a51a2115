// The control sheet: who had the dossier, from when to when. A print of the events, never typed.
//
// Each event hands the dossier on to whoever takes the next step; its giver and receiver "sign" by
// the event itself, which the ledger proves.
#include "dossiers/slips/sheet.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "dossiers/citizen/show.hpp"

namespace chilang::dossiers {

namespace {

using namespace sheet;

// Who has the dossier after this event.
std::string receiver(const SlipSource& source, std::size_t at, const StepFacts& facts) {
    if (facts.status == Status::waiting_applicant || facts.status == Status::returned)
        return "Người nộp";
    if (facts.status == Status::refused || facts.status == Status::stopped ||
        facts.status == Status::withdrawn)
        return "Kết thúc";
    for (std::size_t next = at + 1; next < source.events.size(); ++next)
        if (source.events[next].event.actor != "citizen")
            return source.name_of(source.events[next].event.actor);
    if (facts.status == Status::processing && source.dossier.assignee)
        return source.name_of("position/" + std::to_string(*source.dossier.assignee));
    return "Đang chờ";
}

std::string outcome_of(const StepFacts& facts, Instant at, const time::Calendar& calendar) {
    if (facts.verdict) return std::string(label(*facts.verdict));
    if (!facts.due_at) return "";
    if (facts.paused) return "Tạm dừng";
    return at <= *facts.due_at ? "Trong hạn" : time::clock_face(calendar, *facts.due_at, at).words;
}

}  // namespace

paper::Document print_control(const SlipSource& source) {
    const Dossier& d = source.dossier;
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < source.events.size(); ++i) {
        const ledger::Event& event = source.events[i].event;
        const auto facts = json::read<StepFacts>(event.payload);
        if (!facts) continue;
        rows.push_back({std::to_string(rows.size() + 1),
                        std::string(ledger::kind(static_cast<std::uint8_t>(event.kind)).label),
                        source.name_of(event.actor), receiver(source, i, *facts), show(event.at),
                        outcome_of(*facts, event.at, source.calendar), facts->note});
    }
    const ledger::Event& newest = source.events.back().event;
    paper::Document document;
    document.margin_left_mm = 25;
    document.margin_right_mm = 15;
    auto& blocks = document.blocks;
    blocks = {mark(Slip::control, newest.at),
              head(source, of_counter(source, number_of(d, "KSHS"), newest.at))};
    for (Block& block : title("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"))
        blocks.push_back(block);
    blocks.push_back(fact("Mã hồ sơ", d.code));
    blocks.push_back(fact("Cơ quan chủ trì giải quyết",
                          source.places.full_name(source.places.agency(d.agency))));
    blocks.push_back(fact("Nội dung yêu cầu giải quyết",
                          source.procedure.name + " (mã thủ tục " + source.procedure.code + ")"));
    blocks.push_back(fact(
        "Người nộp hồ sơ",
        d.applicant.name + (d.applicant.phone.empty() ? "" : ", điện thoại " + d.applicant.phone)));
    blocks.push_back(fact("Thời gian nhận hồ sơ", long_time(*d.received_at)));
    blocks.push_back(fact("Thời gian giải quyết theo quy định", limit_words(source.procedure)));
    blocks.push_back(fact("Hẹn trả kết quả", long_time(*d.first_due_at)));
    if (d.due_at != d.first_due_at)
        blocks.push_back(fact("Hạn đang có hiệu lực", long_time(*d.due_at)));
    blocks.push_back(
        bordered({5, 15, 13, 13, 17, 11, 26},
                 {"TT", "Bước", "Bên giao", "Bên nhận", "Thời điểm", "Kết quả", "Ghi chú"},
                 std::move(rows)));
    blocks.push_back(line("Phiếu in từ sổ sự kiện lúc " + show(source.now) +
                              ". Bên giao, bên nhận ký bằng chính bước đã ghi, không ký tay.",
                          Align::left, {.size_pt = 11, .italic = true}));
    for (Block& block : foot(source, newest)) blocks.push_back(std::move(block));
    return document;
}

}  // namespace chilang::dossiers
