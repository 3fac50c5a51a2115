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

View view(const Tag& tag) {
    return {{"tone", tone_class(tag.tone)}, {"word", tag.word}};
}

View view(const Clock& clock) {
    return {{"tone", tone_class(clock.tone)},
            {"words", clock.words},
            {"due", clock.due},
            {"due_iso", clock.due_iso},
            {"bar", clock.spent_percent.has_value()},
            {"spent", std::to_string(clock.spent_percent.value_or(0))}};
}

namespace {

constexpr const char* kinds[] = {"text", "number", "narrow"};

View cell_view(const Cell& cell, Column::Kind kind, const std::string& row_href) {
    return {{"text", cell.text},
            {"second", cell.second},
            {"href", cell.href.empty() ? row_href : cell.href},
            {"tag", cell.tag ? view(*cell.tag) : View()},
            {"clock", cell.clock ? view(*cell.clock) : View()},
            {"figure", cell.figure},
            {"drawing", cell.drawing},
            {"kind", kinds[static_cast<int>(kind)]}};
}

View cells(const std::vector<Cell>& cells, const std::vector<Column>& columns,
           const std::string& row_href) {
    if (cells.size() > columns.size()) throw std::logic_error("a row has more cells than columns");
    View out = View::list();
    for (std::size_t i = 0; i < cells.size(); ++i)
        out.add(cell_view(cells[i], columns[i].kind, i == 0 ? row_href : std::string()));
    return out;
}

}  // namespace

View view(const Table& table) {
    static constexpr const char* sorted[] = {"", "ascending", "descending"};
    View columns = View::list();
    for (const Column& column : table.columns)
        columns.add({{"label", column.label},
                     {"kind", kinds[static_cast<int>(column.kind)]},
                     {"sort_href", column.sort_href},
                     {"sorted", sorted[static_cast<int>(column.sorted)]}});
    View rows = View::list();
    for (const Row& row : table.rows)
        rows.add({{"href", row.href},
                  {"id", row.id},
                  {"tick", table.tick},
                  {"label", row.cells.empty() ? std::string() : row.cells.front().text},
                  {"tone", row.tone == Tone::none ? "" : tone_class(row.tone)},
                  {"cells", cells(row.cells, table.columns, row.href)}});
    return {{"caption", table.caption},
            {"show_caption", table.show_caption},
            {"tick", table.tick},
            {"columns", std::move(columns)},
            {"rows", std::move(rows)},
            {"has_total", !table.total.empty()},
            {"total", cells(table.total, table.columns, {})},
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
