// The map of the province's districts as SVG text. Colours come from classes of the style sheet;
// the numbers stand in a table beside it.
#pragma once

#include "html/kit.hpp"

#include <span>
#include <string>

namespace chilang::ioc {

struct Area {
    std::string code;              // GSO code of 2023
    std::string name, text, href;  // "Huyện Tràng Định", "98,45%"
    html::Tone tone = html::Tone::none;
};
std::string map(std::span<const Area> areas);

}  // namespace chilang::ioc
