// What an administrator may do to agencies, as rows: the form, the fields that are refused.
#include "places/places.hpp"

#include "db/testing.hpp"

#include <gtest/gtest.h>

namespace chilang::places {
namespace {

const Date today = make_date(2026, 11, 24);

std::string fields(const Problems& problems) {
    std::string all;
    for (const Problem& problem : problems) all += problem.field + ' ';
    return all;
}

struct ChangesTest : testing::Test {
    db::TestDatabase database;
    std::shared_ptr<const Places> places;
    ChangesTest() {
        auto connection = database.pool().lease();
        seed(*connection);
        places = Places::load(*connection, today);
    }
    NewAgency founding() const {
        return {.code = "H37.900",
                .name = "Sở Mẫu",
                .short_name = "SM",
                .unit = places->province().id,
                .from = today,
                .decision = "01/QĐ"};
    }
    void apply(const std::vector<db::Statement>& statements) {
        auto connection = database.pool().lease();
        for (const db::Statement& one : statements) connection->query(one.sql, one.params);
        places = Places::load(*connection, today);
    }
};

TEST_F(ChangesTest, FoundingNeedsAFreeCodeAndAUnitOfThatDay) {
    EXPECT_EQ(fields(check(*places, founding(), today)), "");
    for (const char* code :
         {"", "h37.900", "H37.9", "H37.9000", "H37.1.2", "Z37.12", "H37.12.34.56.78"}) {
        NewAgency form = founding();
        form.code = code;
        EXPECT_EQ(fields(check(*places, form, today)), "ma ") << code;
    }
    NewAgency form = founding();
    form.code = "H37.12";
    EXPECT_EQ(fields(check(*places, form, today)), "ma ");
    form = founding();
    form.unit = places->by_code("180", make_date(2023, 6, 14))->id;  // a district, gone since 2025
    EXPECT_EQ(fields(check(*places, form, today)), "don_vi ");
    EXPECT_EQ(fields(check(*places, NewAgency{}, today)),
              "ma ten ten_ngan tu_ngay don_vi quyet_dinh ");
    const auto number = next_agency(*places);
    apply(rows(*places, founding()));
    EXPECT_EQ(places->agency_by_code("H37.900")->id, number);
}

TEST_F(ChangesTest, ANameHoldsFromItsDay) {
    const Agency& agency = *places->agency_by_code("H37.12");
    const std::string old = agency.name;
    const Renaming form{agency.id, "Sở Mẫu", "SM", today, "02/QĐ"};
    EXPECT_EQ(fields(check(*places, form, today)), "");
    EXPECT_EQ(fields(check(*places, form, today + 1)), "tu_ngay ") << "yesterday is not edited";
    EXPECT_EQ(fields(check(*places, Renaming{agency.id}, today)),
              "ten ten_ngan tu_ngay quyet_dinh ");
    apply(rows(form));
    EXPECT_EQ(places->agency_by_code("H37.12")->name, "Sở Mẫu");
    EXPECT_EQ(places->name_on(*places->agency_by_code("H37.12"), today - 1), old);
    EXPECT_EQ(fields(check(*places, form, today)), "tu_ngay ") << "one name a day";
}

TEST_F(ChangesTest, ClosingNeedsSomebodyWhoGoesOn) {
    const std::int64_t id = places->agency_by_code("H37.12")->id;
    const std::int64_t next = places->agency_by_code("H37.15")->id;
    const Closing form{id, today + 1, next, "03/QĐ"};
    EXPECT_EQ(fields(check(*places, form, today)), "");
    EXPECT_EQ(fields(check(*places, Closing{id}, today)), "thoi_ngay ke_thua thoi_quyet_dinh ");
    EXPECT_EQ(fields(check(*places, Closing{id, today - 1, id, "x"}, today)), "thoi_ngay ke_thua ");
    const std::int64_t gone = places->agency_by_code("H37.23")->id;  // ended on 01/07/2025
    EXPECT_EQ(fields(check(*places, Closing{id, today + 1, gone, "x"}, today)), "ke_thua ");
    apply(rows(form));
    EXPECT_EQ(places->agency(id).successor, next);
    EXPECT_EQ(check(*places, form, today).at(0).code, "closed_already");
}

}  // namespace
}  // namespace chilang::places
