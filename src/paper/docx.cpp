// Blocks to DOCX: the few parts of Office Open XML that a text document needs, zipped.
//
// A bound figure becomes a plain-text content control whose tag is the figure's address, so that
// the platform can find the number again after somebody edited the document around it.
#include "paper/paper.hpp"

#include "base/text.hpp"

#include <zip.h>

#include <cmath>
#include <memory>
#include <stdexcept>

namespace chilang::paper {
namespace {

constexpr double twips_per_mm = 1440 / 25.4;
std::string whole(double value) {
    return std::to_string(std::lround(value));
}

std::string_view justification(Align align) {
    switch (align) {
        case Align::left:
            return "left";
        case Align::centre:
            return "center";
        case Align::right:
            return "right";
        case Align::justify:
            return "both";
    }
    return "left";
}

std::string run_xml(const Run& run, double size_pt) {
    std::string xml =
        "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
        "w:cs=\"Times New Roman\"/>";
    if (run.bold) xml += "<w:b/>";
    if (run.italic) xml += "<w:i/>";
    const std::string half_points = whole(size_pt * 2);
    xml += "<w:sz w:val=\"" + half_points + "\"/><w:szCs w:val=\"" + half_points +
           "\"/></w:rPr><w:t xml:space=\"preserve\">" + text::escape_html(run.text) +
           "</w:t></w:r>";
    if (run.figure.empty()) return xml;
    const std::string tag = text::escape_html(run.figure);
    return "<w:sdt><w:sdtPr><w:alias w:val=\"" + tag + "\"/><w:tag w:val=\"" + tag +
           "\"/><w:text/></w:sdtPr><w:sdtContent>" + xml + "</w:sdtContent></w:sdt>";
}

std::string block_xml(const Block& block, double width_twips);

std::string paragraph_xml(const Block& block) {
    std::string xml = "<w:p><w:pPr>";
    if (block.kind == Block::Kind::rule)
        xml +=
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"1\" "
            "w:color=\"000000\"/></w:pBdr>";
    xml += "<w:spacing w:before=\"" + whole(block.before_pt * 20) + "\" w:after=\"" +
           whole(block.kind == Block::Kind::paragraph ? block.after_pt * 20 : 0) + "\" w:line=\"" +
           (block.kind == Block::Kind::paragraph ? "276" : "60") + "\" w:lineRule=\"" +
           (block.kind == Block::Kind::paragraph ? "auto" : "exact") + "\"/>";
    if (block.indent_cm > 0)
        xml += "<w:ind w:firstLine=\"" + whole(block.indent_cm * 10 * twips_per_mm) + "\"/>";
    xml += "<w:jc w:val=\"" + std::string(justification(block.align)) + "\"/></w:pPr>";
    for (const Run& run : block.runs) xml += run_xml(run, block.size_pt);
    return xml + "</w:p>";
}

std::string table_xml(const Block& table, double width_twips) {
    const std::string border = table.borders ? "single" : "nil";
    std::string xml =
        "<w:tbl><w:tblPr><w:tblW w:w=\"" + whole(width_twips) + "\" w:type=\"dxa\"/><w:tblBorders>";
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        xml +=
            std::string("<w:") + side + " w:val=\"" + border + "\" w:sz=\"4\" w:color=\"000000\"/>";
    xml += "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
    for (const double part : table.widths)
        xml += "<w:gridCol w:w=\"" + whole(width_twips * part / 100) + "\"/>";
    xml += "</w:tblGrid>";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        xml += "<w:tr><w:trPr><w:cantSplit/>";
        if (table.header_row && r == 0) xml += "<w:tblHeader/>";
        xml += "</w:trPr>";
        for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
            const double cell_width = width_twips * table.widths.at(c) / 100;
            xml +=
                "<w:tc><w:tcPr><w:tcW w:w=\"" + whole(cell_width) + "\" w:type=\"dxa\"/></w:tcPr>";
            for (const Block& block : table.rows[r][c].blocks) xml += block_xml(block, cell_width);
            xml += table.rows[r][c].blocks.empty() ||
                           table.rows[r][c].blocks.back().kind == Block::Kind::table
                       ? "<w:p/></w:tc>"
                       : "</w:tc>";
        }
        xml += "</w:tr>";
    }
    return xml + "</w:tbl>";
}

// A rule shorter than the text stands in the middle cell of a borderless row.
std::string rule_xml(const Block& rule, double width_twips) {
    if (rule.rule_part >= 1) return paragraph_xml(rule);
    Block whole_rule = rule;
    whole_rule.rule_part = 1;
    Block table{.kind = Block::Kind::table};
    const double side = (1 - rule.rule_part) * 50;
    table.borders = false;
    table.widths = {side, rule.rule_part * 100, side};
    table.rows = {{{{}}, {{whole_rule}}, {{}}}};
    return table_xml(table, width_twips);
}

std::string block_xml(const Block& block, double width_twips) {
    switch (block.kind) {
        case Block::Kind::table:
            return table_xml(block, width_twips);
        case Block::Kind::rule:
            return rule_xml(block, width_twips);
        case Block::Kind::picture: {  // a QR code is printed on PDF slips only; here its text
            Block text = block;
            text.kind = Block::Kind::paragraph;
            text.runs = {{block.qr}};
            return paragraph_xml(text);
        }
        case Block::Kind::space:
        case Block::Kind::paragraph:
            return paragraph_xml(block);
    }
    return {};
}

constexpr std::string_view xml_head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"

std::string document_xml(const Document& document) {
    const double width = (210 - document.margin_left_mm - document.margin_right_mm) * twips_per_mm;
    std::string xml = std::string(xml_head) + "<w:document xmlns:w=\"" WORD
                                              "\" xmlns:r=\"" RELATIONS "\"><w:body>";
    for (const Block& block : document.blocks) xml += block_xml(block, width);
    xml += "<w:sectPr>";
    if (document.page_numbers) xml += "<w:headerReference w:type=\"default\" r:id=\"rId1\"/>";
    xml += "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"" +
           whole(document.margin_top_mm * twips_per_mm) + "\" w:right=\"" +
           whole(document.margin_right_mm * twips_per_mm) + "\" w:bottom=\"" +
           whole(document.margin_bottom_mm * twips_per_mm) + "\" w:left=\"" +
           whole(document.margin_left_mm * twips_per_mm) +
           "\" w:header=\"567\" w:footer=\"567\" "
           "w:gutter=\"0\"/><w:titlePg/></w:sectPr></w:body></w:document>";
    return xml;
}

std::string header_xml() {
    return std::string(xml_head) +
           "<w:hdr xmlns:w=\"" WORD
           "\"><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>"
           "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\"/><w:sz "
           "w:val=\"26\"/></w:rPr>"
           "<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
           "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";
}

void add(zip_t* archive, const char* name, const std::string& bytes) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const zip_int64_t index = source ? zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) throw std::runtime_error("cannot build the DOCX archive");
    zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 315'532'800,
                       0);  // 1980: same bytes each time
}

}  // namespace

std::string docx(const Document& document) {
    const std::string types =
        std::string(xml_head) +
        "<Types xmlns=\"" PACKAGE
        "/content-types\"><Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
        "Extension=\"xml\" "
        "ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
        "ContentType=\"application/"
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override "
        "PartName=\"/word/header1.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/"
        "></Types>";
    const std::string package_relations =
        std::string(xml_head) + "<Relationships xmlns=\"" PACKAGE
                                "/relationships\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
                                "/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    const std::string document_relations =
        std::string(xml_head) + "<Relationships xmlns=\"" PACKAGE
                                "/relationships\"><Relationship Id=\"rId1\" Type=\"" RELATIONS
                                "/header\" Target=\"header1.xml\"/></Relationships>";
    const std::string body = document_xml(document), header = header_xml();

    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (!archive) throw std::runtime_error("cannot build the DOCX archive");
    add(archive, "[Content_Types].xml", types);
    add(archive, "_rels/.rels", package_relations);
    add(archive, "word/document.xml", body);
    add(archive, "word/header1.xml", header);
    add(archive, "word/_rels/document.xml.rels", document_relations);
    if (zip_close(archive) != 0) throw std::runtime_error("cannot close the DOCX archive");

    zip_stat_t stat;
    zip_source_stat(target, &stat);
    std::string bytes(stat.size, '\0');
    zip_source_open(target);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

}  // namespace chilang::paper
