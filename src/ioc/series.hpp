// Figures over time as series for the kit's charts: by day on a figure's page, by week on a tile.
#pragma once

#include "figures/figures.hpp"
#include "html/chart.hpp"

#include <span>
#include <string>

namespace chilang::ioc {

// Count or share of each day. The axis of a count begins at 0; that of a share begins below its
// lowest day, and says so. No points when there are fewer than two days.
html::chart::Series by_day(std::span<const figures::DayPoint> points, bool share,
                           const std::string& title);

// The last 13 weeks before the end of `points`: sums of a flow or a share, last days of a stock.
html::chart::Series by_week(std::span<const figures::DayPoint> points, figures::MetricKind kind,
                            const std::string& title);

}  // namespace chilang::ioc
