// Drawing of charts. Numbers are printed with one decimal: the same data give the same bytes.
#include "html/chart.hpp"

#include "html/template.hpp"
#include "html/tone.hpp"

#include <algorithm>
#include <cmath>

namespace chilang::html::chart {

namespace {

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
    return end > 0 ? end : 1;
}

std::string open(std::string_view kind, double width, double height, const std::string& title,
                 const std::string& description) {
    return "<svg class=\"chart " + std::string(kind) + "\" viewBox=\"0 0 " + tenths(width) + " " +
           tenths(height) + "\" role=\"img\" aria-label=\"" + escaped(title) + "\"><title>" +
           escaped(title) + "</title><desc>" + escaped(description) + "</desc>";
}

// Screen readers hear the ends and the number of points; the rest is in the twin.
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

std::string text_at(double x, double y, std::string_view anchor, std::string_view kind,
                    const std::string& words) {
    return "<text x=\"" + tenths(x) + "\" y=\"" + tenths(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\" class=\"" + std::string(kind) + "\">" + escaped(words) +
           "</text>";
}

struct Box {
    double left, top, width, height;
};

// The path through all points; a missing value lifts the pen.
std::string path(const Series& series, const Box& box, double end) {
    std::string d;
    char verb = 'M';
    const auto n = series.points.size();
    for (std::size_t i = 0; i < n; ++i) {
        const auto& value = series.points[i].value;
        if (!value) {
            verb = 'M';
            continue;
        }
        const double x =
            box.left +
            (n > 1 ? box.width * static_cast<double>(i) / static_cast<double>(n - 1) : 0);
        d += verb + tenths(x) + " " + tenths(box.top + box.height * (1 - *value / end));
        verb = 'L';
    }
    return d;
}

std::string mark_class(Tone tone) {
    return tone == Tone::none ? "mark" : std::string("mark ") + tone_class(tone);
}

}  // namespace

std::string bars(const Series& series) {
    constexpr double width = 640, row = 28, label_width = 200, value_width = 150;
    constexpr double track = width - label_width - value_width;
    const double end = end_of(series);
    const double height = row * static_cast<double>(series.points.size());
    std::string svg = open("bars", width, height, series.title, told(series));
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        const Point& point = series.points[i];
        const double y = row * static_cast<double>(i);
        svg += text_at(label_width - 12, y + 19, "end", "name", point.label);
        svg += "<rect class=\"" + mark_class(point.tone) + "\" x=\"" + tenths(label_width) +
               "\" y=\"" + tenths(y + 6) + "\" width=\"" +
               tenths(track * std::max(0.0, point.value.value_or(0)) / end) + "\" height=\"16\"/>";
        svg += text_at(label_width + track * std::max(0.0, point.value.value_or(0)) / end + 8,
                       y + 19, "start", "value", point.text);
    }
    if (series.plan) {
        const std::string x = tenths(label_width + track * *series.plan / end);
        svg += "<path class=\"plan\" d=\"M" + x + " 0V" + tenths(height) + "\"/>";
    }
    return svg + "</svg>";
}

std::string line(const Series& series) {
    constexpr double width = 640, height = 200;
    constexpr Box box{8, 16, width - 120, height - 48};
    const double end = end_of(series);
    std::string svg = open("line-chart", width, height, series.title, told(series));
    svg += "<path class=\"axis\" d=\"M8 " + tenths(box.top + box.height) + "H" +
           tenths(box.left + box.width) + "\"/>";
    if (series.plan) {
        const double y = box.top + box.height * (1 - *series.plan / end);
        svg += "<path class=\"plan\" d=\"M8 " + tenths(y) + "H" + tenths(box.left + box.width) +
               "\"/>";
        svg += text_at(box.left + box.width + 8, y + 4, "start", "name", series.plan_text);
    }
    svg += "<path class=\"line\" d=\"" + path(series, box, end) + "\"/>";
    if (!series.points.empty()) {
        const Point& last = series.points.back();
        svg += text_at(box.left, height - 10, "start", "", series.points.front().label);
        svg += text_at(box.left + box.width, height - 10, "end", "", last.label);
        if (last.value) {
            const double y = box.top + box.height * (1 - *last.value / end);
            const bool near = series.plan && std::abs(*last.value - *series.plan) / end < 0.1;
            svg += "<circle class=\"mark\" cx=\"" + tenths(box.left + box.width) + "\" cy=\"" +
                   tenths(y) + "\" r=\"4\"/>";
            // The value steps aside when the plan's words stand at the same height.
            svg += text_at(box.left + box.width + 8,
                           near ? y + (*last.value < *series.plan ? 20 : -12) : y + 4, "start",
                           "value", last.text);
        }
    }
    return svg + "</svg>";
}

std::string sparkline(const Series& series) {
    constexpr Box box{3, 3, 154, 26};
    const double end = end_of(series);
    std::string svg = open("sparkline", 160, 32, series.title, told(series));
    svg += "<path class=\"line\" d=\"" + path(series, box, end) + "\"/>";
    if (!series.points.empty() && series.points.back().value)
        svg += "<circle class=\"mark\" cx=\"157\" cy=\"" +
               tenths(box.top + box.height * (1 - *series.points.back().value / end)) +
               "\" r=\"3\"/>";
    return svg + "</svg>";
}

std::string bullet(const Bullet& bullet) {
    constexpr double width = 240;
    const double end = std::max({bullet.value, bullet.plan * 1.15, 1e-9});
    const double at_plan = width * bullet.plan / end;
    std::string svg = open("bullet", width, 20, bullet.title, "");
    svg += "<rect class=\"track\" y=\"4\" width=\"" + tenths(width) + "\" height=\"12\"/>";
    svg += "<rect class=\"" + mark_class(bullet.tone) + "\" y=\"7\" width=\"" +
           tenths(width * std::max(0.0, bullet.value) / end) + "\" height=\"6\"/>";
    svg += "<rect class=\"target\" x=\"" + tenths(at_plan - 1) +
           "\" y=\"1\" width=\"2\" height=\"18\"/>";
    if (bullet.elapsed) {
        const double x = at_plan * std::clamp(*bullet.elapsed, 0.0, 1.0);
        svg += "<path class=\"elapsed\" d=\"M" + tenths(x - 4) + " 20h8l-4 -5z\"/>";
    }
    return svg + "</svg>";
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
