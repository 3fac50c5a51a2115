// Charts: gaps, axes from 0, escaping, and the drawings as they are (src/html/cases/*.svg;
// UPDATE=1).
#include "html/chart.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace chilang::html::chart {
namespace {

Series districts() {
    return {.title = "Tỷ lệ đúng hạn theo huyện",
            .period = "01/01/2023 – 14/06/2023",
            .points = {{"Huyện Bắc Sơn", "98,72% (9.411)", 98.72},
                       {"Huyện Bình Gia", "91,40% (6.204)", 91.4},
                       {"Huyện <A> & \"B\"", "không phát sinh", std::nullopt}},
            .plan = 98,
            .plan_text = "kế hoạch 98%",
            .from = 90,
            .end = 100,
            .axis = {"100%", "95%", "90%"}};
}

void expect_as_kept(const std::string& name, const std::string& drawing) {
    const std::string path = std::string(CHILANG_SOURCE) + "/src/html/cases/" + name + ".svg";
    if (std::getenv("UPDATE")) std::ofstream(path) << drawing << "\n";
    std::ifstream file(path);
    const std::string kept{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(drawing + "\n", kept) << path;
}

TEST(Chart, DrawsAsKept) {
    expect_as_kept("bar", bar(0.914, Tone::late));
    expect_as_kept("line", line(districts()));
    expect_as_kept("sparkline", sparkline(districts()));
}

TEST(Chart, EscapesAndTells) {
    for (const std::string& drawing : {line(districts()), sparkline(districts())}) {
        EXPECT_EQ(drawing.find("<A>"), drawing.npos);
        EXPECT_NE(drawing.find("<title>Tỷ lệ đúng hạn theo huyện</title>"), drawing.npos);
        EXPECT_NE(drawing.find("<desc>01/01/2023"), drawing.npos);
    }
}

TEST(Chart, ADayWithoutWorkIsNotAZero) {
    const Series series{.title = "t",
                        .points = {{"1", "1", 1.0}, {"2", "", std::nullopt}, {"3", "4", 4.0}}};
    EXPECT_NE(line(series).find("class=\"line\" d=\"M0 75L1000 0\""), std::string::npos);
}

TEST(Chart, ValuesOutsideTheAxisStayInTheDrawing) {
    const Series series{
        .title = "t", .points = {{"1", "1", 80.0}, {"2", "2", 100.0}}, .from = 90, .end = 100};
    EXPECT_NE(line(series).find("class=\"line\" d=\"M0 100L1000 0\""), std::string::npos);
}

TEST(Chart, NothingDrawsNothing) {
    const Series empty{.title = "t"};
    for (const std::string& drawing : {line(empty), sparkline(empty), bar(0, Tone::none)})
        EXPECT_EQ(drawing.find("nan"), drawing.npos);
}

TEST(Chart, TwinHasTheSameNumbers) {
    const Table table = twin(districts(), "Đơn vị", "Đúng hạn");
    ASSERT_EQ(table.rows.size(), 3u);
    EXPECT_EQ(table.rows[1].cells[1].text, "91,40% (6.204)");
}

}  // namespace
}  // namespace chilang::html::chart
