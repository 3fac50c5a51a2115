// API tokens: made for a position, shown once, with an end, a last use, and revoked at once.
#include "identity/browser_testing.hpp"
#include "identity/tokens.hpp"

#include <gtest/gtest.h>

namespace chilang::identity {
namespace {

struct TokenTest : testing::Test {
    Desk desk;
    Desk::Browser admin = desk.browser();
    TokenTest() {
        admin.sign_in("quantri");
        desk.router.add({http::Method::get, "/api/v1/thu", "identity.admin", "none",
                         [](http::Request&) { return http::json("{}"); }});
    }
    std::vector<ApiToken> tokens() { return api_tokens(*desk.database.pool().lease()); }
    Desk::Answer make(const char* login, const std::string& last_day, const char* label = "Trục") {
        return admin.post("/quan-tri/ma-truy-cap",
                          {{"ten", login}, {"nhan", label}, {"den_ngay", last_day}});
    }
    std::string today(int later = 0) { return chilang::show(date_of(desk.clock->now()) + later); }
};

TEST_F(TokenTest, IsShownOnceUsedCountedAndRevoked) {
    EXPECT_NE(admin.get("/quan-tri/ma-truy-cap").body.find("Chưa cấp mã truy cập nào"),
              std::string::npos);
    const auto made = make("quantri", today(30));
    ASSERT_EQ(made.status, 200) << made.body;
    const std::string open = "<p class=\"panel code\">";
    const auto from = made.body.find(open) + open.size();
    auto program = desk.browser();
    program.bearer = made.body.substr(from, made.body.find("</p>", from) - from);
    EXPECT_EQ(program.bearer.size(), 64u);
    EXPECT_FALSE(tokens()[0].last_used_at);
    EXPECT_EQ(program.get("/api/v1/thu").status, 200);
    EXPECT_EQ(tokens()[0].last_used_at, desk.clock->now());
    const auto list = admin.get("/quan-tri/ma-truy-cap");
    EXPECT_NE(list.body.find("Đang dùng"), list.body.npos);
    EXPECT_EQ(list.body.find(program.bearer), list.body.npos) << "never shown again";
    const std::string id = std::to_string(tokens()[0].id);
    EXPECT_EQ(admin.post("/quan-tri/ma-truy-cap/" + id + "/thu-hoi", {}).status, 303);
    EXPECT_EQ(program.get("/api/v1/thu").status, 401);
    EXPECT_EQ(admin.post("/quan-tri/ma-truy-cap/" + id + "/thu-hoi", {}).status, 422);
    const auto events = desk.database.pool().lease()->query(
        "SELECT count(*) FROM ledger.intake WHERE kind IN (12, 13)");
    EXPECT_EQ(events.at(0, 0).integer(), 2);
}

TEST_F(TokenTest, EndsOnItsDay) {
    const auto made =
        make_api_token(desk.identity.state(), {},
                       {.login = "quantri", .label = "thử", .last_day = date_of(desk.clock->now())},
                       desk.clock->now());
    auto program = desk.browser();
    program.bearer = made->text;
    EXPECT_EQ(program.get("/api/v1/thu").status, 200);
    desk.clock->move(std::chrono::hours(24));
    EXPECT_EQ(program.get("/api/v1/thu").status, 401);
    EXPECT_FALSE(usable(tokens()[0], desk.clock->now()));
}

TEST_F(TokenTest, FaultsStandBesideTheirFields) {
    auto answer = make("khong.co", "31-31-2026", "");
    EXPECT_EQ(answer.status, 422);
    for (const char* sentence :
         {"Không có tài khoản đang dùng", "Nhập ngày theo dạng", "Ghi tên chương trình"})
        EXPECT_NE(answer.body.find(sentence), answer.body.npos) << sentence;
    EXPECT_NE(answer.body.find("value=\"khong.co\""), answer.body.npos);
    answer = make("quantri", today(400));
    EXPECT_NE(answer.body.find("nhiều nhất một năm"), answer.body.npos);
    EXPECT_TRUE(tokens().empty());
}

TEST_F(TokenTest, AsksForThePositionOfAPersonWithTwo) {
    const auto account = account_by_login(*desk.database.pool().lease(), "motcua");
    admin.post("/quan-tri/tai-khoan/" + std::to_string(account->id) + "/chuc-danh",
               {{"chuc_danh", "Kiêm nhiệm"},
                {"vai_tro", "specialist"},
                {"co_quan", std::to_string(desk.places.now()->agency_by_code("H37.12")->id)}});
    const auto answer = make("motcua", today(1));
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(answer.body.find("Kiêm nhiệm, "), answer.body.npos);
    const auto positions = positions_of(*desk.database.pool().lease(), account->id);
    EXPECT_EQ(
        admin
            .post("/quan-tri/ma-truy-cap", {{"ten", "motcua"},
                                            {"nhan", "Trục"},
                                            {"den_ngay", today(1)},
                                            {"chuc_danh", std::to_string(positions.back().id)}})
            .status,
        200);
    EXPECT_EQ(tokens()[0].position, positions.back().id);
}

TEST_F(TokenTest, TheApiMakesListsAndRevokes) {
    http::Request request;
    request.method = http::Method::post;
    request.target = "/api/v1/admin/tokens";
    request.headers = {{"x-csrf-token", admin.csrf}};
    request.body = R"({"login":"quantri","label":"Kho","last_day":"2026-12-31"})";
    const auto made = admin.send(request);
    EXPECT_EQ(made.status, 201) << made.body;
    const auto list = admin.get("/api/v1/admin/tokens");
    EXPECT_NE(list.body.find("\"label\":\"Kho\""), list.body.npos);
    request.target = "/api/v1/admin/tokens/" + std::to_string(tokens()[0].id) + "/revoke";
    request.body = "";
    EXPECT_EQ(admin.send(request).status, 200);
    EXPECT_TRUE(tokens()[0].ended_at);
}

}  // namespace
}  // namespace chilang::identity
