#include "ioc/board.hpp"

#include "base/text.hpp"
#include "html/chart.hpp"
#include "html/kit.hpp"
#include "ioc/drawing.hpp"
#include "ioc/marks.hpp"
#include "ioc/series.hpp"

#include <algorithm>
#include <map>

namespace chilang::ioc {

namespace {

constexpr const char* tiles[] = {"dossiers_received",   "dossiers_online_pct", "dossiers_resolved",
                                 "dossiers_ontime_pct", "dossiers_late",       "dossiers_open",
                                 "dossiers_overdue",    "dossiers_due_24h",    "services_used"};

// The columns of the table of units.
struct ColumnOf {
    const char* metric;
    const char* label;
};
constexpr ColumnOf columns[] = {
    {"dossiers_received", "Tiếp nhận"},     {"dossiers_online_pct", "Trực tuyến"},
    {"dossiers_resolved", "Đã giải quyết"}, {"dossiers_ontime_pct", "Đúng hạn"},
    {"dossiers_late", "Chậm hạn"},          {"dossiers_open", "Đang giải quyết"},
    {"dossiers_overdue", "Quá hạn"}};

figures::Query with(figures::Query query, const char* metric) {
    query.metric = metric;
    return query;
}

bool standing(const Asking& asking) {
    return asking.query.unit == 0 && asking.query.agency == 0 && asking.query.filter.empty() &&
           asking.period_code == periods(date_of(asking.query.now)).front().code;
}

// The last 13 weeks up to the end of the period; a distinct count has no parts to draw.
html::View weeks(const figures::Reading& reading, figures::Query query,
                 const figures::Metric& metric) {
    constexpr int days = 13 * 7;
    if (metric.kind == figures::MetricKind::distinct) return {};
    query.from = query.to - (days - 1);
    const auto series = by_week(reading.by_day(query), metric.kind, metric.title + " theo tuần");
    return html::View::safe(html::chart::sparkline(series));
}

html::View tile(const Platform& platform, const Asking& asking, const figures::Reading& reading,
                const char* id) {
    const auto* metric = platform.figures.metric(id);
    const auto figure = reading.value(with(asking.query, id));
    const auto state = mark(id, figure.numerator, figure.denominator);
    html::FigureTile tile{
        .id = standing(asking) ? id : "", .label = metric->title, .number = figure.text};
    if (metric->kind == figures::MetricKind::ratio)
        tile.sentence =
            text::number(figure.numerator) + " trên " + text::number(figure.denominator) + " hồ sơ";
    else
        tile.unit = metric->measure;
    tile.tone = state.tone;
    tile.word = state.word;
    tile.href = asking.figure_href(id);
    tile.drawing = weeks(reading, with(asking.query, id), *metric);
    return html::view(tile);
}

// The rows with the most work; the figure pages list all.
std::vector<figures::UnitRow> busiest(std::vector<figures::UnitRow> rows) {
    constexpr std::size_t shown_max = 30;
    std::erase_if(rows, [](const figures::UnitRow& row) { return row.numerator == 0; });
    if (rows.size() <= shown_max) return rows;
    std::stable_sort(rows.begin(), rows.end(),
                     [](const figures::UnitRow& a, const figures::UnitRow& b) {
                         return a.numerator > b.numerator;
                     });
    rows.resize(shown_max);
    return rows;
}

html::View units_table(const Asking& asking, const figures::Reading& reading) {
    std::vector<std::vector<figures::UnitRow>> rows;
    for (const auto& column : columns)
        rows.push_back(reading.children(with(asking.query, column.metric)));
    const std::size_t all = rows.front().size();
    rows.front() = busiest(std::move(rows.front()));
    // Agencies without work in one column are missing there: the columns are lined up by unit and
    // agency.
    std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> place;
    std::vector<const figures::UnitRow*> order;
    for (const auto& row : rows.front())
        if (place.emplace(std::pair{row.unit, row.agency}, order.size()).second)
            order.push_back(&row);
    html::Table table{
        .caption = order.size() < all
                       ? std::to_string(order.size()) +
                             " đơn vị nhiều hồ sơ nhất; bấm vào một con số ở dòng tổng để xem đủ"
                       : "Theo đơn vị: " + asking.where};
    table.show_caption = order.size() < all;
    table.columns.push_back({"Đơn vị"});
    for (const auto& column : columns)
        table.columns.push_back({column.label, html::Column::Kind::number});
    std::vector<std::vector<html::Cell>> cells(order.size(),
                                               std::vector<html::Cell>(std::size(columns) + 1));
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto other = asking.query;
        other.unit = order[i]->unit;
        other.agency = order[i]->agency;
        cells[i][0].text = order[i]->name;
        if (other.unit != 0) cells[i][0].href = asking.path + "?" + asking.arguments_of(other);
        for (auto& cell : cells[i])
            if (cell.text.empty()) cell.text = "0";
    }
    std::vector<html::Tone> tones(order.size(), html::Tone::none);
    for (std::size_t c = 0; c < rows.size(); ++c)
        for (const auto& row : rows[c]) {
            const auto found = place.find({row.unit, row.agency});
            if (found == place.end()) continue;
            const auto i = found->second;
            auto& cell = cells[i][c + 1];
            cell.text = row.text == "không phát sinh" ? "–" : row.text;
            cell.href = asking.figure_href(columns[c].metric, row);
            if (std::string_view(columns[c].metric) == "dossiers_ontime_pct" &&
                mark(columns[c].metric, row.numerator, row.denominator).tone == html::Tone::late)
                tones[i] = html::Tone::late;
        }
    for (std::size_t i = 0; i < order.size(); ++i)
        table.rows.push_back(
            {.cells = std::move(cells[i]), .href = "", .id = "", .tone = tones[i]});
    table.total.push_back({.text = "Tổng"});
    for (const auto& column : columns)
        table.total.push_back({.text = reading.value(with(asking.query, column.metric)).text,
                               .href = asking.figure_href(column.metric)});
    return html::view(table);
}

std::string district_map(const Asking& asking, const figures::Reading& reading) {
    std::vector<Area> areas;
    const std::string metric = "dossiers_ontime_pct";
    // After 30/06/2025 there are no districts: the drawing shows them by the agencies of their
    // time.
    for (const auto& unit : asking.places->units()) {
        if (unit.level != places::Level::district) continue;
        auto query = with(asking.query, metric.c_str());
        query.unit = unit.id;
        const auto figure = reading.value(query);
        const auto state = mark(metric, figure.numerator, figure.denominator);
        areas.push_back({unit.code, asking.places->full_name(unit), figure.text,
                         "/so-lieu/" + metric + "?" + asking.arguments_of(query), state.tone});
    }
    return map(areas);
}

}  // namespace

std::span<const char* const> headline_metrics() {
    return tiles;
}

html::View board_view(const Platform& platform, const Asking& asking, bool wall) {
    const auto reading = platform.figures.read();
    html::View view, list = html::View::list();
    for (const char* id : tiles)
        if (platform.figures.metric(id)) list.add(tile(platform, asking, reading, id));
    view.set("tiles", std::move(list));
    view.set("where", asking.where);
    view.set("period", "từ " + show(asking.query.from) + " đến " + show(asking.query.to));
    const bool province =
        asking.query.unit == 0 || asking.query.unit == asking.places->province().id;
    const bool has_map = province && asking.query.agency == 0;
    view.set("map", has_map ? html::View::safe(district_map(asking, reading)) : html::View(""));
    view.set("has_map", has_map);
    const bool has_units = !wall && asking.query.agency == 0;
    view.set("has_units", has_units);
    if (has_units) view.set("units", units_table(asking, reading));
    view.set("freshness", freshness(asking.query.now, reading.position()));
    return view;
}

}  // namespace chilang::ioc
