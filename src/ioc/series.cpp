#include "ioc/series.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cmath>

namespace chilang::ioc {

namespace {

using html::chart::Series;

std::optional<double> value_of(std::int64_t numerator, std::int64_t denominator, bool share) {
    if (!share) return static_cast<double>(numerator);
    if (denominator == 0) return std::nullopt;
    return 100.0 * static_cast<double>(numerator) / static_cast<double>(denominator);
}

std::string text_of(std::int64_t numerator, std::int64_t denominator, bool share) {
    if (!share) return text::number(numerator);
    if (denominator == 0) return "không phát sinh";
    return text::ratio(numerator, denominator, 2) + "% (" + text::number(numerator) + "/" +
           text::number(denominator) + ")";
}

// The smallest of 4, 10, 20, 40, 100, 200 … that nothing exceeds: half of it is whole.
double round_end(double most) {
    for (double scale = 1;; scale *= 10)
        for (const double step : {4.0, 10.0, 20.0})
            if (step * scale >= most) return step * scale;
}

void set_axis(Series& series, bool share) {
    double most = 0, least = 100;
    for (const auto& point : series.points) {
        most = std::max(most, point.value.value_or(0));
        least = std::min(least, point.value.value_or(100));
    }
    if (share) {
        series.from = std::clamp(std::floor(least / 10) * 10, 0.0, 90.0);
        series.end = 100;
    } else {
        series.end = round_end(most);
    }
    for (std::size_t i = 0; i < series.axis.size(); ++i) {
        const double value = *series.end - (*series.end - series.from) * static_cast<double>(i) / 2;
        series.axis[i] =
            text::number(static_cast<std::int64_t>(std::llround(value))) + (share ? "%" : "");
    }
}

}  // namespace

Series by_day(std::span<const figures::DayPoint> points, bool share, const std::string& title) {
    Series series{.title = title};
    if (points.size() < 2) return series;
    series.period = show(points.front().day) + " – " + show(points.back().day);
    for (const auto& point : points)
        series.points.push_back({show(point.day),
                                 text_of(point.numerator, point.denominator, share),
                                 value_of(point.numerator, point.denominator, share)});
    set_axis(series, share);
    return series;
}

Series by_week(std::span<const figures::DayPoint> points, figures::MetricKind kind,
               const std::string& title) {
    constexpr std::size_t days = 7, weeks_max = 13;
    Series series{.title = title, .period = "13 tuần gần nhất"};
    const bool share = kind == figures::MetricKind::ratio;
    const std::size_t weeks = std::min(points.size() / days, weeks_max);
    for (auto week = points.last(weeks * days); !week.empty(); week = week.subspan(days)) {
        std::int64_t numerator = week[days - 1].numerator, denominator = 1;
        if (kind != figures::MetricKind::stock) {
            numerator = denominator = 0;
            for (const auto& day : week.first(days)) {
                numerator += day.numerator;
                denominator += day.denominator;
            }
        }
        series.points.push_back({"Tuần đến " + show(week[days - 1].day),
                                 text_of(numerator, denominator, share),
                                 value_of(numerator, denominator, share)});
    }
    set_axis(series, share);
    return series;
}

}  // namespace chilang::ioc
