// Form 04, the apology, and the notice that the agency stops: letters of the agency's head.
//
// An apology says which promise was given, by whom it is broken, why, and the new promise; of a
// result that came late it says by how much. NĐ 61/2018/NĐ-CP Điều 19 khoản 9.
#include "dossiers/slips/sheet.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

namespace chilang::dossiers {

namespace {

using namespace sheet;

// The promise in force before this event: what the event before it said.
std::optional<Instant> promised_before(const SlipSource& source, const ledger::Event& event) {
    std::optional<Instant> due;
    for (const auto& proven : source.events) {
        if (proven.event.seq >= event.seq) break;
        if (const auto facts = json::read<StepFacts>(proven.event.payload)) due = facts->due_at;
    }
    return due;
}

void add_opening(std::vector<Block>& blocks, const SlipSource& source) {
    const Dossier& d = source.dossier;
    Block to = line("Kính gửi: " + d.applicant.name, Align::centre, {.size_pt = 14});
    to.after_pt = d.applicant.address.empty() ? 10 : 2;
    blocks.push_back(to);
    if (!d.applicant.address.empty())
        blocks.push_back(line("Địa chỉ: " + d.applicant.address, Align::centre, {.after_pt = 10}));
    blocks.push_back(prose("Ngày " + show(date_of(*d.received_at)) + ", " + agency_name(source) +
                           " tiếp nhận hồ sơ mã số " + d.code +
                           ", đề nghị giải quyết thủ tục: " + source.procedure.name + "."));
}

Block foot_of_letter(const SlipSource& source, const std::string& signer) {
    Block table = signatures({}, {"THỦ TRƯỞNG CƠ QUAN", "(Ký, đóng dấu, ghi rõ họ tên)", signer});
    const Face small{.size_pt = 11, .after_pt = 0};
    table.rows[0][0].blocks = {
        line("Nơi nhận:", Align::left,
             {.size_pt = 12, .bold = true, .italic = true, .after_pt = 0}),
        line("- Như trên;", Align::left, small),
        line("- Bộ phận tiếp nhận và trả kết quả;", Align::left, small),
        line("- Lưu: VT, hồ sơ " + source.dossier.code + ".", Align::left, small)};
    return table;
}

void add_reason(std::vector<Block>& blocks, const StepFacts& facts) {
    blocks.push_back(fact("Lý do", facts.reason.value_or(facts.note)));
    if (facts.clause) blocks.push_back(fact("Căn cứ", *facts.clause));
}

}  // namespace

paper::Document print_apology(const SlipSource& source) {
    const Happened resolved = last(source.events, kinds::resolved);
    const bool late = resolved && resolved.facts.verdict == Verdict::late;
    const Happened step = late ? resolved : last(source.events, kinds::extended);
    const std::string agency = agency_name(source);
    const auto before = promised_before(source, *step.event);
    paper::Document document;
    auto& blocks = document.blocks;
    blocks = {mark(Slip::apology, step.event->at),
              head(source, of_agency(source, number_of(source.dossier, "PXL"), step.event->at))};
    for (Block& block :
         title("PHIẾU XIN LỖI", late ? "Về việc trả kết quả chậm" : "Và hẹn lại ngày trả kết quả"))
        blocks.push_back(block);
    add_opening(blocks, source);
    if (before)
        blocks.push_back(
            prose("Thời gian hẹn trả kết quả giải quyết hồ sơ: " + long_time(*before) + "."));
    if (late) {
        blocks.push_back(prose("Kết quả được ký lúc " + long_time(step.event->at) + ", " +
                               time::clock_face(source.calendar, *before, step.event->at).words +
                               "."));
        if (step.facts.reason) add_reason(blocks, step.facts);
        blocks.push_back(prose(agency +
                               " xin lỗi ông (bà) vì sự chậm trễ này. Kết quả đã có tại Bộ "
                               "phận tiếp nhận và trả kết quả, " +
                               agency + "."));
    } else {
        blocks.push_back(prose("Đến nay " + agency +
                               " chưa thể trả kết quả giải quyết hồ sơ đúng thời gian đã hẹn."));
        add_reason(blocks, step.facts);
        blocks.push_back(prose(agency + " xin lỗi ông (bà) vì sự chậm trễ này và hẹn trả kết quả "
                                        "lại như sau:"));
        blocks.push_back(fact("Thời gian trả kết quả mới", long_time(*step.facts.due_at)));
        blocks.push_back(fact("Nơi trả kết quả", "Bộ phận tiếp nhận và trả kết quả, " + agency));
        blocks.push_back(
            prose("Việc hẹn lại chỉ được thực hiện một lần. Mong nhận được sự thông "
                  "cảm của ông (bà)."));
    }
    blocks.push_back(foot_of_letter(source, source.name_of(step.event->actor)));
    for (Block& block : foot(source, *step.event)) blocks.push_back(std::move(block));
    return document;
}

paper::Document print_stop(const SlipSource& source) {
    const Happened stopped = last(source.events, kinds::stopped);
    paper::Document document;
    auto& blocks = document.blocks;
    blocks = {mark(Slip::stop, stopped.event->at),
              head(source, of_agency(source, number_of(source.dossier, "TB"), stopped.event->at))};
    for (Block& block : title("THÔNG BÁO", "Về việc dừng giải quyết hồ sơ"))
        blocks.push_back(block);
    add_opening(blocks, source);
    const auto before = promised_before(source, *stopped.event);
    if (before) blocks.push_back(fact("Thời gian hẹn trả kết quả", long_time(*before)));
    blocks.push_back(prose(agency_name(source) + " thông báo dừng giải quyết hồ sơ này từ " +
                           long_time(stopped.event->at) + "."));
    add_reason(blocks, stopped.facts);
    blocks.push_back(
        prose("Ông (bà) nhận lại giấy tờ đã nộp tại Bộ phận tiếp nhận và trả kết quả; có quyền "
              "khiếu nại quyết định này theo Luật Khiếu nại."));
    blocks.push_back(foot_of_letter(source, source.name_of(stopped.event->actor)));
    for (Block& block : foot(source, *stopped.event)) blocks.push_back(std::move(block));
    return document;
}

}  // namespace chilang::dossiers
