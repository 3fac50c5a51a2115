// The paper form of a report, box by box of NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I.
#include "reports/compose.hpp"

namespace chilang::reports {
namespace {

using paper::Align;
using paper::Block;
using paper::Run;

Block line(std::string text, Align align, double size_pt, bool bold, bool italic = false,
           double after_pt = 0) {
    Block block;
    block.runs = {{std::move(text), bold, italic, ""}};
    block.align = align;
    block.size_pt = size_pt;
    block.after_pt = after_pt;
    return block;
}

Block rule(double part) {
    return {.kind = Block::Kind::rule, .rule_part = part};
}

// Ô 1–4: quốc hiệu and tiêu ngữ, the issuing agency, number and symbol, place and date.
Block head(const Outline& outline) {
    Block table{.kind = Block::Kind::table};
    table.borders = false;
    table.widths = {42, 58};
    table.rows = {{{{line(outline.parent, Align::centre, 12, false),
                     line(outline.issuer, Align::centre, 12, true), rule(0.4)}},
                   {{line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Align::centre, 12, true),
                     line("Độc lập - Tự do - Hạnh phúc", Align::centre, 13, true), rule(0.62)}}},
                  {{{line("Số:        /" + outline.symbol, Align::centre, 13, false)}},
                   {{line(outline.place + ", ngày      tháng      năm " +
                              std::to_string(civil(outline.to).year),
                          Align::centre, 13, false, true)}}}};
    return table;
}

Block paragraph(const Paragraph& source, const Composed& report) {
    Block block;
    block.size_pt = 14;
    block.indent_cm = 1.27;
    const bool heading = source.kind == Kind::heading || source.kind == Kind::subheading;
    const std::string mark = source.kind == Kind::item      ? "- "
                             : source.kind == Kind::subitem ? "+ "
                                                            : source.number + " ";
    block.runs.push_back({mark, heading, false, ""});
    for (const Part& part : source.parts) {
        const auto bound = report.figures.find(part.figure);
        if (bound != report.figures.end())
            block.runs.push_back({bound->second.figure.text, false, false, bound->second.address});
        else
            block.runs.push_back({prose_of(part, report.outline), heading, false, ""});
    }
    return block;
}

// Ô 7 and 9: recipients at the left, authority and name at the right.
Block foot(const Outline& outline) {
    Block table{.kind = Block::Kind::table, .before_pt = 12};
    table.borders = false;
    table.widths = {50, 50};
    Block::Cell left, right;
    left.blocks.push_back(line("Nơi nhận:", Align::left, 12, true, true));
    for (std::size_t i = 0; i < outline.recipients.size(); ++i)
        left.blocks.push_back(
            line("- " + outline.recipients[i] + (i + 1 == outline.recipients.size() ? "." : ";"),
                 Align::left, 11, false));
    for (const std::string& signer : outline.signers)
        right.blocks.push_back(line(signer, Align::centre, 14, true));
    table.rows = {{left, right}};
    return table;
}

}  // namespace

paper::Document document(const Composed& report) {
    const Outline& outline = report.outline;
    paper::Document document;
    document.title = outline.title;
    document.watermark = report.draft_mark;
    document.blocks = {head(outline),
                       {.kind = Block::Kind::space, .size_pt = 10},
                       line(outline.kind, Align::centre, 14, true),
                       line(outline.title, Align::centre, 14, true),
                       rule(0.35),
                       {.kind = Block::Kind::space, .size_pt = 10}};
    for (const Paragraph& source : outline.paragraphs)
        document.blocks.push_back(paragraph(source, report));
    document.blocks.back().runs.push_back({"/.", false, false, ""});
    document.blocks.push_back(foot(outline));
    return document;
}

}  // namespace chilang::reports
