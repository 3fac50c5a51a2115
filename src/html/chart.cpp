// Drawing of charts. Numbers are printed with one decimal: the same data give the same bytes.
//
// A line is stretched by the browser (preserveAspectRatio none, strokes keep their width), and its
// texts stand beside it as text: so one drawing serves a phone and a wall.
#include "html/chart.hpp"

#include "html/template.hpp"
#include "html/tone.hpp"

#include <algorithm>
#include <cmath>

namespace chilang::html::chart {

namespace {

constexpr double width = 1000, height = 100;

std::string tenths(double value) {
    const auto rounded = static_cast<long long>(std::llround(value * 10));
    std::string out = std::to_string(rounded / 10);
    if (rounded < 0 && rounded > -10) out.insert(0, "-");
    if (rounded % 10) out += "." + std::to_string(std::abs(rounded % 10));
    return out;
}

std::string escaped(const std::string& text) {
    std::string out;
    escape(text, out);
    return out;
}

double end_of(const Series& series) {
    double end = series.end.value_or(series.plan.value_or(0));
    for (const Point& point : series.points) end = std::max(end, point.value.value_or(0));
    return end > series.from ? end : series.from + 1;
}

// Screen readers hear the ends; the rest is in the twin.
std::string told(const Series& series) {
    std::string out = series.period;
    const auto say = [&](const Point& point) {
        out += (out.empty() ? "" : ". ") + point.label + ": " + point.text;
    };
    if (!series.points.empty()) say(series.points.front());
    if (series.points.size() > 1) say(series.points.back());
    if (!series.plan_text.empty()) out += ". " + series.plan_text;
    return out;
}

std::string open(std::string_view kind, const Series& series) {
    return "<svg class=\"chart " + std::string(kind) + "\" viewBox=\"0 0 " + tenths(width) + " " +
           tenths(height) + "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" +
           escaped(series.title) + "\"><title>" + escaped(series.title) + "</title><desc>" +
           escaped(told(series)) + "</desc>";
}

double height_of(const Series& series, double value, double end) {
    const double share = (value - series.from) / (end - series.from);
    return height * (1 - std::clamp(share, 0.0, 1.0));
}

std::string path(const Series& series, double end) {
    std::string d;
    const auto n = series.points.size();
    for (std::size_t i = 0; i < n; ++i) {
        const auto& value = series.points[i].value;
        if (!value) continue;
        const double x = n > 1 ? width * static_cast<double>(i) / static_cast<double>(n - 1) : 0;
        d += (d.empty() ? 'M' : 'L') + tenths(x) + " " + tenths(height_of(series, *value, end));
    }
    return "<path class=\"line\" d=\"" + d + "\"/>";
}

std::string level(std::string_view kind, double y) {
    return "<path class=\"" + std::string(kind) + "\" d=\"M0 " + tenths(y) + "H1000\"/>";
}

}  // namespace

std::string line(const Series& series) {
    const double end = end_of(series);
    std::string out = "<div class=\"plot\"><div class=\"plot-scale\" aria-hidden=\"true\">";
    for (const std::string& text : series.axis) out += "<span>" + escaped(text) + "</span>";
    out += "</div>" + open("plot-area", series);
    for (const double y : {0.0, height / 2, height}) out += level("axis", y);
    if (series.plan) out += level("plan", height_of(series, *series.plan, end));
    out += path(series, end) + "</svg><div class=\"plot-ends\" aria-hidden=\"true\">";
    if (!series.points.empty())
        out += "<span>" + escaped(series.points.front().label) + "</span><span>" +
               escaped(series.plan_text) + "</span><span>" + escaped(series.points.back().label) +
               "</span>";
    return out + "</div></div>";
}

std::string sparkline(const Series& series) {
    return open("sparkline", series) + path(series, end_of(series)) + "</svg>";
}

std::string bar(double share, Tone tone) {
    return "<svg class=\"chart share-bar\" viewBox=\"0 0 160 10\" width=\"160\" height=\"10\" "
           "aria-hidden=\"true\"><rect class=\"track\" width=\"160\" height=\"10\"/><rect "
           "class=\"mark " +
           std::string(tone == Tone::none ? "" : tone_class(tone)) + "\" width=\"" +
           tenths(std::clamp(share, 0.0, 1.0) * 160) + "\" height=\"10\"/></svg>";
}

Table twin(const Series& series, std::string label_heading, std::string value_heading) {
    Table table;
    table.caption = series.title;
    table.columns = {{.label = std::move(label_heading)},
                     {.label = std::move(value_heading), .kind = Column::Kind::number}};
    for (const Point& point : series.points)
        table.rows.push_back({.cells = {{.text = point.label}, {.text = point.text}}});
    return table;
}

}  // namespace chilang::html::chart
