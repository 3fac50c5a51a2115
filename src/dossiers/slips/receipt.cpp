// Form 01, the receipt with the promise; and before it the note that a dossier was sent online.
//
// It prints the promise as made at receipt: what came later has papers of its own. The reasoning of
// the date is on it, so that the applicant can count it again.
#include "dossiers/slips/sheet.hpp"

#include "base/text.hpp"
#include "dossiers/citizen/show.hpp"

#include <algorithm>

namespace chilang::dossiers {

namespace {

using namespace sheet;

void add_applicant(std::vector<Block>& blocks, const SlipSource& source) {
    const Applicant& a = source.dossier.applicant;
    blocks.push_back(fact("Tiếp nhận hồ sơ của", a.name));
    if (!a.citizen_id.empty()) blocks.push_back(fact("Số định danh cá nhân", a.citizen_id));
    if (!a.address.empty()) blocks.push_back(fact("Địa chỉ", a.address));
    if (!a.phone.empty()) blocks.push_back(fact("Số điện thoại", a.phone));
    if (!a.email.empty()) blocks.push_back(fact("Thư điện tử", a.email));
    blocks.push_back(fact("Nội dung yêu cầu giải quyết",
                          source.procedure.name + " (mã thủ tục " + source.procedure.code + ")"));
}

// In which form a component is with the agency; empty: it was not handed in.
std::string form_of(const SlipSource& source, const Component& component, int number,
                    const std::optional<std::vector<int>>& handed_in) {
    if (component.source == "data") return "Dữ liệu, cơ quan tự lấy";
    const auto files =
        std::ranges::count(source.files, component_field(number), &files::StoredFile::part);
    if (files > 0) return files == 1 ? "Tệp điện tử" : std::to_string(files) + " tệp điện tử";
    const bool here = handed_in ? std::ranges::count(*handed_in, number) > 0 : component.required;
    if (!here) return {};
    if (component.source == "original") return "Bản giấy, bản chính";
    return source.dossier.channel == Channel::online ? "Tệp điện tử" : "Bản giấy";
}

void add_components(std::vector<Block>& blocks, const SlipSource& source,
                    const std::optional<std::vector<int>>& handed_in) {
    std::vector<std::vector<std::string>> rows;
    int number = 0;
    for (const Component& component : source.procedure.components) {
        std::string form = form_of(source, component, ++number, handed_in);
        if (form.empty()) continue;
        rows.push_back({std::to_string(rows.size() + 1), component.name,
                        component.source == "data" ? "–" : text::pad2(component.copies),
                        std::move(form)});
    }
    if (rows.empty()) {
        blocks.push_back(line("Thành phần hồ sơ: thủ tục không yêu cầu giấy tờ."));
        return;
    }
    blocks.push_back(line("Thành phần hồ sơ nộp gồm:"));
    blocks.push_back(bordered(
        {8, 58, 10, 24}, {"TT", "Tên thành phần hồ sơ", "Số bản", "Hình thức"}, std::move(rows)));
}

// The reasoning at receipt: without what was waited for or promised later.
std::string reasoning(const SlipSource& source) {
    Dossier at_receipt = source.dossier;
    at_receipt.pauses.clear();
    at_receipt.extensions = 0;
    at_receipt.due_at = at_receipt.first_due_at;
    std::string sentences;
    for (const std::string& sentence :
         due_of(at_receipt, source.procedure, source.calendar, *source.dossier.received_at).trace)
        sentences += (sentences.empty() ? "" : " ") + sentence;
    return sentences;
}

}  // namespace

paper::Document print_submission(const SlipSource& source) {
    const Happened sent = last(source.events, kinds::submitted);
    paper::Document document;
    auto& blocks = document.blocks;
    blocks = {head(source, of_counter(source, {}, sent.event->at))};
    for (Block& block : title("XÁC NHẬN ĐÃ NỘP HỒ SƠ TRỰC TUYẾN")) blocks.push_back(block);
    blocks.push_back(fact("Mã hồ sơ", source.dossier.code));
    add_applicant(blocks, source);
    add_components(blocks, source, sent.facts.handed_in);
    blocks.push_back(fact("Nộp lúc", long_time(source.dossier.submitted_at)));
    blocks.push_back(fact("Thời hạn giải quyết theo quy định", limit_words(source.procedure)));
    blocks.push_back(fact("Trả lời việc tiếp nhận trước",
                          long_time(intake_due(source.dossier, source.calendar))));
    blocks.push_back(
        prose("Đây chưa phải giấy hẹn: ngày hẹn trả kết quả được ghi ở Giấy tiếp nhận "
              "khi cơ quan đã tiếp nhận hồ sơ đầy đủ, hợp lệ."));
    for (Block& block : foot(source, *sent.event)) blocks.push_back(std::move(block));
    return document;
}

paper::Document print_receipt(const SlipSource& source) {
    const Dossier& d = source.dossier;
    const Happened accepted = last(source.events, kinds::accepted);
    const Happened sent = last(source.events, kinds::submitted);
    paper::Document document;
    auto& blocks = document.blocks;
    blocks = {mark(Slip::receipt, *d.received_at),
              head(source, of_counter(source, number_of(d, "TNHS"), *d.received_at))};
    for (Block& block : title("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")) blocks.push_back(block);
    blocks.push_back(fact("Mã hồ sơ", d.code));
    blocks.push_back(fact("Bộ phận tiếp nhận và trả kết quả",
                          source.places.full_name(source.places.agency(d.agency))));
    add_applicant(blocks, source);
    add_components(blocks, source, sent ? sent.facts.handed_in : accepted.facts.handed_in);
    blocks.push_back(fact("Số lượng hồ sơ", "01 bộ"));
    blocks.push_back(fact("Hình thức nộp", std::string(label(d.channel))));
    blocks.push_back(fact("Phí, lệ phí", fee_words(source.procedure)));
    blocks.push_back(
        fact("Thời gian giải quyết hồ sơ theo quy định", limit_words(source.procedure)));
    blocks.push_back(fact("Thời gian nhận hồ sơ", long_time(*d.received_at)));
    blocks.push_back(fact("Thời gian trả kết quả", long_time(*d.first_due_at)));
    blocks.push_back(
        fact("Nhận kết quả tại", "Bộ phận tiếp nhận và trả kết quả, " + agency_name(source)));
    blocks.push_back(line("Cách tính ngày hẹn trả: " + reasoning(source), Align::justify,
                          {.size_pt = 11, .italic = true}));
    blocks.push_back(signatures(
        {"NGƯỜI NỘP HỒ SƠ", "(Ký, ghi rõ họ tên)", d.applicant.name},
        {"NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký, ghi rõ họ tên)", source.name_of(accepted.event->actor)}));
    for (Block& block : foot(source, *accepted.event)) blocks.push_back(std::move(block));
    return document;
}

}  // namespace chilang::dossiers
