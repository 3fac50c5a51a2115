// A scenario is read whole, and one that contradicts itself is refused with the key that is wrong.
#include "demo/scenario.hpp"

#include "base/embedded.hpp"

#include <gtest/gtest.h>

namespace chilang::demo {
namespace {

std::string carried() {
    return std::string(embedded_file("data/langson/scenario-2023.toml"));
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& text) {
    try {
        read_scenario(text);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST(Scenario, IsThePlanOfTheFirstHalfOf2023) {
    const Scenario s = read_scenario(carried());
    EXPECT_EQ(s.services(), 1810);
    EXPECT_EQ(s.dossiers(), 135'408);
    EXPECT_EQ(s.in_time + s.late, 132'796);
    EXPECT_EQ(s.open(), 2'612);
    EXPECT_EQ(s.from, make_date(2023, 1, 1));
    EXPECT_EQ(date_of(s.until), make_date(2023, 6, 14));
}

TEST(Scenario, NamesTheKeyThatIsWrong) {
    EXPECT_EQ(error_of(carried()), "");
    EXPECT_NE(error_of(with(carried(), "late = 2063", "late = 99999")).find("dossiers.in_time"),
              std::string::npos);
    EXPECT_NE(error_of(with(carried(), "used_online = 287", "used_online = 298"))
                  .find("services.used_online"),
              std::string::npos);
    EXPECT_NE(error_of(with(carried(), "seed = 20230614", "")).find("seed"), std::string::npos);
    EXPECT_NE(error_of(with(carried(), "from = \"2023-01-01\"", "from = \"1/1/2023\""))
                  .find("period.from"),
              std::string::npos);
    EXPECT_NE(error_of(with(carried(), "portal_full = 882", "portal_full = 990"))
                  .find("services.portal_full"),
              std::string::npos);
    EXPECT_NE(error_of("seed = = 1").find("dòng 1"), std::string::npos);
}

TEST(Scenario, ShrinksWithoutLosingItsShape) {
    const Scenario s = scaled(read_scenario(carried()), 0.01);
    EXPECT_EQ(s.online, 1264);
    EXPECT_EQ(s.counter, 90);
    EXPECT_EQ(s.late, 21);
    EXPECT_GT(s.open(), 0);
    EXPECT_EQ(s.services(), 1810);
}

}  // namespace
}  // namespace chilang::demo
