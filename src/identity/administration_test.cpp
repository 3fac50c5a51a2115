// The administrator's pages and commands, with their events.
#include "identity/administration.hpp"
#include "identity/browser_testing.hpp"
#include "identity/totp.hpp"

#include <gtest/gtest.h>

namespace chilang::identity {
namespace {

struct AdministrationTest : testing::Test {
    Desk desk;
    Desk::Browser admin = desk.browser();
    AdministrationTest() { admin.sign_in("quantri"); }
    std::int64_t events(Step step) {
        return desk.database.pool()
            .lease()
            ->query("SELECT count(*) FROM ledger.intake WHERE kind = $1", {static_cast<int>(step)})
            .at(0, 0)
            .integer();
    }
    std::optional<Account> account(std::string_view login) {
        return account_by_login(*desk.database.pool().lease(), login);
    }
    std::string agency() { return std::to_string(desk.places.now()->agency_by_code("H37.12")->id); }
    std::string between(const std::string& body, const std::string& before,
                        const std::string& after) {
        const auto from = body.find(before);
        if (from == body.npos) return {};
        const auto start = from + before.size();
        return body.substr(start, body.find(after, start) - start);
    }
};

TEST_F(AdministrationTest, ANewAccountCanSignInAndNotTwiceTheSameLogin) {
    const http::Pairs form{{"ten", "moi.vao"},
                           {"ho_ten", "La Thị Duyên"},
                           {"chuc_danh", "Chuyên viên"},
                           {"vai_tro", "specialist"},
                           {"co_quan", agency()}};
    const auto made = admin.post("/quan-tri/tai-khoan/them", form);
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_NE(made.body.find("<svg"), made.body.npos);
    EXPECT_EQ(events(Step::account_created), 1);
    EXPECT_EQ(events(Step::position_granted), 1);
    const std::string password = between(made.body, "<dt>Mật khẩu tạm</dt><dd>", "</dd>");
    auto browser = desk.browser();
    EXPECT_EQ(browser.post("/dang-nhap", {{"ten", "moi.vao"}, {"mat_khau", password}}).status, 303)
        << password;
    const std::string code = totp_code(account("moi.vao")->totp_secret, desk.clock->now());
    EXPECT_EQ(browser.post("/dang-nhap/ma", {{"ma", code}}).status, 303);
    EXPECT_EQ(admin.post("/quan-tri/tai-khoan/them", form).status, 422) << "the login is taken";
}

TEST_F(AdministrationTest, AFaultyFormSaysSoAndChangesNothing) {
    const auto answer = admin.post(
        "/quan-tri/tai-khoan/them",
        {{"ten", "Ký tự lạ!"}, {"ho_ten", ""}, {"chuc_danh", ""}, {"co_quan", "999999"}});
    EXPECT_EQ(answer.status, 422);
    for (const char* sentence :
         {"Nhập họ và tên", "Nhập chức danh", "Chọn cơ quan", "Tên đăng nhập gồm"})
        EXPECT_NE(answer.body.find(sentence), answer.body.npos) << sentence;
    EXPECT_EQ(events(Step::account_created), 0);
}

TEST_F(AdministrationTest, ADisabledAccountIsOutAtOnce) {
    auto browser = desk.browser();
    browser.sign_in("motcua");
    const std::string href = "/quan-tri/tai-khoan/" + std::to_string(account("motcua")->id);
    EXPECT_EQ(admin.get(href).status, 200);
    EXPECT_EQ(admin.post(href + "/khoa", {}).location, href);
    EXPECT_EQ(browser.get("/tai-khoan").status, 303);
    EXPECT_EQ(
        browser
            .post("/dang-nhap",
                  {{"ten", "motcua"}, {"mat_khau", "xu-lang-hoa-hoi"}, {"csrf", browser.csrf}})
            .status,
        422);
    EXPECT_EQ(admin.post(href + "/mo", {}).location, href);
    EXPECT_FALSE(account("motcua")->disabled);
    const std::string own = "/quan-tri/tai-khoan/" + std::to_string(account("quantri")->id);
    EXPECT_EQ(admin.post(own + "/khoa", {}).status, 422) << "not one's own";
    EXPECT_EQ(admin.get("/quan-tri/tai-khoan/424242").status, 404);
}

TEST_F(AdministrationTest, EndingAPositionTakesItsRights) {
    auto browser = desk.browser();
    browser.sign_in("thanhtra");
    EXPECT_EQ(browser.get("/quan-tri/xem-du-lieu").status, 200);
    const auto position =
        positions_of(*desk.database.pool().lease(), account("thanhtra")->id).front().id;
    EXPECT_EQ(
        admin.post("/quan-tri/chuc-danh/" + std::to_string(position) + "/ket-thuc", {}).status,
        303);
    EXPECT_EQ(browser.get("/quan-tri/xem-du-lieu").status, 403);
    EXPECT_EQ(events(Step::position_ended), 1);
    const std::string href = "/quan-tri/tai-khoan/" + std::to_string(account("thanhtra")->id);
    EXPECT_EQ(
        admin
            .post(href + "/chuc-danh",
                  {{"chuc_danh", "Thanh tra viên"}, {"vai_tro", "auditor"}, {"co_quan", agency()}})
            .status,
        303);
    EXPECT_EQ(events(Step::position_granted), 1);
}

TEST_F(AdministrationTest, ResettingChangesPasswordAndSecret) {
    const auto before = account("motcua");
    const auto made =
        admin.post("/quan-tri/tai-khoan/" + std::to_string(before->id) + "/cap-lai", {});
    EXPECT_EQ(made.status, 200);
    const auto after = account("motcua");
    EXPECT_NE(before->totp_secret, after->totp_secret);
    EXPECT_FALSE(password_matches(after->password_hash, "xu-lang-hoa-hoi"));
    EXPECT_TRUE(password_matches(after->password_hash,
                                 between(made.body, "<dt>Mật khẩu tạm</dt><dd>", "</dd>")));
    EXPECT_EQ(events(Step::sign_in_reset), 1);
}

TEST_F(AdministrationTest, OwnPasswordNeedsTheOldOne) {
    auto first = desk.browser();
    first.sign_in("motcua");
    desk.clock->move(std::chrono::seconds(60));
    auto second = desk.browser();
    second.sign_in("motcua");
    const auto change = [&](const char* old, const char* fresh, const char* again) {
        return first
            .post("/tai-khoan/mat-khau",
                  {{"mat_khau_cu", old}, {"mat_khau_moi", fresh}, {"nhap_lai", again}})
            .status;
    };
    EXPECT_EQ(change("sai-mat-khau-cu", "nui-mau-son-mua-dong", "nui-mau-son-mua-dong"), 422);
    EXPECT_EQ(change("xu-lang-hoa-hoi", "ngan", "ngan"), 422);
    EXPECT_EQ(change("xu-lang-hoa-hoi", "nui-mau-son-mua-dong", "khac"), 422);
    EXPECT_EQ(change("xu-lang-hoa-hoi", "nui-mau-son-mua-dong", "nui-mau-son-mua-dong"), 303);
    EXPECT_EQ(first.get("/tai-khoan").status, 200);
    EXPECT_EQ(second.get("/tai-khoan").status, 303) << "other browsers are signed out";
    EXPECT_EQ(events(Step::password_changed), 1);
}

TEST_F(AdministrationTest, RegistersShowWhatWasInForceOnADate) {
    const auto units = admin.get("/quan-tri/don-vi?ngay=2023-06-14");
    EXPECT_NE(units.body.find("212 đơn vị"), units.body.npos);
    EXPECT_NE(admin.get("/quan-tri/don-vi").body.find("66 đơn vị"), std::string::npos);
    const auto found = admin.get("/quan-tri/don-vi?q=dai%20dong");
    EXPECT_NE(found.body.find("Xã Đại Đồng, huyện Tràng Định"), found.body.npos);
    EXPECT_NE(found.body.find("(một phần)"), found.body.npos);
    EXPECT_NE(admin.get("/quan-tri/co-quan?ngay=14/06/2023&q=dai%20dong")
                  .body.find("UBND xã Đại Đồng, huyện Tràng Định"),
              std::string::npos);
    EXPECT_NE(admin.get("/quan-tri/quyen").body.find("identity.admin"), std::string::npos);
    EXPECT_EQ(admin.get("/quan-tri").status, 200);
}

}  // namespace
}  // namespace chilang::identity
