// The catalogue has the counts of the plan, real rows are sound, samples are marked and never pass
// for real.
#include "demo/catalogue.hpp"

#include "base/text.hpp"
#include "demo/samples.hpp"
#include "demo/testing.hpp"

#include <gtest/gtest.h>

#include <set>

namespace chilang::demo {
namespace {

using dossiers::PausePolicy;
using dossiers::Procedure;
using dossiers::ServiceLevel;

int count(auto&& is) {
    static const TestProvince province;
    return static_cast<int>(std::ranges::count_if(province.catalogue.procedures, is));
}

TEST(Catalogue, HasTheCountsOfThePlan) {
    EXPECT_EQ(count([](auto&) { return true; }), 1810);
    EXPECT_EQ(count([](auto& p) { return p.level == ServiceLevel::information; }), 391);
    EXPECT_EQ(count([](auto& p) { return p.level == ServiceLevel::partial; }), 420);
    EXPECT_EQ(count([](auto& p) { return p.level == ServiceLevel::full; }), 999);
    EXPECT_EQ(count([](auto& p) { return p.portal_synced; }), 1723);
    EXPECT_EQ(count([](auto& p) { return p.portal_level.has_value(); }), 1344);
    EXPECT_EQ(count([](auto& p) { return p.portal_level == ServiceLevel::partial; }), 462);
    EXPECT_EQ(count([](auto& p) { return p.portal_level == ServiceLevel::full; }), 882);
}

TEST(Catalogue, ShowsTheOddityOfThePlanAsFortyTwoRecords) {
    EXPECT_EQ(count([](auto& p) {
                  return p.level == ServiceLevel::full && p.portal_level == ServiceLevel::partial;
              }),
              42);
    EXPECT_EQ(count([](auto& p) { return p.portal_level && !p.portal_synced; }), 0);
}

TEST(Catalogue, MarksSamplesAndOnlyThem) {
    const TestProvince province;
    for (const Procedure& p : province.catalogue.procedures) {
        const bool sample = p.certainty == "generated";
        EXPECT_EQ(sample, p.code.starts_with("9.")) << p.code;
        EXPECT_EQ(sample, p.basis.find("minh họa") != std::string::npos) << p.code;
        EXPECT_TRUE(sample || p.certainty == "sure" || p.certainty == "doubtful") << p.code;
    }
    EXPECT_EQ(province.catalogue.real, 51u);
}

TEST(Catalogue, IsWhole) {
    const TestProvince province;
    std::set<std::string> codes, names;
    std::int64_t id = 0;
    for (const Procedure& p : province.catalogue.procedures) {
        EXPECT_EQ(p.id, ++id);
        EXPECT_TRUE(codes.insert(p.code).second) << p.code;
        EXPECT_TRUE(names.insert(p.field + p.name).second) << p.name;
        EXPECT_EQ(p.pause_policy == PausePolicy::keep, p.pause_clause.empty()) << p.code;
        EXPECT_FALSE(p.components.empty()) << p.code;
        EXPECT_EQ(text::clean(p.name), p.name) << p.code;
        for (const auto& component : p.components)
            EXPECT_TRUE(component.source == "data" || component.source == "upload" ||
                        component.source == "original")
                << p.code;
    }
}

TEST(Components, AreReadFromTheirShortForm) {
    const auto list = parse_components("upload:Tờ khai; data?:Dữ liệu căn cước; original:Ảnh|2");
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(list[0].name, "Tờ khai");
    EXPECT_TRUE(list[0].required);
    EXPECT_EQ(list[1].source, "data");
    EXPECT_FALSE(list[1].required);
    EXPECT_EQ(list[2].copies, 2);
    EXPECT_THROW(parse_components("Tờ khai"), std::runtime_error);
}

}  // namespace
}  // namespace chilang::demo
