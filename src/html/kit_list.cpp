// Tags, clocks, tables and what stands around lists.
#include "html/kit.hpp"
#include "html/tone.hpp"

#include <stdexcept>

namespace chilang::html {

const char* tone_class(Tone tone) {
    static constexpr const char* classes[] = {"none", "on-course", "attention",
                                              "late", "done",      "error"};
    return classes[static_cast<int>(tone)];
}

View view(Tag tag) {
    return {{"tone", tone_class(tag.tone)}, {"word", std::move(tag.word)}};
}

View view(Clock clock) {
    View out{{"tone", tone_class(clock.tone)}, {"words", std::move(clock.words)}};
    out.put("due", std::move(clock.due)).put("due_iso", std::move(clock.due_iso));
    if (clock.spent_percent)
        out.put("bar", true).put("spent", std::to_string(*clock.spent_percent));
    return out;
}

namespace {

constexpr const char* kinds[] = {"text", "number", "narrow"};

// Most cells are a text and a class: what is not there is not put.
View cell_view(Cell cell, Column::Kind kind) {
    View out = View::object(4);
    out.put("kind", kinds[static_cast<int>(kind)]);
    out.set("text", std::move(cell.text));
    out.put("second", std::move(cell.second));
    out.put("href", std::move(cell.href));
    if (cell.tag) out.put("tag", view(std::move(*cell.tag)));
    if (cell.clock) out.put("clock", view(std::move(*cell.clock)));
    out.put("figure", std::move(cell.figure));
    out.put("drawing", std::move(cell.drawing));
    return out;
}

View cells(std::vector<Cell> cells, const std::vector<Column>& columns) {
    if (cells.size() > columns.size()) throw std::logic_error("a row has more cells than columns");
    View out = View::list(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
        out.add(cell_view(std::move(cells[i]), columns[i].kind));
    return out;
}

View row_view(Row row, const Table& table) {
    View out = View::object(6);
    if (table.tick)
        out.put("tick", true)
            .put("id", row.id)
            .set("label", row.cells.empty() ? std::string() : row.cells.front().text);
    if (!row.cells.empty() && row.cells.front().href.empty()) row.cells.front().href = row.href;
    out.put("href", std::move(row.href));
    if (row.tone != Tone::none) out.put("tone", tone_class(row.tone));
    out.set("cells", cells(std::move(row.cells), table.columns));
    return out;
}

}  // namespace

View view(Table table) {
    static constexpr const char* sorted[] = {"", "ascending", "descending"};
    View columns = View::list(table.columns.size());
    for (const Column& column : table.columns)
        columns.add({{"label", column.label},
                     {"kind", kinds[static_cast<int>(column.kind)]},
                     {"sort_href", column.sort_href},
                     {"sorted", sorted[static_cast<int>(column.sorted)]}});
    View rows = View::list(table.rows.size());
    for (Row& row : table.rows) rows.add(row_view(std::move(row), table));
    return {{"caption", table.caption},
            {"show_caption", table.show_caption},
            {"tick", table.tick},
            {"stack", table.stack},
            {"columns", std::move(columns)},
            {"rows", std::move(rows)},
            {"has_total", !table.total.empty()},
            {"total", cells(std::move(table.total), table.columns)},
            {"live_topic", table.live_topic},
            {"live_source", table.live_source}};
}

View view(const Filters& filters) {
    View chips = View::list();
    for (const Chip& chip : filters.chips)
        chips.add({{"label", chip.label}, {"remove_href", chip.remove_href}});
    return {{"count", filters.count},
            {"has_chips", !filters.chips.empty()},
            {"chips", std::move(chips)},
            {"clear_href", filters.clear_href}};
}

View view(const Pagination& pagination) {
    if (pagination.pages <= 1) return {};
    // First, last, and two on either side of the current page; the rest are gaps.
    View items = View::list();
    const auto [page, pages, href] = pagination;
    std::int64_t shown = 0;
    for (std::int64_t n = 1; n <= pages; ++n) {
        if (n != 1 && n != pages && (n < page - 2 || n > page + 2)) {
            n = n < page ? page - 3 : pages - 1;  // jump over the gap
            continue;
        }
        const bool gap = n > shown + 1;
        if (gap) items.add({{"gap", true}, {"href", ""}, {"label", ""}, {"current", false}});
        items.add({{"gap", false}, {"href", href(n)}, {"label", n}, {"current", n == page}});
        shown = n;
    }
    return {{"previous", page > 1 ? href(page - 1) : std::string()},
            {"next", page < pages ? href(page + 1) : std::string()},
            {"items", std::move(items)}};
}

View view(const Pager& pager) {
    return {{"previous", pager.previous}, {"next", pager.next}, {"count", pager.count}};
}

View view(const std::vector<Tab>& tabs) {
    View items = View::list();
    for (const Tab& tab : tabs)
        items.add({{"label", tab.label},
                   {"href", tab.href},
                   {"current", tab.current},
                   {"count", tab.count}});
    return {{"items", std::move(items)}};
}

View view(const EmptyState& empty) {
    return {{"title", empty.title},
            {"text", empty.text},
            {"action_label", empty.action_label},
            {"action_href", empty.action_href}};
}

}  // namespace chilang::html
