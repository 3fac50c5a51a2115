// A change of the calendar: what it would mean is shown, promises are kept, an event says so.
#include "dossiers/admin/calendar.hpp"

#include "base/json.hpp"
#include "dossiers/testing.hpp"

#include <gtest/gtest.h>

namespace chilang::dossiers {
namespace {

using testing::House;

struct CalendarTest : ::testing::Test {
    House house;
    identity::Actor admin = house.actor({"calendar.admin"});
    Service service{*house.platform};

    // Received on 14/06/2023, 15 working days.
    Dossier open_dossier() {
        const Answer answer = service.submit_and_wait({.procedure = "1.013225",
                                                       .agency = house.agency().id,
                                                       .channel = Channel::counter,
                                                       .applicant = {.name = "Nông Văn Thử",
                                                                     .citizen_id = "020090000111",
                                                                     .phone = "0912345678",
                                                                     .address = "Thôn Nà Thử"},
                                                       .brought = {1, 2}},
                                                      "position/12", house.now);
        EXPECT_TRUE(answer.ok());
        return *service.find(answer.receipt.id);
    }
    http::Pairs day_off(const char* date, const char* decision) {
        return {{"viec", "them"},         {"ngay", date},     {"loai", "nghi"},
                {"ten", "Nghỉ đột xuất"}, {"can_cu", "swap"}, {"quyet_dinh", decision},
                {"xac_nhan", "roi"}};
    }
    std::int64_t events(const ledger::Kind& kind) {
        house.settle();
        return house.database.pool()
            .lease()
            ->query("SELECT count(*) FROM ledger.event WHERE kind = $1 AND stream = 'calendar'",
                    {static_cast<int>(kind.number)})
            .at(0, 0)
            .integer();
    }
};

TEST_F(CalendarTest, ThePreviewNamesTheDossierAndChangesNothing) {
    const Dossier dossier = open_dossier();
    const auto page = house.get(
        "/quan-tri/ngay-nghi/xem-truoc?viec=them&ngay=20/06/2023&loai=nghi&ten=Nghỉ&can_cu=swap"
        "&quyet_dinh=01/TB&xac_nhan=roi",
        admin);
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("1 hồ sơ đang mở sẽ đổi hạn"), page.body.npos) << page.body;
    EXPECT_NE(page.body.find(dossier.code), page.body.npos);
    EXPECT_NE(page.body.find(show(*dossier.due_at)), page.body.npos);
    EXPECT_EQ(page.body.find("Nông Văn Thử"), page.body.npos) << "no personal data";
    EXPECT_TRUE(house.workdays->latest().is_working(make_date(2023, 6, 20)));
    EXPECT_EQ(events(kinds::calendar_day_added), 0);
}

TEST_F(CalendarTest, SavingKeepsThePromiseAndItsReasoning) {
    const Dossier dossier = open_dossier();
    house.now += std::chrono::minutes(1);
    const auto saved =
        house.post("/quan-tri/ngay-nghi", admin, day_off("20/06/2023", "Thông báo 01/TB"));
    EXPECT_EQ(saved.status, 303);
    EXPECT_EQ(events(kinds::calendar_day_added), 1);
    EXPECT_FALSE(house.workdays->latest().is_working(make_date(2023, 6, 20)));

    const Dossier after = *service.find(dossier.id);
    EXPECT_EQ(after.due_at, dossier.due_at);
    const auto procedures = service.procedures();
    const Procedure& procedure = service.procedure(after, *procedures);
    EXPECT_EQ(due_of(after, procedure, service.calendar_of(after), house.now).due, *dossier.due_at)
        << "what is printed still comes out as promised";

    house.now += std::chrono::minutes(1);
    const Dossier later = open_dossier();
    EXPECT_EQ(date_of(*later.due_at), service.calendar().add_working_days(date_of(house.now), 15))
        << "what is received from now on is counted by the new calendar";
    EXPECT_GT(date_of(*later.due_at), date_of(*dossier.due_at));
}

TEST_F(CalendarTest, AFaultStandsBesideItsFieldAndNothingIsLost) {
    const auto answer = house.post("/quan-tri/ngay-nghi", admin, day_off("20/06/2023", ""));
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(answer.body.find("Ghi số, ký hiệu và ngày của văn bản"), answer.body.npos);
    EXPECT_NE(answer.body.find("value=\"20/06/2023\""), answer.body.npos);
    EXPECT_NE(answer.body.find("value=\"Nghỉ đột xuất\""), answer.body.npos);
    EXPECT_EQ(events(kinds::calendar_day_added), 0);
}

TEST_F(CalendarTest, TheUnconfirmedSwapIsListedConfirmedAndEnded) {
    const auto list = house.get("/quan-tri/ngay-nghi?nam=2026", admin);
    EXPECT_NE(list.body.find("Thứ Hai, 23/11/2026"), list.body.npos);
    EXPECT_NE(list.body.find("Chưa xác nhận"), list.body.npos);
    const auto entry = [&] {
        for (const auto& day : *house.workdays->days())
            if (day.date == make_date(2026, 11, 23) && current(day)) return day;
        return workdays::Day{};
    };
    const std::string number = std::to_string(entry().id);
    EXPECT_EQ(house.get("/quan-tri/ngay-nghi/" + number, admin).status, 200);
    EXPECT_EQ(house
                  .post("/quan-tri/ngay-nghi", admin,
                        {{"viec", "xac-nhan"}, {"muc", number}, {"quyet_dinh", "02/TB"}})
                  .status,
              303);
    EXPECT_TRUE(entry().confirmed);
    EXPECT_EQ(events(kinds::calendar_day_confirmed), 1);
    EXPECT_EQ(
        house
            .post("/quan-tri/ngay-nghi", admin,
                  {{"viec", "bo"}, {"muc", std::to_string(entry().id)}, {"quyet_dinh", "03/TB"}})
            .status,
        303);
    EXPECT_EQ(entry().id, 0);
    EXPECT_EQ(events(kinds::calendar_day_removed), 1);
    EXPECT_EQ(house.get("/quan-tri/ngay-nghi/424242", admin).status, 404);
}

TEST_F(CalendarTest, TheApiSaysTheSame) {
    open_dossier();
    const auto impact = house.get("/api/v1/admin/calendar/impact?verb=add&date=2023-06-20", admin);
    EXPECT_EQ(impact.status, 200);
    EXPECT_NE(impact.body.find("\"policy\":\"keep\""), impact.body.npos) << impact.body;
    auto request = house.request(http::Method::post, "/api/v1/admin/calendar", admin);
    request.body = R"({"verb":"add","date":"2023-06-21","name":"Thử","decision":"04/TB"})";
    EXPECT_EQ(house.ask(request).status, 200);
    EXPECT_EQ(house.ask(request).status, 422) << "the day is there now";
    const auto list = house.get("/api/v1/admin/calendar?year=2023", admin);
    EXPECT_NE(list.body.find("2023-06-21"), list.body.npos);
}

}  // namespace
}  // namespace chilang::dossiers
