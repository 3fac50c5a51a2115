// Periods, limits and drawings: the parts of the centre that are not asked of figures.
#include "ioc/drawing.hpp"
#include "ioc/marks.hpp"
#include "ioc/period.hpp"
#include "ioc/series.hpp"

#include <gtest/gtest.h>

namespace chilang::ioc {
namespace {

TEST(Period, StandsBetweenItsOwnDays) {
    const auto named = periods(make_date(2024, 5, 20));
    EXPECT_EQ(named.front().from, make_date(2023, 1, 1));
    EXPECT_EQ(named.front().to, make_date(2024, 5, 20));
    EXPECT_EQ(period(named, "quy-nay")->from, make_date(2024, 4, 1));
    EXPECT_EQ(period(named, "thang-nay")->from, make_date(2024, 5, 1));
    EXPECT_EQ(period(named, "6-thang-2023")->to, make_date(2023, 6, 14));
    EXPECT_EQ(period(named, "hom-qua"), nullptr);
    EXPECT_EQ(period(periods(make_date(2024, 12, 31)), "quy-nay")->from, make_date(2024, 10, 1));
}

TEST(Mark, FollowsTheDirectionOfTheMetric) {
    EXPECT_EQ(mark("dossiers_ontime_pct", 130733, 132796).tone, html::Tone::on_course);
    EXPECT_EQ(mark("dossiers_ontime_pct", 9799, 10000).tone, html::Tone::attention);
    EXPECT_EQ(mark("dossiers_ontime_pct", 94, 100).tone, html::Tone::late);
    EXPECT_EQ(mark("dossiers_ontime_pct", 0, 0).word, "không phát sinh");
    EXPECT_EQ(mark("dossiers_late_pct", 1, 100).tone, html::Tone::on_course);
    EXPECT_EQ(mark("dossiers_overdue", 0, 1).tone, html::Tone::on_course);
    EXPECT_EQ(mark("dossiers_received", 5, 1).word, "");
}

TEST(Drawing, TheMapHasElevenDistrictsWithTheirNumbers) {
    const std::vector<Area> areas{
        {"180", "Huyện Tràng Định", "98,45%", "/so-lieu/x?unit=180&ky=a", html::Tone::late}};
    const auto svg = map(areas);
    std::size_t shapes = 0;
    for (auto at = svg.find("<path"); at != svg.npos; at = svg.find("<path", at + 1)) ++shapes;
    EXPECT_EQ(shapes, 11u);
    EXPECT_NE(svg.find("Huyện Tràng Định: 98,45%"), svg.npos);
    EXPECT_NE(svg.find("href=\"/so-lieu/x?unit=180&amp;ky=a\""), svg.npos);
    EXPECT_NE(svg.find("chưa có số liệu"), svg.npos);
}

TEST(Series, AShareOfNothingIsNoPointAndTheAxisSaysWhereItBegins) {
    const std::vector<figures::DayPoint> points{{{0}, 97, 100}, {{1}, 0, 0}, {{2}, 3, 3}};
    const auto series = by_day(points, true, "Tỷ lệ");
    ASSERT_EQ(series.points.size(), 3u);
    EXPECT_FALSE(series.points[1].value);
    EXPECT_EQ(series.points[1].text, "không phát sinh");
    EXPECT_EQ(series.from, 90);
    EXPECT_EQ(series.axis.back(), "90%");
    EXPECT_TRUE(by_day(std::span(points).first(1), true, "").points.empty());
}

TEST(Series, TheAxisOfACountBeginsAtZeroAndHoldsTheGreatest) {
    for (const std::int64_t most : {0, 3, 5, 11, 39, 101, 1969}) {
        const std::vector<figures::DayPoint> points{{{0}, 0, 1}, {{1}, most, 1}};
        const auto series = by_day(points, false, "Số");
        EXPECT_EQ(series.from, 0);
        EXPECT_GE(*series.end, static_cast<double>(most));
        EXPECT_LE(*series.end, std::max(4.0, 2.5 * static_cast<double>(most)));
    }
}

TEST(Series, WeeksAddFlowsAndSharesAndKeepTheLastDayOfAStock) {
    std::vector<figures::DayPoint> points;
    for (int day = 0; day < 15; ++day) points.push_back({{day}, day, 10});
    const auto sums = [&](figures::MetricKind kind) {
        std::vector<double> values;
        for (const auto& point : by_week(points, kind, "").points) values.push_back(*point.value);
        return values;
    };
    using Values = std::vector<double>;
    EXPECT_EQ(sums(figures::MetricKind::flow), (Values{28, 77}));  // 1 … 7, 8 … 14
    EXPECT_EQ(sums(figures::MetricKind::stock), (Values{7, 14}));
    EXPECT_EQ(sums(figures::MetricKind::ratio), (Values{40, 110}));
}

}  // namespace
}  // namespace chilang::ioc
