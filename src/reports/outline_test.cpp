#include "reports/outline.hpp"

#include <gtest/gtest.h>

namespace chilang::reports {
namespace {

TEST(Outline, NumbersItsHeadings) {
    const Outline outline = parse_outline(
        "id x\nperiod 2023-01-01 2023-06-14\n## Một\n### Hai\n### Ba\n## Bốn\n### Năm\n- có {{a}} "
        "việc\n");
    ASSERT_EQ(outline.paragraphs.size(), 6u);
    EXPECT_EQ(outline.paragraphs[0].number, "I.");
    EXPECT_EQ(outline.paragraphs[2].number, "2.");
    EXPECT_EQ(outline.paragraphs[3].number, "II.");
    EXPECT_EQ(outline.paragraphs[4].number, "1.");
}

TEST(Outline, SplitsProseFromFigures) {
    const auto parts = parse_outline("id x\n- có {{a}} việc, {{b}}\n").paragraphs.at(0).parts;
    ASSERT_EQ(parts.size(), 4u);
    EXPECT_EQ(parts[0].prose, "có ");
    EXPECT_EQ(parts[1].figure, "a");
    EXPECT_EQ(parts[3].figure, "b");
}

TEST(Outline, NamesTheLineThatItCannotRead) {
    for (const auto& [bad, line] : {std::pair{"id x\n- có {{a việc\n", "dòng 2"},
                                    {"id x\nkhác y\n", "dòng 2"},
                                    {"id x\nperiod 2023-06-14 2023-01-01\n- a\n", "dòng 2"}}) {
        try {
            parse_outline(bad);
            FAIL() << bad;
        } catch (const std::invalid_argument& error) {
            EXPECT_NE(std::string(error.what()).find(line), std::string::npos) << error.what();
        }
    }
}

TEST(Outline, TheHalfYearReportIsCarriedInside) {
    const auto outlines = embedded_outlines();
    ASSERT_FALSE(outlines.empty());
    EXPECT_EQ(outlines[0].id, "2023-h1-tthc");
    EXPECT_EQ(to_iso(outlines[0].to), "2023-06-14");
}

}  // namespace
}  // namespace chilang::reports
