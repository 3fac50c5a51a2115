// Paper: PDF pages, DOCX documents and QR drawings, from one small description of a document.
//
// The same blocks print as PDF (Cairo and Pango) and as DOCX (Office Open XML in a zip), in the
// form of Nghị định 30/2020: A4, Times New Roman 13-14, margins 20-25, 30-35, 15-20 mm, page number
// at the top from page 2. A figure inside a sentence stays bound to its address as a content
// control.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::paper {

struct Run {
    std::string text;
    bool bold = false, italic = false;
    std::string figure;  // address of a bound figure: "dossiers_received?from=…", else empty
};

enum class Align { left, centre, right, justify };

struct Block {
    enum class Kind { paragraph, table, rule, space, picture } kind = Kind::paragraph;
    std::vector<Run> runs;
    Align align = Align::justify;
    double size_pt = 14;
    double indent_cm = 0;  // first line
    double before_pt = 0, after_pt = 6;
    // table: rows of cells, each a list of blocks; widths in percent of the text width
    struct Cell {
        std::vector<Block> blocks;
    };
    std::vector<std::vector<Cell>> rows;
    std::vector<double> widths;
    bool borders = true;
    bool header_row = false;  // repeated on each page
    std::string qr;           // picture: text of a QR code
    double picture_cm = 3;
    double rule_part = 1;  // rule: share of the text width, centred
};

struct Document {
    std::string title;  // metadata
    std::vector<Block> blocks;
    double margin_top_mm = 20, margin_bottom_mm = 20, margin_left_mm = 30, margin_right_mm = 20;
    bool page_numbers = true;
    std::string watermark;  // "DỰ THẢO" until registered
};

std::string pdf(const Document& document);
// Several in one file, each from a page 1 of its own: copies of a form that are printed together.
std::string pdf(const std::vector<Document>& documents);
std::string docx(const Document& document);

// The QR code as an SVG path inside a <svg>, or as a PNG-free matrix for PDF.
std::string qr_svg(std::string_view text, int module_px = 4);
struct QrMatrix {
    int size = 0;
    std::vector<std::uint8_t> dark;
};
QrMatrix qr_matrix(std::string_view text);

}  // namespace chilang::paper
