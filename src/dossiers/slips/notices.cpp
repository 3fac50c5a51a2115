// Forms 02 and 03: what must be mended, and why a dossier was not received.
//
// Both print the step word for word. A dossier of before the words were recorded apart prints the
// note of its event, which has held them from the first day.
#include "dossiers/slips/sheet.hpp"

#include "base/text.hpp"

namespace chilang::dossiers {

namespace {

using namespace sheet;

void add_subject(std::vector<Block>& blocks, const SlipSource& source) {
    const Applicant& a = source.dossier.applicant;
    blocks.push_back(fact("Mã hồ sơ", source.dossier.code));
    blocks.push_back(fact("Hồ sơ của", a.name));
    blocks.push_back(fact("Nội dung yêu cầu giải quyết", source.procedure.name));
    if (!a.address.empty()) blocks.push_back(fact("Địa chỉ", a.address));
    if (!a.phone.empty()) blocks.push_back(fact("Số điện thoại", a.phone));
    if (!a.email.empty()) blocks.push_back(fact("Thư điện tử", a.email));
}

void add_contact(std::vector<Block>& blocks, const SlipSource& source, std::string_view during,
                 const std::string& officer) {
    blocks.push_back(
        prose(std::string(during) + ", nếu có vướng mắc, xin liên hệ với " +
              (officer.empty() ? "Bộ phận tiếp nhận và trả kết quả" : "ông (bà) " + officer) +
              ", " + source.places.full_name(source.places.agency(source.dossier.agency)) +
              ", hoặc xem trang " + source.public_url + " để được hướng dẫn."));
}

}  // namespace

paper::Document print_supplement(const SlipSource& source) {
    const Happened asked = last(source.events, kinds::supplement_asked);
    const std::string officer = source.name_of(asked.event->actor);
    paper::Document document;
    auto& blocks = document.blocks;
    blocks = {mark(Slip::supplement, asked.event->at),
              head(source, of_counter(source, number_of(source.dossier, "HDHS"), asked.event->at))};
    for (Block& block : title("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ")) blocks.push_back(block);
    add_subject(blocks, source);
    if (asked.facts.defects) {
        blocks.push_back(line("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:"));
        std::vector<std::vector<std::string>> rows;
        for (const Defect& defect : *asked.facts.defects)
            rows.push_back(
                {std::to_string(rows.size() + 1), defect.component, defect.fault, defect.remedy});
        blocks.push_back(bordered({8, 30, 31, 31},
                                  {"TT", "Giấy tờ", "Thiếu hoặc sai ở đâu", "Cách khắc phục"},
                                  std::move(rows)));
    } else {
        blocks.push_back(fact("Yêu cầu hoàn thiện hồ sơ", asked.facts.note));
    }
    const bool running = asked.facts.received_at && !asked.facts.paused;
    blocks.push_back(fact("Thời hạn giải quyết",
                          asked.facts.paused
                              ? "tạm dừng từ " + long_time(asked.event->at) +
                                    " đến khi bổ sung xong, theo " + source.procedure.pause_clause
                          : running ? "vẫn được tính trong lúc chờ bổ sung"
                                    : "được tính từ khi hồ sơ đã đầy đủ, hợp lệ"));
    blocks.push_back(
        prose("Phiếu này nêu đủ một lần mọi nội dung phải bổ sung; cơ quan giải quyết không yêu "
              "cầu bổ sung thêm lần nữa."));
    add_contact(blocks, source, "Trong quá trình hoàn thiện hồ sơ", officer);
    blocks.push_back(signatures({}, {"NGƯỜI HƯỚNG DẪN", "(Ký, ghi rõ họ tên)", officer}));
    for (Block& block : foot(source, *asked.event)) blocks.push_back(std::move(block));
    return document;
}

paper::Document print_refusal(const SlipSource& source) {
    const Happened refused = last(source.events, kinds::refused);
    const std::string officer = source.name_of(refused.event->actor);
    paper::Document document;
    auto& blocks = document.blocks;
    blocks = {
        mark(Slip::refusal, refused.event->at),
        head(source, of_counter(source, number_of(source.dossier, "TCHS"), refused.event->at))};
    for (Block& block : title("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ")) blocks.push_back(block);
    add_subject(blocks, source);
    blocks.push_back(prose("Bộ phận tiếp nhận và trả kết quả đã xem xét hồ sơ nộp lúc " +
                           long_time(source.dossier.submitted_at) +
                           " và thông báo không tiếp nhận, giải quyết hồ sơ này."));
    blocks.push_back(fact("Lý do", refused.facts.reason.value_or(refused.facts.note)));
    if (refused.facts.clause) blocks.push_back(fact("Căn cứ", *refused.facts.clause));
    add_contact(blocks, source, "Trong quá trình chuẩn bị lại hồ sơ", officer);
    blocks.push_back(
        signatures({"NGƯỜI NỘP HỒ SƠ", "(Ký, ghi rõ họ tên)", source.dossier.applicant.name},
                   {"NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký, ghi rõ họ tên)", officer}));
    for (Block& block : foot(source, *refused.event)) blocks.push_back(std::move(block));
    return document;
}

}  // namespace chilang::dossiers
