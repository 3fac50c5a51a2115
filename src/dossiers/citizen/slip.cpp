#include "dossiers/citizen/slip.hpp"

#include "dossiers/citizen/show.hpp"

namespace chilang::dossiers {
namespace {

using paper::Align;
using paper::Block;

Block line(std::string text, Align align, double size_pt, bool bold = false, bool italic = false,
           double after_pt = 2) {
    Block block;
    block.runs = {{std::move(text), bold, italic, ""}};
    block.align = align;
    block.size_pt = size_pt;
    block.after_pt = after_pt;
    return block;
}

Block fact(std::string key, std::string value) {
    Block block;
    block.runs = {{key + ": ", false, false, ""}, {std::move(value), true, false, ""}};
    block.align = Align::left;
    block.size_pt = 13;
    block.after_pt = 3;
    return block;
}

Block head(const places::Agency& agency, const Dossier& dossier) {
    Block table{.kind = Block::Kind::table, .after_pt = 10};
    table.borders = false;
    table.widths = {42, 58};
    table.rows = {{{{line("UBND TỈNH LẠNG SƠN", Align::centre, 12),
                     line(agency.name, Align::centre, 12, true),
                     line("Bộ phận tiếp nhận và trả kết quả", Align::centre, 12)}},
                   {{line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Align::centre, 12, true),
                     line("Độc lập - Tự do - Hạnh phúc", Align::centre, 13, true),
                     {.kind = Block::Kind::rule, .rule_part = 0.62},
                     line("Lạng Sơn, " + show_long(date_of(
                                             dossier.received_at.value_or(dossier.submitted_at))),
                          Align::centre, 13, false, true)}}}};
    return table;
}

Block components_table(const Procedure& procedure) {
    Block table{.kind = Block::Kind::table, .before_pt = 4, .after_pt = 8};
    table.widths = {8, 70, 22};
    table.header_row = true;
    const auto cell = [](std::string text, bool bold = false) {
        return Block::Cell{{line(std::move(text), Align::left, 12, bold, false, 0)}};
    };
    table.rows.push_back(
        {cell("TT", true), cell("Thành phần hồ sơ", true), cell("Hình thức", true)});
    int number = 0;
    for (const Component& component : procedure.components)
        table.rows.push_back({cell(std::to_string(++number)), cell(component.name),
                              cell(component.source == "data"       ? "Dữ liệu"
                                   : component.source == "original" ? "Bản giấy"
                                                                    : "Bản điện tử")});
    return table;
}

}  // namespace

paper::Document slip(const Dossier& dossier, const Procedure& procedure,
                     const places::Agency& agency, const std::string& secret,
                     const std::string& link, const std::string& proof_hash) {
    paper::Document document;
    const bool accepted = dossier.received_at.has_value();
    document.title =
        accepted ? "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" : "Xác nhận đã nộp hồ sơ trực tuyến";
    auto& blocks = document.blocks;
    blocks = {head(agency, dossier),
              line(accepted ? "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
                            : "XÁC NHẬN ĐÃ NỘP HỒ SƠ TRỰC TUYẾN",
                   Align::centre, 14, true, false, 8),
              fact("Mã hồ sơ", dossier.code),
              fact("Tiếp nhận hồ sơ của", dossier.applicant.name),
              fact("Địa chỉ", dossier.applicant.address),
              fact("Số điện thoại", dossier.applicant.phone),
              fact("Nội dung yêu cầu giải quyết", procedure.name),
              line("Thành phần hồ sơ:", Align::left, 13)};
    if (!procedure.components.empty()) blocks.push_back(components_table(procedure));
    blocks.push_back(fact("Nộp lúc", show(dossier.submitted_at)));
    blocks.push_back(fact("Thời hạn giải quyết theo quy định", limit_words(procedure)));
    if (accepted) {
        blocks.push_back(fact("Tiếp nhận lúc", show(*dossier.received_at)));
        blocks.push_back(fact("Hẹn trả kết quả", show(*dossier.due_at)));
        blocks.push_back(fact("Nhận kết quả tại", agency.name));
    } else {
        blocks.push_back(
            line("Ngày hẹn trả được báo khi cơ quan tiếp nhận hồ sơ đầy đủ, hợp lệ (trong 8 giờ "
                 "làm việc).",
                 Align::left, 13, false, true, 4));
    }
    if (!secret.empty()) blocks.push_back(fact("Mã bí mật để tra cứu", secret));
    blocks.push_back({.kind = Block::Kind::picture,
                      .align = Align::left,
                      .before_pt = 8,
                      .qr = link,
                      .picture_cm = 3.2});
    blocks.push_back(line("Tra cứu: " + link, Align::left, 11));
    blocks.push_back(line("Dấu vết trong sổ cái: " + proof_hash, Align::left, 9));
    return document;
}

}  // namespace chilang::dossiers
