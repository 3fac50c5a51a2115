// The list and its rules, and the promise of the directory: the past is counted as it was.
#include "workdays/workdays.hpp"

#include "db/testing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace chilang::workdays {
namespace {

const Date swap_day = make_date(2026, 11, 23);
const Instant morning = at(make_date(2026, 10, 1), 8 * 60);

std::string codes(const Problems& problems) {
    std::string all;
    for (const Problem& problem : problems) all += problem.code + '@' + problem.field + ' ';
    return all;
}

NewDay culture_eve() {
    return {.date = make_date(2027, 2, 5),
            .name = "Tết Nguyên đán Đinh Mùi",
            .decision = "Thông báo mẫu 01/TB"};
}

struct WorkdaysTest : testing::Test {
    db::TestDatabase database;
    Directory directory{database.pool()};
    WorkdaysTest() {
        auto connection = database.pool().lease();
        seed(*connection);
        seed(*connection);  // the second time changes nothing
        directory.reload();
    }
    Day entry(Date date) const {
        for (const Day& day : *directory.days())
            if (day.date == date && current(day)) return day;
        return {};
    }
    void save(const std::vector<Day>& after) {
        auto connection = database.pool().lease();
        for (const db::Statement& row : changes(*directory.days(), after))
            connection->query(row.sql, row.params);
        directory.reload();
    }
};

TEST_F(WorkdaysTest, TheSeededTableCountsLikeTheFile) {
    const auto& seeded = directory.latest();
    EXPECT_EQ(directory.days()->size(), 78u);
    EXPECT_FALSE(seeded.is_working(make_date(2026, 11, 24)));
    EXPECT_TRUE(seeded.is_working(make_date(2026, 8, 22))) << "the make-up Saturday";
    EXPECT_TRUE(seeded.is_working(swap_day)) << "not confirmed, so not counted";
    EXPECT_FALSE(entry(swap_day).confirmed);
}

TEST_F(WorkdaysTest, ConfirmingCountsFromThenOnAndThePastStays) {
    const time::Calendar& before = directory.latest();
    save(with_confirmed(*directory.days(), entry(swap_day).id, "Thông báo mẫu 02/TB", morning));
    EXPECT_FALSE(directory.latest().is_working(swap_day));
    EXPECT_FALSE(directory.as_of(morning).is_working(swap_day));
    EXPECT_TRUE(directory.as_of(morning - std::chrono::microseconds(1)).is_working(swap_day));
    EXPECT_TRUE(before.is_working(swap_day)) << "an old calendar stays what it was";
    EXPECT_EQ(entry(swap_day).decision, "Thông báo mẫu 02/TB");
    save(with_ended(*directory.days(), entry(swap_day).id, "Thông báo mẫu 03/TB",
                    morning + std::chrono::hours(24)));
    EXPECT_TRUE(directory.latest().is_working(swap_day));
    EXPECT_FALSE(directory.as_of(morning + std::chrono::hours(1)).is_working(swap_day));
}

TEST_F(WorkdaysTest, ADayIsListedOnce) {
    auto twice = with_added(*directory.days(), culture_eve(), morning);
    save(twice);
    EXPECT_EQ(codes(check_add(*directory.days(), culture_eve())), "date_taken@ngay ");
    auto connection = database.pool().lease();
    EXPECT_THROW(connection->query("INSERT INTO workdays.day (date, working, name, basis, decision,"
                                   " confirmed, known_from) SELECT date, working, name, basis,"
                                   " decision, confirmed, known_from FROM workdays.day"
                                   " WHERE date = '2027-02-05'"),
                 db::Error);
}

TEST_F(WorkdaysTest, AFormWithFaultsSaysEachBesideItsField) {
    const auto& days = *directory.days();
    EXPECT_EQ(codes(check_add(days, culture_eve())), "");
    EXPECT_EQ(codes(check_add(days, {})),
              "date_missing@ngay name_missing@ten decision_missing@quyet_dinh ");
    NewDay form = culture_eve();
    form.working = true;  // 05/02/2027 is a Friday
    EXPECT_EQ(codes(check_add(days, form)), "make_up_weekday@loai ");
    form = culture_eve();
    form.confirmed = false;
    form.decision.clear();
    EXPECT_EQ(codes(check_add(days, form)), "") << "a rumour needs no decision";
    form.date = make_date(2041, 1, 1);
    EXPECT_EQ(codes(check_add(days, form)), "date_outside@ngay ");
    EXPECT_EQ(codes(check_confirm(days, entry(swap_day).id, "")), "decision_missing@quyet_dinh ");
    EXPECT_EQ(codes(check_confirm(days, entry(make_date(2026, 11, 24)).id, "x")),
              "confirmed_already@ ");
    EXPECT_EQ(codes(check_end(days, entry(swap_day).id, "")), "");
    EXPECT_EQ(codes(check_end(days, entry(make_date(2026, 11, 24)).id, "")),
              "decision_missing@quyet_dinh ");
    EXPECT_EQ(codes(check_end(days, 424242, "x")), "day_gone@ ");
}

}  // namespace
}  // namespace chilang::workdays
