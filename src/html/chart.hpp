// Charts as text, drawn on the server: they work on paper, without scripts, and in a report.
//
// Every chart has a title and a sentence for screen readers; `twin` gives the same numbers as a
// table. Put the result into a view with View::safe. Lengths are in the units of the value; texts
// are given, because only the caller knows how a figure is rounded and what stands behind it.
#pragma once

#include "html/kit.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace chilang::html::chart {

struct Point {
    std::string label, text;      // "14/06/2023", "98,45% (1.204/1.223)"
    std::optional<double> value;  // nothing happened: never a zero, the line passes over it
};

struct Series {
    std::string title;   // "Hồ sơ tiếp nhận theo ngày"
    std::string period;  // "01/01/2023 – 14/06/2023"
    std::vector<Point> points;
    std::optional<double> plan;  // a thin dashed line
    std::string plan_text;       // "kế hoạch 98%"
    double from = 0;             // of the axis: other than 0 only for lines, and told by its texts
    std::optional<double> end;   // of the axis; else the greatest value
    std::array<std::string, 3> axis;  // texts at the end, the middle and the beginning
};

// A line over time that fills the width it is given; its texts keep their size on a phone.
std::string line(const Series& series);
// The last weeks at one glance: no axis.
std::string sparkline(const Series& series);
// A share, 0 … 1, beside its number in a table.
std::string bar(double share, Tone tone);

// The same numbers as a table.
Table twin(const Series& series, std::string label_heading, std::string value_heading);

}  // namespace chilang::html::chart
