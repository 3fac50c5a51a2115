// The field "Hành chính công" as view data: tiles, table of child units, map. The board, the wall
// and the live fragments show the same data in different frames.
#pragma once

#include "ioc/asking.hpp"

#include <span>
#include <string>

namespace chilang::ioc {

std::span<const char* const> headline_metrics();
// Members: tiles, where, period, units (kit/table), map, has_map, freshness.
html::View board_view(const Platform& platform, const Asking& asking, bool wall);

}  // namespace chilang::ioc
