// Periods, limits and drawings: the parts of the centre that are not asked of figures.
#include "ioc/drawing.hpp"
#include "ioc/marks.hpp"
#include "ioc/period.hpp"

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

TEST(Drawing, ALineBreaksWhereNothingHappened) {
    const std::vector<figures::DayPoint> points{{{0}, 1, 2}, {{1}, 0, 0}, {{2}, 3, 3}};
    const auto svg = line(points, true, "Tỷ lệ <theo> ngày");
    const auto d = svg.substr(svg.find("class=\"line\""));
    EXPECT_EQ(std::count(d.begin(), d.begin() + static_cast<long>(d.find("/>")), 'M'), 2);
    EXPECT_EQ(svg.find("<theo>"), svg.npos);
    EXPECT_EQ(line(std::span(points).first(1), false, ""), "");
}

}  // namespace
}  // namespace chilang::ioc
