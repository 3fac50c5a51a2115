// Places against a real database: the three states of the province, successions, agencies, search.
#include "places/places.hpp"

#include "db/testing.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace chilang::places {
namespace {

const Date plan_day = make_date(2023, 6, 14);
const Date winter_day = make_date(2024, 12, 1);
const Date today = make_date(2026, 11, 24);

struct PlacesTest : testing::Test {
    static void SetUpTestSuite() {
        database = new db::TestDatabase;
        auto lease = database->pool().lease();
        seed(*lease);
        places = Places::load(*lease);
    }
    static void TearDownTestSuite() {
        places.reset();
        delete database;
    }
    static inline db::TestDatabase* database = nullptr;
    static inline std::shared_ptr<const Places> places;
    static std::map<Level, int> levels(Date on) {
        std::map<Level, int> count;
        for (const auto id : places->subtree(places->province().id, on))
            ++count[places->unit(id).level];
        return count;
    }
};

TEST_F(PlacesTest, OneCodeIsThreePlacesInTime) {
    EXPECT_EQ(places->full_name(*places->by_code("06040", plan_day)),
              "Xã Đại Đồng, huyện Tràng Định");
    EXPECT_EQ(places->full_name(*places->by_code("06040", winter_day)),
              "Thị trấn Thất Khê, huyện Tràng Định");
    EXPECT_EQ(places->full_name(*places->by_code("06040", winter_day - 1)),
              "Xã Đại Đồng, huyện Tràng Định");
    EXPECT_EQ(places->full_name(*places->by_code("06040", today)), "Xã Thất Khê, tỉnh Lạng Sơn");
    EXPECT_EQ(places->by_code("05995", today), nullptr);
    EXPECT_EQ(places->by_code("99999", plan_day), nullptr);
}

TEST_F(PlacesTest, SubtreesHaveTheCountsOfTheResolutions) {
    EXPECT_EQ(
        levels(plan_day),
        (std::map<Level, int>{{Level::province, 1}, {Level::district, 11}, {Level::commune, 200}}));
    EXPECT_EQ(
        levels(winter_day),
        (std::map<Level, int>{{Level::province, 1}, {Level::district, 11}, {Level::commune, 194}}));
    EXPECT_EQ(levels(make_date(2025, 6, 30))[Level::district], 11);
    EXPECT_EQ(levels(today), (std::map<Level, int>{{Level::province, 1}, {Level::commune, 65}}));
    std::map<std::string, int> types;
    for (const Unit* unit : places->children(places->province().id, today)) ++types[unit->type];
    EXPECT_EQ(types, (std::map<std::string, int>{{"phường", 4}, {"xã", 61}}));
}

TEST_F(PlacesTest, ChildrenComeInAdministrativeOrder) {
    const auto districts = places->children(places->province().id, plan_day);
    ASSERT_EQ(districts.size(), 11u);
    EXPECT_EQ(places->full_name(*districts.front()), "Thành phố Lạng Sơn, tỉnh Lạng Sơn");
    EXPECT_EQ(districts.back()->name, "Đình Lập");
    for (std::size_t i = 1; i < districts.size(); ++i)
        EXPECT_LT(districts[i - 1]->code, districts[i]->code);
}

TEST_F(PlacesTest, NumbersAreDenseAndUnchangedUnitsKeepTheirs) {
    for (std::size_t i = 0; i < places->units().size(); ++i)
        EXPECT_EQ(places->units()[i].id, static_cast<std::int64_t>(i) + 1);
    for (std::size_t i = 0; i < places->agencies().size(); ++i)
        EXPECT_EQ(places->agencies()[i].id, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(places->units().size(), 212u + 1 + 65);  // only Thất Khê was new in 2024
    EXPECT_EQ(places->by_code("05998", plan_day), places->by_code("05998", winter_day));
    EXPECT_NE(places->by_code("05998", plan_day), nullptr);
}

TEST_F(PlacesTest, EveryCommuneOf2023LeadsToOneOf2025) {
    for (const Unit& unit : places->units()) {
        if (unit.level != Level::commune || !valid_on(unit, plan_day)) continue;
        std::set<std::int64_t> open{unit.id}, reached;
        while (!open.empty()) {
            const auto id = *open.begin();
            open.erase(open.begin());
            if (valid_on(places->unit(id), today)) reached.insert(id);
            for (const Succession* link : places->successors(id)) open.insert(link->to);
        }
        EXPECT_FALSE(reached.empty()) << unit.code << " " << unit.name;
    }
    for (const Unit* unit : places->children(places->province().id, today))
        EXPECT_FALSE(places->predecessors(unit->id).empty()) << unit->name;
}

TEST_F(PlacesTest, SuccessionsTellPartsFromWholes) {
    const auto ways = [&](std::string_view code, Date on) {
        std::set<std::pair<std::string, bool>> found;
        for (const Succession* link : places->successors(places->by_code(code, on)->id))
            found.insert({places->unit(link->to).name, link->whole});
        return found;
    };
    EXPECT_EQ(ways("06040", plan_day),
              (std::set<std::pair<std::string, bool>>{{"Thất Khê", false}, {"Đội Cấn", false}}));
    EXPECT_EQ(ways("06622", plan_day),
              (std::set<std::pair<std::string, bool>>{{"Kiên Mộc", false}, {"Đình Lập", false}}));
    EXPECT_EQ(ways("05995", plan_day),
              (std::set<std::pair<std::string, bool>>{{"Thất Khê", true}}));
    EXPECT_EQ(ways("06007", plan_day),
              (std::set<std::pair<std::string, bool>>{{"Khánh Long", true}}));
    EXPECT_EQ(ways("05980", plan_day),
              (std::set<std::pair<std::string, bool>>{{"Đông Kinh", true}}));
}

TEST_F(PlacesTest, UnitsHavePointsInsideTheProvince) {
    for (const Unit& unit : places->units()) {
        EXPECT_TRUE(unit.lat > 21.2 && unit.lat < 22.5) << unit.name << " " << unit.lat;
        EXPECT_TRUE(unit.lon > 106.0 && unit.lon < 107.4) << unit.name << " " << unit.lon;
    }
}

TEST_F(PlacesTest, CommitteesFollowTheirUnits) {
    std::map<AgencyKind, int> then, now;
    for (const Agency* agency : places->agencies_on(plan_day)) ++then[agency->kind];
    for (const Agency* agency : places->agencies_on(today)) ++now[agency->kind];
    EXPECT_EQ(then[AgencyKind::people_committee], 1 + 11 + 200);
    EXPECT_EQ(now[AgencyKind::people_committee], 1 + 65);
    EXPECT_EQ(now[AgencyKind::department], then[AgencyKind::department]);
    ASSERT_NE(places->agency_by_code("H37.12"), nullptr);
    EXPECT_EQ(places->agency_by_code("H37.12")->name, "Sở Thông tin và Truyền thông");
    EXPECT_EQ(places->agency_by_code("H37.999"), nullptr);
    const Agency* trang_dinh = places->agency_by_code("H37.23");
    EXPECT_EQ(places->agencies_in(trang_dinh->unit, plan_day).size(), 1u + 22);
    EXPECT_EQ(places->agency(*trang_dinh->successor).name, "UBND xã Thất Khê");
}

TEST_F(PlacesTest, EveryEndedAgencyHasAnHeirThatIsStillThere) {
    std::size_t heard = 0;
    for (const Agency& agency : places->agencies()) {
        if (!agency.valid_to) continue;
        ASSERT_TRUE(agency.successor) << agency.name;
        const Agency* heir = &agency;
        for (int steps = 0; heir->successor && steps < 5; ++steps)
            heir = &places->agency(*heir->successor);
        EXPECT_TRUE(valid_on(*heir, today)) << agency.name;
        const auto inbox = places->with_predecessors(heir->id);
        heard += std::count(inbox.begin(), inbox.end(), agency.id);
    }
    EXPECT_EQ(heard, 11u + 200 + 1);
}

TEST_F(PlacesTest, AgencyNamesThatRepeatSayTheDistrict) {
    const Unit* unit = places->by_code("06040", plan_day);
    for (const Agency* agency : places->agencies_in(unit->id, plan_day))
        EXPECT_EQ(places->full_name(*agency), "UBND xã Đại Đồng, huyện Tràng Định");
    EXPECT_EQ(places->full_name(*places->agency_by_code("H37.12")), "Sở Thông tin và Truyền thông");
}

TEST_F(PlacesTest, SearchFindsOldAndNewNamesWithoutMarks) {
    const auto names = [&](std::string_view text) {
        std::vector<std::string> found;
        for (const Unit* unit : places->search(text, 6)) found.push_back(places->full_name(*unit));
        return found;
    };
    EXPECT_EQ(names("that khe").front(), "Xã Thất Khê, tỉnh Lạng Sơn");
    EXPECT_EQ(names("that khe").size(), 3u);
    EXPECT_EQ(names("Đại Đồng").front(), "Xã Đại Đồng, huyện Tràng Định");
    EXPECT_EQ(names("hoa binh huu lung").front(), "Xã Hòa Bình, huyện Hữu Lũng");
    EXPECT_EQ(names("06040").front(), "Xã Thất Khê, tỉnh Lạng Sơn");
    EXPECT_EQ(names("khong co o dau"), std::vector<std::string>{});
    EXPECT_EQ(names(""), std::vector<std::string>{});
}

TEST_F(PlacesTest, SeedingTwiceChangesNothingAndDirectoryHandsOutSnapshots) {
    auto lease = database->pool().lease();
    seed(*lease);
    Directory directory(database->pool());
    EXPECT_THROW(directory.now(), std::logic_error);
    directory.reload();
    EXPECT_EQ(directory.now()->units().size(), places->units().size());
    EXPECT_THROW(places->unit(100'000), std::out_of_range);
}

TEST_F(PlacesTest, OneCodeCannotNameTwoUnitsOnOneDay) {
    auto lease = database->pool().lease();
    try {
        lease->query(
            "INSERT INTO places.unit (id, code, level, type, name, parent, valid_from)"
            " VALUES (9999, '06040', 'commune', 'xã', 'Thử', 1, '2026-01-01')");
        FAIL();
    } catch (const db::Error& error) {
        EXPECT_EQ(error.constraint, "unit_code_once_a_day");
    }
}

}  // namespace
}  // namespace chilang::places
