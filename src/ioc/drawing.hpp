// The centre's drawings as SVG text: a bar, a line by day, and the map of the province's districts.
// Colours come from classes of the style sheet, and each drawing has its numbers as a table beside
// it.
#pragma once

#include "figures/figures.hpp"
#include "html/kit.hpp"

#include <span>
#include <string>
#include <vector>

namespace chilang::ioc {

// A share of the widest bar, 0 … 1.
std::string bar(double share, html::Tone tone);

// Count or share of each day; `from` and `to` label the axis.
std::string line(std::span<const figures::DayPoint> points, bool share, const std::string& title);

struct Area {
    std::string code;              // GSO code of 2023
    std::string name, text, href;  // "Huyện Tràng Định", "98,45%"
    html::Tone tone = html::Tone::none;
};
std::string map(std::span<const Area> areas);

}  // namespace chilang::ioc
