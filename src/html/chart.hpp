// Charts as SVG text, drawn on the server: they work on paper, without scripts, and in a report.
//
// Bars begin at 0 and are sorted by the caller's meaning (by value, or in administrative order).
// Every chart has a title and a sentence for screen readers; `twin` gives the same numbers as a
// table. Put the result into a view with View::safe. Lengths are in the units of the value; texts
// are given, because only the caller knows how a figure is rounded and what stands behind it.
#pragma once

#include "html/kit.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chilang::html::chart {

struct Point {
    std::string label, text;      // "Huyện Bắc Sơn", "98,45% (1.204/1.223)"
    std::optional<double> value;  // nothing happened: a gap, never a zero
    Tone tone = Tone::none;       // none draws in the brand's colour
};

struct Series {
    std::string title;   // "Tỷ lệ đúng hạn theo huyện"
    std::string period;  // "01/01/2023 – 14/06/2023"
    std::vector<Point> points;
    std::optional<double> plan;  // a thin line, or the mark of a bullet
    std::string plan_text;       // "kế hoạch 98%"
    std::optional<double> end;   // of the axis; else the greatest value
};

// Horizontal bars with label and value, one under the other.
std::string bars(const Series& series);
// A line over time, the plan as a thin dashed line; axis texts at the ends.
std::string line(const Series& series);
// The last weeks at one glance: no axis, the last point marked.
std::string sparkline(const Series& series);

struct Bullet {
    std::string title;  // "Đạt 131% kế hoạch"
    double value = 0, plan = 0;
    std::optional<double> elapsed;  // 0 … 1 of the period: where an even pace would be
    Tone tone = Tone::none;
};
std::string bullet(const Bullet& bullet);

// The same numbers as a table.
Table twin(const Series& series, std::string label_heading, std::string value_heading);

}  // namespace chilang::html::chart
