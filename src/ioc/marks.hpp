// When a figure is on course, needs attention, or is late: one table, so that the board, the map
// and the figure page agree. The limits are the centre's own working limits, not a decree's.
#pragma once

#include "figures/figures.hpp"
#include "html/kit.hpp"

#include <string>
#include <string_view>

namespace chilang::ioc {

struct Mark {
    html::Tone tone = html::Tone::none;
    std::string word;  // "đạt", "cần chú ý", "chậm"; empty: no limit set
};
Mark mark(std::string_view metric, std::int64_t numerator, std::int64_t denominator);

}  // namespace chilang::ioc
