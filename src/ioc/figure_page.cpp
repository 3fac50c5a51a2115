#include "ioc/figure_page.hpp"

#include "base/text.hpp"
#include "figures/list.hpp"
#include "figures/question.hpp"
#include "html/chart.hpp"
#include "html/kit.hpp"
#include "identity/identity.hpp"
#include "ioc/asking.hpp"
#include "ioc/marks.hpp"
#include "ioc/series.hpp"

#include <algorithm>

namespace chilang::ioc {

using figures::Metric;
using figures::MetricKind;

namespace {

double share_of(std::int64_t numerator, std::int64_t denominator) {
    return denominator == 0 ? 0 : static_cast<double>(numerator) / static_cast<double>(denominator);
}

// One small table for each attribute that figures may be split by, the biggest parts first.
html::View split_tables(const Platform& platform, const Asking& asking,
                        const figures::Reading& reading, const Metric& metric,
                        const figures::Figure& whole) {
    constexpr std::size_t rows_max = 12;
    auto tables = html::View::list();
    for (const auto& attribute : figures::counted_entity(platform.figures, metric).attributes) {
        if (!attribute.split) continue;
        auto query = asking.query;
        query.split_by = {attribute.name};
        auto rows = reading.split(query);
        if (rows.size() < 2) continue;
        const bool ratio = metric.kind == MetricKind::ratio;
        std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
            return ratio ? a.denominator > b.denominator : a.numerator > b.numerator;
        });
        html::Table table{.caption = "Chia theo " + attribute.phrase, .show_caption = true};
        table.columns = {{attribute.phrase},
                         {metric.measure, html::Column::Kind::number},
                         {ratio ? "Trên tổng" : "Tỷ trọng", html::Column::Kind::number},
                         {""}};
        for (std::size_t i = 0; i < rows.size() && i < rows_max; ++i) {
            const auto& row = rows[i];
            auto part = asking.query;
            part.filter.emplace_back(attribute.name, row.codes[0]);
            const auto state = mark(metric.id, row.numerator, row.denominator);
            const double share = ratio ? share_of(row.numerator, row.denominator)
                                       : share_of(row.numerator, whole.numerator);
            const bool parts_of_whole = !ratio && metric.kind != MetricKind::distinct;
            table.rows.push_back(
                {.cells = {{.text = row.labels[0]},
                           {.text = row.text,
                            .href = "/so-lieu/" + metric.id + "?" + asking.arguments_of(part)},
                           {.text = ratio ? text::number(row.denominator)
                                    : parts_of_whole
                                        ? text::ratio(row.numerator, whole.numerator, 2) + "%"
                                        : ""},
                           {.drawing = html::View::safe(html::chart::bar(
                                share, ratio ? state.tone : html::Tone::on_course))}},
                 .href = "",
                 .id = ""});
        }
        html::View item;
        item.set("table", html::view(table));
        item.set("more", rows.size() > rows_max
                             ? "Còn " +
                                   text::number(static_cast<std::int64_t>(rows.size() - rows_max)) +
                                   " dòng nhỏ hơn."
                             : std::string());
        tables.add(std::move(item));
    }
    return tables;
}

void sort_worst(std::vector<figures::UnitRow>& rows, const Metric& metric) {
    std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
        if ((a.denominator == 0) != (b.denominator == 0)) return b.denominator == 0;
        const double left = share_of(a.numerator, a.denominator),
                     right = share_of(b.numerator, b.denominator);
        return metric.better == Metric::Better::higher ? left < right : left > right;
    });
}

html::View children_table(const Asking& asking, const figures::Reading& reading,
                          const Metric& metric, const figures::Figure& whole, bool worst) {
    auto rows = reading.children(asking.query);
    if (worst) sort_worst(rows, metric);
    const bool ratio = metric.kind == MetricKind::ratio;
    double most = 0;
    for (const auto& row : rows)
        most = std::max(most, ratio ? 1.0 : static_cast<double>(row.numerator));
    html::Table table{.caption = "Các đơn vị của " + asking.where};
    const auto here = asking.path + "?" + asking.arguments();
    table.columns = {{"Đơn vị", html::Column::Kind::text, here,
                      worst ? html::Column::Sorted::no : html::Column::Sorted::ascending},
                     {metric.measure, html::Column::Kind::number, here + "&sort=worst",
                      !worst                                    ? html::Column::Sorted::no
                      : metric.better == Metric::Better::higher ? html::Column::Sorted::ascending
                                                                : html::Column::Sorted::descending},
                     {ratio ? "Tử số trên mẫu số" : "Tỷ trọng", html::Column::Kind::number},
                     {""}};
    for (const auto& row : rows) {
        const auto state = mark(metric.id, row.numerator, row.denominator);
        const double share = ratio ? share_of(row.numerator, row.denominator)
                                   : (most == 0 ? 0 : static_cast<double>(row.numerator) / most);
        table.rows.push_back(
            {.cells = {{.text = row.name},
                       {.text = row.text, .href = asking.figure_href(metric.id, row)},
                       {.text = ratio ? text::number(row.numerator) + " / " +
                                            text::number(row.denominator)
                                : metric.kind == MetricKind::distinct
                                    ? ""
                                    : text::ratio(row.numerator, whole.numerator, 2) +
                                          (whole.numerator ? "%" : "")},
                       {.drawing = html::View::safe(
                            html::chart::bar(share, ratio ? state.tone : html::Tone::on_course))}},
             .href = "",
             .id = "",
             .tone =
                 ratio && state.tone == html::Tone::late ? html::Tone::late : html::Tone::none});
    }
    if (metric.kind != MetricKind::distinct)
        table.total = {
            {.text = "Tổng"},
            {.text = whole.text},
            {.text = ratio ? text::number(whole.numerator) + " / " + text::number(whole.denominator)
                           : ""},
            {}};
    return html::view(table);
}

html::View facts(const Platform& platform, const Asking& asking, const Metric& metric,
                 const figures::Figure& figure) {
    html::SummaryList list;
    if (metric.kind == MetricKind::ratio) {
        for (const auto& [word, id, count] :
             {std::tuple{"Tử số", metric.numerator, figure.numerator},
              std::tuple{"Mẫu số", metric.denominator, figure.denominator}}) {
            const auto* part = platform.figures.metric(id);
            list.facts.push_back({.key = word,
                                  .value = text::number(count) + " " + part->measure,
                                  .lines = {part->title},
                                  .href = asking.figure_href(id)});
        }
    }
    const auto add = [&](const char* key, std::string value) {
        html::Fact fact;
        fact.key = key;
        fact.value = std::move(value);
        list.facts.push_back(std::move(fact));
    };
    add("Kỳ", "Từ " + show(asking.query.from) + " đến " + show(asking.query.to));
    add("Phạm vi", asking.where);
    add("Cơ quan theo dõi", metric.owner);
    add("Căn cứ", metric.basis);
    add("Mã chỉ tiêu", metric.id);
    html::Fact ledger;
    ledger.key = "Nguồn";
    ledger.value = "Sổ cái, đến sự kiện số " + text::number(figure.position);
    ledger.href = "/so-cai";
    list.facts.push_back(std::move(ledger));
    return html::view(list);
}

// The newest 400 days: a longer table helps nobody; the API gives every range.
html::View day_table(html::chart::Series series, bool ratio) {
    constexpr std::size_t rows_max = 400;
    std::reverse(series.points.begin(), series.points.end());
    series.points.resize(std::min(series.points.size(), rows_max));
    return html::view(html::chart::twin(series, "Ngày", ratio ? "Tỷ lệ" : "Số lượng"));
}

html::View figure_view(const Platform& platform, const Asking& asking, const Metric& metric,
                       bool worst) {
    const auto reading = platform.figures.read();
    const auto figure = reading.value(asking.query);
    const bool ratio = metric.kind == MetricKind::ratio;
    const auto days = by_day(reading.by_day(asking.query), ratio, metric.title + " theo ngày");
    const auto state = mark(metric.id, figure.numerator, figure.denominator);
    html::View view;
    view.set("figure", html::view(html::FigureTile{.id = "",
                                                   .label = asking.where,
                                                   .number = figure.text,
                                                   .unit = ratio ? "" : metric.measure,
                                                   .tone = state.tone,
                                                   .word = state.word}));
    view.set("facts", facts(platform, asking, metric, figure));
    view.set("splits", split_tables(platform, asking, reading, metric, figure));
    view.set("has_children", asking.query.agency == 0);
    if (asking.query.agency == 0)
        view.set("children", children_table(asking, reading, metric, figure, worst));
    view.set("has_days", !days.points.empty());
    view.set("days", html::View::safe(html::chart::line(days)));
    view.set("day_table", day_table(days, ratio));
    view.set("freshness", freshness(asking.query.now, figure.position));
    const auto counted = metric.kind == MetricKind::distinct
                             ? std::string("các hồ sơ")
                             : text::number(figure.numerator) + " bản ghi";
    view.set("records_label", "Xem " + counted + (ratio ? " của tử số" : " được đếm"));
    view.set("records_href", "/so-lieu/" + metric.id + "/ban-ghi?" + asking.arguments());
    return view;
}

http::Response not_found(const Platform& platform, const http::Request& request) {
    return platform.router.error_page
               ? platform.router.error_page(request, 404, "Không có chỉ tiêu này")
               : http::problem(404, "Không có chỉ tiêu này");
}

html::Cell cell_of(const figures::RecordColumn& column, const std::optional<std::string>& value) {
    if (!value) return {.text = "–"};
    if (column.kind == figures::RecordColumn::Kind::instant)
        if (const auto instant = parse_instant(*value))
            return {.text = show(date_of(*instant)), .second = show_time(*instant)};
    for (const auto& label : column.labels)
        if (label.code == *value) return {.text = label.text};
    return {.text = *value};
}

// The agency stands under the record's name, its second column.
html::View records_table(const figures::Entity& entity, const figures::RecordList& list,
                         const places::Places& places) {
    const auto columns = figures::list_columns(entity);
    html::Table table{.caption = "Các bản ghi được đếm"};
    for (const auto& column : columns)
        if (!column.label.empty())
            table.columns.push_back({column.label, table.columns.size() == 1
                                                       ? html::Column::Kind::text
                                                       : html::Column::Kind::narrow});
    for (const auto& record : list.records) {
        html::Row row;
        row.href = entity.record_href;
        if (const auto at = row.href.find("{id}"); at != std::string::npos)
            row.href.replace(at, 4, to_string(record.id));
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (!columns[i].label.empty())
                row.cells.push_back(cell_of(columns[i], record.values[i]));
        if (!row.cells.empty()) row.cells.front().href = row.href;
        if (row.cells.size() > 1 && record.agency != 0)
            row.cells[1].second = places.full_name(places.agency(record.agency));
        table.rows.push_back(std::move(row));
    }
    return html::view(table);
}

}  // namespace

http::Response figure_page(const Platform& platform, http::Request& request) {
    const std::string id(request.param("id"));
    const auto* metric = platform.figures.metric(id);
    if (!metric) return not_found(platform, request);
    const auto asking = ask(platform, request, "/so-lieu/" + id, id);
    auto content = figure_view(platform, asking, *metric, request.arg("sort") == "worst");
    content.set("title", metric->title);
    content.set("definition", platform.figures.definition(asking.query));
    content.set("source", asking.path + "?" + asking.arguments() +
                              (request.arg("sort") == "worst" ? "&sort=worst" : ""));
    if (request.wants_fragment())
        return {.body = platform.templates.render("ioc/figure_body", content)};
    content.set("bar", bar_view(asking, date_of(request.now)));
    html::Page page{.title = metric->title,
                    .frame = html::Page::Frame::staff,
                    .section = "ioc",
                    .content = std::move(content)};
    page.trail = {{"Điều hành", "/dieu-hanh?" + asking.arguments()}, {metric->title, ""}};
    page.live = "/luong";
    identity::dress(page, request);
    return {.status = asking.problems.empty() ? 200 : 422,
            .body = platform.templates.page("ioc/figure", page)};
}

http::Response records_page(const Platform& platform, http::Request& request) {
    constexpr std::size_t rows = 50;
    const std::string id(request.param("id"));
    const auto* metric = platform.figures.metric(id);
    if (!metric) return not_found(platform, request);
    const auto asking = ask(platform, request, "/so-lieu/" + id + "/ban-ghi", id);
    const auto& entity = figures::counted_entity(platform.figures, *metric);
    const auto after = parse_id(request.arg("cursor"));
    auto lease = platform.pool.lease();
    const auto list = figures::list_records(platform.figures, *lease, asking.query, rows, after);
    const auto figure = platform.figures.value(asking.query);
    html::View content;
    content.set("title", metric->title);
    content.set("definition", platform.figures.definition(asking.query));
    content.set("figure_href", asking.figure_href(id));
    content.set("figure", figure.text);
    content.set("count", text::number(list.total) + " " + entity.noun);
    content.set("table", records_table(entity, list, *asking.places));
    const auto here = asking.path + "?" + asking.arguments();
    content.set("pager",
                html::view(html::Pager{
                    .previous = after ? here : "",
                    .next = list.next ? here + "&cursor=" + to_string(*list.next) : "",
                    .count = text::number(static_cast<std::int64_t>(list.records.size())) +
                             " dòng trong " + text::number(list.total) + " " + entity.noun}));
    html::Page page{.title = "Bản ghi: " + metric->title,
                    .frame = html::Page::Frame::staff,
                    .section = "ioc",
                    .content = std::move(content)};
    page.trail = {
        {"Điều hành", "/dieu-hanh"}, {metric->title, asking.figure_href(id)}, {"Bản ghi", ""}};
    identity::dress(page, request);
    return {.status = asking.problems.empty() ? 200 : 422,
            .body = platform.templates.page("ioc/records", page)};
}

}  // namespace chilang::ioc
