// Blocks to PDF: Pango sets the text, Cairo draws it, page by page.
//
// A block that does not fit moves to the next page line by line; a table moves row by row and
// repeats its header row. Page numbers stand centred in the top margin from page 2 (NĐ 30/2020, Phụ
// lục I).
#include "paper/paper.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

namespace chilang::paper {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;
constexpr double page_width = 210 * points_per_mm;
constexpr double page_height = 297 * points_per_mm;
constexpr double cell_padding = 3;

struct Unref {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

cairo_status_t append(void* out, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

std::string markup(const std::vector<Run>& runs) {
    std::string text;
    for (const Run& run : runs) {
        if (run.bold) text += "<b>";
        if (run.italic) text += "<i>";
        char* escaped = g_markup_escape_text(run.text.data(), static_cast<gssize>(run.text.size()));
        text += escaped;
        g_free(escaped);
        if (run.italic) text += "</i>";
        if (run.bold) text += "</b>";
    }
    return text;
}

class Painter {
public:
    Painter(const Document& document, cairo_t* cairo) : document_(document), cairo_(cairo) {}

    void paint() {
        begin_page();
        const double left = document_.margin_left_mm * points_per_mm;
        const double width = page_width - left - document_.margin_right_mm * points_per_mm;
        for (const Block& block : document_.blocks) flow(block, left, width);
        cairo_show_page(cairo_);
    }

private:
    void begin_page() {
        ++page_;
        y_ = document_.margin_top_mm * points_per_mm;
        if (page_ > 1) cairo_show_page(cairo_);
        if (!document_.watermark.empty()) watermark();
        if (page_ == 1 || !document_.page_numbers) return;
        Block number;
        number.runs = {{std::to_string(page_)}};
        number.align = Align::centre;
        number.size_pt = 13;
        draw(number, 0, 10 * points_per_mm, page_width);
    }

    double bottom() const { return page_height - document_.margin_bottom_mm * points_per_mm; }

    Layout layout_of(const Block& block, double width) const {
        Layout layout(pango_cairo_create_layout(cairo_));
        PangoFontDescription* font =
            pango_font_description_from_string("Times New Roman, Liberation Serif, Noto Serif");
        pango_font_description_set_absolute_size(font, block.size_pt * PANGO_SCALE);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_indent(
            layout.get(), static_cast<int>(block.indent_cm * 10 * points_per_mm * PANGO_SCALE));
        pango_layout_set_justify(layout.get(), block.align == Align::justify);
        pango_layout_set_alignment(layout.get(), block.align == Align::centre  ? PANGO_ALIGN_CENTER
                                                 : block.align == Align::right ? PANGO_ALIGN_RIGHT
                                                                               : PANGO_ALIGN_LEFT);
        pango_layout_set_line_spacing(layout.get(), 1.15f);
        pango_layout_set_markup(layout.get(), markup(block.runs).c_str(), -1);
        return layout;
    }

    static double height_of(PangoLayout* layout) {
        int height = 0;
        pango_layout_get_size(layout, nullptr, &height);
        return static_cast<double>(height) / PANGO_SCALE;
    }

    // The height of a block drawn in one piece.
    double measure(const Block& block, double width) const {
        switch (block.kind) {
            case Block::Kind::paragraph:
                return block.before_pt + height_of(layout_of(block, width).get()) + block.after_pt;
            case Block::Kind::picture:
                return block.before_pt + block.picture_cm * 10 * points_per_mm + block.after_pt;
            case Block::Kind::rule:
                return 4;
            case Block::Kind::space:
                return block.size_pt;
            case Block::Kind::table: {
                double sum = block.before_pt + block.after_pt;
                for (const auto& row : block.rows) sum += row_height(block, row, width);
                return sum;
            }
        }
        return 0;
    }

    double row_height(const Block& table, const std::vector<Block::Cell>& row, double width) const {
        double height = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            double cell = 2 * cell_padding;
            for (const Block& block : row[i].blocks)
                cell += measure(block, width * table.widths.at(i) / 100 - 2 * cell_padding);
            height = std::max(height, cell);
        }
        return height;
    }

    // Draws a block in one piece at (x, y); returns its height.
    double draw(const Block& block, double x, double y, double width) {
        const double height = measure(block, width);
        switch (block.kind) {
            case Block::Kind::paragraph: {
                const Layout layout = layout_of(block, width);
                cairo_move_to(cairo_, x, y + block.before_pt);
                pango_cairo_show_layout(cairo_, layout.get());
                break;
            }
            case Block::Kind::rule: {
                const double length = width * block.rule_part;
                cairo_set_line_width(cairo_, 0.8);
                cairo_move_to(cairo_, x + (width - length) / 2, y + 2);
                cairo_rel_line_to(cairo_, length, 0);
                cairo_stroke(cairo_);
                break;
            }
            case Block::Kind::picture:
                draw_qr(block, x, y + block.before_pt, width);
                break;
            case Block::Kind::table: {
                double row_y = y + block.before_pt;
                for (const auto& row : block.rows) row_y += draw_row(block, row, x, row_y, width);
                break;
            }
            case Block::Kind::space:
                break;
        }
        return height;
    }

    double draw_row(const Block& table, const std::vector<Block::Cell>& row, double x, double y,
                    double width) {
        const double height = row_height(table, row, width);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const double cell_width = width * table.widths.at(i) / 100;
            double cell_y = y + cell_padding;
            for (const Block& block : row[i].blocks)
                cell_y += draw(block, x + cell_padding, cell_y, cell_width - 2 * cell_padding);
            if (table.borders) {
                cairo_set_line_width(cairo_, 0.5);
                cairo_rectangle(cairo_, x, y, cell_width, height);
                cairo_stroke(cairo_);
            }
            x += cell_width;
        }
        return height;
    }

    void draw_qr(const Block& block, double x, double y, double width) {
        const QrMatrix matrix = qr_matrix(block.qr);
        const double side = block.picture_cm * 10 * points_per_mm;
        const double module = side / (matrix.size + 8);
        if (block.align == Align::centre) x += (width - side) / 2;
        if (block.align == Align::right) x += width - side;
        cairo_set_antialias(cairo_, CAIRO_ANTIALIAS_NONE);
        for (int row = 0; row < matrix.size; ++row)
            for (int column = 0; column < matrix.size; ++column)
                if (matrix.dark[row * matrix.size + column])
                    cairo_rectangle(cairo_, x + (column + 4) * module, y + (row + 4) * module,
                                    module, module);
        cairo_fill(cairo_);
        cairo_set_antialias(cairo_, CAIRO_ANTIALIAS_DEFAULT);
    }

    // Lays a top-level block into the page flow.
    void flow(const Block& block, double x, double width) {
        if (block.kind == Block::Kind::table) return flow_table(block, x, width);
        if (block.kind == Block::Kind::paragraph) return flow_lines(block, x, width);
        if (y_ + measure(block, width) > bottom()) begin_page();
        y_ += draw(block, x, y_, width);
    }

    void flow_lines(const Block& block, double x, double width) {
        const Layout layout = layout_of(block, width);
        y_ += block.before_pt;
        std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> line(
            pango_layout_get_iter(layout.get()), &pango_layout_iter_free);
        do {
            PangoRectangle logical;
            int top = 0, below = 0;
            pango_layout_iter_get_line_extents(line.get(), nullptr, &logical);
            pango_layout_iter_get_line_yrange(line.get(), &top, &below);
            const double height = static_cast<double>(below - top) / PANGO_SCALE;
            if (y_ + height > bottom()) begin_page();
            const double baseline =
                static_cast<double>(pango_layout_iter_get_baseline(line.get()) - top) / PANGO_SCALE;
            cairo_move_to(cairo_, x + static_cast<double>(logical.x) / PANGO_SCALE, y_ + baseline);
            pango_cairo_show_layout_line(cairo_, pango_layout_iter_get_line_readonly(line.get()));
            y_ += height;
        } while (pango_layout_iter_next_line(line.get()));
        y_ += block.after_pt;
    }

    void flow_table(const Block& table, double x, double width) {
        y_ += table.before_pt;
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            if (y_ + row_height(table, table.rows[i], width) > bottom()) {
                begin_page();
                if (table.header_row && i > 0) y_ += draw_row(table, table.rows[0], x, y_, width);
            }
            y_ += draw_row(table, table.rows[i], x, y_, width);
        }
        y_ += table.after_pt;
    }

    void watermark() {
        cairo_save(cairo_);
        cairo_set_source_rgba(cairo_, 0, 0, 0, 0.06);
        Block mark;
        mark.runs = {{document_.watermark, true}};
        mark.size_pt = 96;
        mark.align = Align::centre;
        cairo_translate(cairo_, page_width / 2, page_height / 2);
        cairo_rotate(cairo_, -0.9);
        draw(mark, -page_width, -60, 2 * page_width);
        cairo_restore(cairo_);
    }

    const Document& document_;
    cairo_t* cairo_;
    double y_ = 0;
    int page_ = 0;
};

}  // namespace

std::string pdf(const Document& document) {
    return pdf(std::vector{document});
}

std::string pdf(const std::vector<Document>& documents) {
    std::string bytes;
    const std::unique_ptr<cairo_surface_t, Unref> surface(
        cairo_pdf_surface_create_for_stream(&append, &bytes, page_width, page_height));
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE,
                                   documents.at(0).title.c_str());
    {
        const std::unique_ptr<cairo_t, Unref> cairo(cairo_create(surface.get()));
        for (const Document& document : documents) Painter(document, cairo.get()).paint();
    }
    cairo_surface_finish(surface.get());
    return bytes;
}

}  // namespace chilang::paper
