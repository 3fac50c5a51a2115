// Agencies through the administrator's pages: founded, renamed from a day on, closed with a
// successor.
#include "identity/browser_testing.hpp"

#include <gtest/gtest.h>

namespace chilang::identity {
namespace {

struct AgencyTest : testing::Test {
    Desk desk;
    Desk::Browser admin = desk.browser();
    AgencyTest() { admin.sign_in("quantri"); }
    Date today() { return date_of(desk.clock->now()); }
    const places::Agency* agency(std::string_view code) {
        held = desk.places.now();
        return held->agency_by_code(code);
    }
    std::string href(std::string_view code) {
        return "/quan-tri/co-quan/" + std::to_string(agency(code)->id);
    }
    std::int64_t events(int kind) {
        return desk.database.pool()
            .lease()
            ->query("SELECT count(*) FROM ledger.intake WHERE kind = $1", {kind})
            .at(0, 0)
            .integer();
    }
    std::shared_ptr<const places::Places> held;
};

TEST_F(AgencyTest, IsFoundedWithACodeOfItsOwn) {
    const std::string unit = std::to_string(desk.places.now()->province().id);
    http::Pairs form{{"ma", "H37.900"},
                     {"ten", "Sở Khoa học và Công nghệ (mới)"},
                     {"ten_ngan", "SKHCNM"},
                     {"loai", "department"},
                     {"don_vi", unit},
                     {"tu_ngay", chilang::show(today())},
                     {"quyet_dinh", "Quyết định mẫu 01/QĐ-UBND"}};
    const auto made = admin.post("/quan-tri/co-quan/them", form);
    ASSERT_EQ(made.status, 303) << made.body;
    ASSERT_TRUE(agency("H37.900"));
    EXPECT_EQ(made.location, href("H37.900"));
    EXPECT_EQ(agency("H37.900")->id, static_cast<std::int64_t>(held->agencies().size()));
    EXPECT_EQ(events(23), 1);
    EXPECT_EQ(admin.get(made.location).status, 200);
    const auto again = admin.post("/quan-tri/co-quan/them", form);
    EXPECT_EQ(again.status, 422);
    EXPECT_NE(again.body.find("Mã này đã cấp cho"), again.body.npos);
    EXPECT_NE(again.body.find("value=\"SKHCNM\""), again.body.npos);
}

TEST_F(AgencyTest, ANewNameHoldsFromItsDayAndTheOldDaysKeepTheirs) {
    const std::string old = agency("H37.12")->name;
    const auto rename = [&](Date from, const char* name) {
        return admin.post(href("H37.12") + "/doi-ten", {{"ten", name},
                                                        {"ten_ngan", "SKHCN"},
                                                        {"tu_ngay", chilang::show(from)},
                                                        {"quyet_dinh", "Quyết định mẫu 02"}});
    };
    EXPECT_EQ(rename(today() - 1, "Tên ngày qua").status, 422) << "the past is not edited";
    EXPECT_EQ(rename(today(), "Sở Số hóa").status, 303);
    EXPECT_EQ(agency("H37.12")->name, "Sở Số hóa");
    EXPECT_EQ(held->name_on(*agency("H37.12"), today() - 1), old);
    EXPECT_EQ(rename(today() + 9, "Sở Tương lai").status, 303);
    EXPECT_EQ(agency("H37.12")->name, "Sở Số hóa") << "not before its day";
    desk.places.reload(today() + 9);
    EXPECT_EQ(agency("H37.12")->name, "Sở Tương lai");
    EXPECT_EQ(rename(today() + 9, "Hai tên").status, 422);
    EXPECT_EQ(events(24), 2);
    const auto then = admin.get("/quan-tri/co-quan?ngay=14/06/2023&q=h37.12");
    EXPECT_NE(then.body.find("nay là Sở Tương lai"), then.body.npos) << then.body;
    EXPECT_NE(admin.get(href("H37.12")).body.find("Tên ban đầu"), std::string::npos);
}

TEST_F(AgencyTest, ClosesOnlyWithASuccessorThatSeesItsWork) {
    const std::int64_t next = agency("H37.15")->id;
    const std::int64_t closed = agency("H37.12")->id;
    auto answer = admin.post(href("H37.12") + "/dong", {{"thoi_ngay", chilang::show(today() + 1)},
                                                        {"thoi_quyet_dinh", "03"}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(answer.body.find("Chọn cơ quan tiếp nhận hồ sơ đang mở"), answer.body.npos);
    answer = admin.post(href("H37.12") + "/dong", {{"ke_thua", std::to_string(next)},
                                                   {"thoi_ngay", chilang::show(today() - 30)},
                                                   {"thoi_quyet_dinh", ""}});
    EXPECT_NE(answer.body.find("không được trước hôm nay"), answer.body.npos);
    EXPECT_EQ(admin
                  .post(href("H37.12") + "/dong", {{"ke_thua", std::to_string(next)},
                                                   {"thoi_ngay", chilang::show(today() + 1)},
                                                   {"thoi_quyet_dinh", "Quyết định mẫu 03"}})
                  .status,
              303);
    EXPECT_TRUE(valid_on(*agency("H37.12"), today()));
    EXPECT_FALSE(valid_on(*agency("H37.12"), today() + 1));
    const auto reach = held->with_predecessors(next);
    EXPECT_EQ(std::count(reach.begin(), reach.end(), closed), 1);
    EXPECT_EQ(events(25), 1);
    EXPECT_NE(admin.get(href("H37.15")).body.find("Tiếp nhận hồ sơ của"), std::string::npos);
}

TEST_F(AgencyTest, AUnitShowsWhatBecameOfIt) {
    const auto places = desk.places.now();
    const auto* unit = places->by_code("06040", make_date(2023, 6, 14));
    const auto page = admin.get("/quan-tri/don-vi/" + std::to_string(unit->id));
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Nay thuộc"), page.body.npos);
    EXPECT_EQ(admin.get("/quan-tri/don-vi/99999").status, 404);
    EXPECT_NE(admin.get("/quan-tri/don-vi?q=khongcodonvinay").body.find("Không có đơn vị nào khớp"),
              std::string::npos);
}

TEST_F(AgencyTest, TheApiSaysTheSame) {
    http::Request request;
    request.method = http::Method::post;
    request.target = "/api/v1/admin/agencies";
    request.headers = {{"x-csrf-token", admin.csrf}};
    request.body = R"({"code":"H37.901","name":"Ban mẫu","short_name":"BM","kind":"board",
        "unit":"20","from":"2026-11-24","decision":"04/QĐ"})";
    EXPECT_EQ(admin.send(request).status, 201);
    request.target = "/api/v1/admin/agencies/" + std::to_string(agency("H37.901")->id) + "/name";
    request.body =
        R"({"name":"Ban đổi tên","short_name":"BĐT","from":"2026-11-25","decision":"05"})";
    EXPECT_EQ(admin.send(request).status, 200);
    request.target = "/api/v1/admin/agencies/" + std::to_string(agency("H37.901")->id) + "/close";
    request.body = R"({"successor":1,"day":"2026-11-24","decision":"06"})";
    EXPECT_EQ(admin.send(request).status, 422) << "it began on that day";
    EXPECT_NE(admin.get("/api/v1/admin/agencies?date=2023-06-14").body.find("H37.12"),
              std::string::npos);
}

}  // namespace
}  // namespace chilang::identity
