// Sign-in, the guard, and the rights, against a real database.
#include "identity/administration.hpp"
#include "identity/browser_testing.hpp"
#include "identity/tokens.hpp"
#include "identity/totp.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace chilang::identity {
namespace {

struct IdentityTest : testing::Test {
    Desk desk;
    std::int64_t count(std::string_view sql) {
        return desk.database.pool().lease()->query(sql).at(0, 0).integer();
    }
    std::int64_t events(Step step) {
        return desk.database.pool()
            .lease()
            ->query("SELECT count(*) FROM ledger.intake WHERE kind = $1", {static_cast<int>(step)})
            .at(0, 0)
            .integer();
    }
    std::string code(std::string_view login) {
        return totp_code(Desk::account(login).totp_secret, desk.clock->now());
    }
};

TEST(Totp, AgreesWithTheTableOfRfc6238) {
    // Appendix B, SHA-1, the last six of the eight digits.
    const std::string secret = to_base32("12345678901234567890");
    EXPECT_EQ(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    const std::vector<std::pair<std::int64_t, std::string>> rows{{59, "287082"},
                                                                 {1111111109, "081804"},
                                                                 {1111111111, "050471"},
                                                                 {1234567890, "005924"},
                                                                 {2000000000, "279037"}};
    for (const auto& [seconds, expected] : rows)
        EXPECT_EQ(totp_code(secret, from_microseconds(seconds * 1'000'000)), expected) << seconds;
}

TEST(Passwords, AreHashedAndCheckedForStrength) {
    const std::string hash = hash_password("mot cau de nho");
    EXPECT_TRUE(hash.starts_with("$argon2id$"));
    EXPECT_TRUE(password_matches(hash, "mot cau de nho"));
    EXPECT_FALSE(password_matches(hash, "mot cau de nhO"));
    EXPECT_FALSE(password_matches("", ""));
    EXPECT_EQ(password_fault("mot cau de nho", "motcua"), "");
    EXPECT_NE(password_fault("ngan", "motcua"), "");
    EXPECT_NE(password_fault("motcua motcua", "motcua"), "");
    EXPECT_NE(password_fault("aaaaaaaaaaaaaa", "motcua"), "");
}

RC_GTEST_PROP(Limiter, NeverLetsMoreThroughThanItRefills, (std::vector<std::uint8_t> waits)) {
    Limiter limiter;
    Instant now = from_microseconds(1'000'000'000);
    const Instant start = now;
    int allowed = 0;
    for (const auto wait : waits) {
        now += std::chrono::seconds(wait % 20);
        allowed += limiter.allow("somebody", 6, now);
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - start).count();
    RC_ASSERT(allowed <= 6 + seconds / 10);
}

TEST_F(IdentityTest, PasswordThenCodeSignsIn) {
    auto browser = desk.browser();
    EXPECT_EQ(browser.get("/tai-khoan").location, "/dang-nhap?den=%2Ftai-khoan");
    const auto first = browser.post(
        "/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "xu-lang-hoa-hoi"}, {"den", "/tai-khoan"}});
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(first.location, "/dang-nhap/ma?den=%2Ftai-khoan");
    const auto halfway = browser.cookie;
    EXPECT_EQ(browser.get("/tai-khoan").status, 303) << "the password alone opens nothing";
    const auto second =
        browser.post("/dang-nhap/ma", {{"ma", code("motcua")}, {"den", "/tai-khoan"}});
    EXPECT_EQ(second.location, "/tai-khoan");
    EXPECT_NE(browser.cookie, halfway) << "the token changes with the rights";
    const auto page = browser.get("/tai-khoan");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Nông Thị Hạnh"), page.body.npos);
    EXPECT_NE(page.body.find("UBND phường Đông Kinh"), page.body.npos);
    EXPECT_EQ(events(Step::signed_in), 1);
    EXPECT_EQ(count("SELECT count(*) FROM identity.session"), 1)
        << "the session before the code is gone";
}

TEST_F(IdentityTest, ACodeIsGoodForItsStepAndTheNeighbours) {
    const auto answer = [&](std::int64_t late) {
        auto browser = desk.browser();
        browser.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "xu-lang-hoa-hoi"}});
        const std::string code = totp_code_of_step(Desk::account("motcua").totp_secret,
                                                   totp_step(desk.clock->now()) - late);
        return browser.post("/dang-nhap/ma", {{"ma", code}}).status;
    };
    EXPECT_EQ(answer(3), 422);
    EXPECT_EQ(answer(-3), 422);
    EXPECT_EQ(answer(1), 303);
}

TEST_F(IdentityTest, WrongPasswordAndUnknownLoginReadTheSame) {
    auto browser = desk.browser();
    const auto wrong =
        browser.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "khong-phai-no"}});
    const auto unknown =
        browser.post("/dang-nhap", {{"ten", "khongco"}, {"mat_khau", "khong-phai-no"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(unknown.status, 422);
    const std::string sentence = "Tên đăng nhập hoặc mật khẩu không đúng";
    EXPECT_NE(wrong.body.find(sentence), wrong.body.npos);
    EXPECT_NE(unknown.body.find(sentence), unknown.body.npos);
    EXPECT_NE(wrong.body.find("value=\"motcua\""), wrong.body.npos) << "what was typed stays";
    EXPECT_EQ(events(Step::sign_in_failed), 1) << "an unknown login writes nothing";
    EXPECT_TRUE(browser.cookie.empty());
}

TEST_F(IdentityTest, NoCodeWorksTwiceAndWrongCodesAreRefused) {
    auto first = desk.browser();
    first.sign_in("motcua");
    auto second = desk.browser();
    second.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "xu-lang-hoa-hoi"}});
    EXPECT_EQ(second.post("/dang-nhap/ma", {{"ma", code("motcua")}}).status, 422)
        << "the same code again";
    EXPECT_EQ(second.post("/dang-nhap/ma", {{"ma", "000000"}}).status, 422);
    EXPECT_EQ(second.get("/tai-khoan").status, 303);
    desk.clock->move(std::chrono::seconds(30));
    EXPECT_EQ(second.post("/dang-nhap/ma", {{"ma", code("motcua")}}).status, 303);
    EXPECT_EQ(second.get("/tai-khoan").status, 200);
}

TEST_F(IdentityTest, FiveFaultsLockForFifteenMinutes) {
    auto browser = desk.browser();
    for (int i = 0; i < 5; ++i)
        browser.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "khong-phai-no"}});
    EXPECT_EQ(
        browser.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "xu-lang-hoa-hoi"}}).status,
        422);
    desk.clock->move(std::chrono::minutes(16));
    EXPECT_EQ(
        browser.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "xu-lang-hoa-hoi"}}).status,
        303);
}

TEST_F(IdentityTest, TooManyTriesAreTurnedAway) {
    auto browser = desk.browser();
    int status = 0;
    for (int i = 0; i < 11; ++i)
        status = browser.post("/dang-nhap", {{"ten", "khongco"}, {"mat_khau", "x"}}).status;
    EXPECT_EQ(status, 429);
    desk.clock->move(std::chrono::minutes(1));
    EXPECT_EQ(browser.post("/dang-nhap", {{"ten", "khongco"}, {"mat_khau", "x"}}).status, 422);
}

TEST_F(IdentityTest, FormsFromElsewhereAreRefused) {
    auto browser = desk.browser();
    EXPECT_EQ(
        browser.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "x"}, {"csrf", ""}}).status,
        403);
    EXPECT_EQ(
        browser.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "x"}, {"csrf", "1.00"}}).status,
        403);
    const std::string anonymous = browser.csrf;
    browser.sign_in("motcua");
    EXPECT_EQ(browser.post("/tai-khoan/chuc-danh", {{"csrf", anonymous}}).status, 403);
    EXPECT_EQ(browser.post("/tai-khoan/chuc-danh", {}, {{"sec-fetch-site", "cross-site"}}).status,
              403);
    auto other = desk.browser();
    other.sign_in("chuyenvien");
    EXPECT_EQ(browser.post("/tai-khoan/chuc-danh", {{"csrf", other.csrf}}).status, 403);
    EXPECT_EQ(browser.post("/tai-khoan/chuc-danh", {}).status, 303);
    auto late = desk.browser();
    late.get("/dang-nhap");
    const std::string old = late.csrf;
    desk.clock->move(std::chrono::hours(13));
    EXPECT_EQ(late.post("/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "x"}, {"csrf", old}}).status,
              403);
}

TEST_F(IdentityTest, SessionsEndWhenIdleAndAfterADay) {
    auto idle = desk.browser();
    idle.sign_in("motcua");
    desk.clock->move(std::chrono::hours(8) + std::chrono::minutes(2));
    EXPECT_EQ(idle.get("/tai-khoan").status, 303);
    auto busy = desk.browser();
    busy.sign_in("chuyenvien");
    for (int hour = 0; hour < 23; ++hour) {
        desk.clock->move(std::chrono::hours(1));
        ASSERT_EQ(busy.get("/tai-khoan").status, 200) << hour;
    }
    desk.clock->move(std::chrono::hours(2));
    EXPECT_EQ(busy.get("/tai-khoan").status, 303);
}

TEST_F(IdentityTest, SignOutEndsTheSession) {
    auto browser = desk.browser();
    browser.sign_in("motcua");
    const auto cookie = browser.cookie;
    EXPECT_EQ(browser.post("/dang-xuat", {}).location, "/dang-nhap");
    EXPECT_TRUE(browser.cookie.empty());
    browser.cookie = cookie;
    EXPECT_EQ(browser.get("/tai-khoan").status, 303);
    EXPECT_EQ(events(Step::signed_out), 1);
}

TEST_F(IdentityTest, RedirectsStayOnOurSite) {
    auto browser = desk.browser();
    for (const char* target : {"//other.example", "https://other.example", "/\\other.example"}) {
        const auto answer = browser.post(
            "/dang-nhap", {{"ten", "motcua"}, {"mat_khau", "xu-lang-hoa-hoi"}, {"den", target}});
        EXPECT_EQ(answer.location, "/dang-nhap/ma") << target;
    }
}

// Every role against every route: open exactly when the table of rights says so.
TEST_F(IdentityTest, EveryRouteOpensForTheRightsOfTheTableOnly) {
    std::size_t refused = 0, opened = 0;
    for (const DemoAccount& account : demonstration_accounts()) {
        auto browser = desk.browser();
        browser.sign_in(account.login);
        const auto row = desk.database.pool().lease()->query(
            "SELECT p.role FROM identity.position p JOIN identity.account a ON a.id = p.account "
            "WHERE a.login = $1",
            {account.login});
        const auto role = enum_value<Role>(row.at(0, 0).text());
        ASSERT_TRUE(role);
        for (const http::Route& route : desk.router.routes()) {
            if (route.method != http::Method::get || route.pattern.find('{') != std::string::npos)
                continue;
            bool allowed = route.right == "public" || route.right == "signed_in";
            for (const Right& right : rights())
                if (right.name == route.right)
                    allowed = std::find(right.roles.begin(), right.roles.end(), *role) !=
                              right.roles.end();
            const int status = browser.get(route.pattern).status;
            EXPECT_EQ(status == 403, !allowed) << account.login << " " << route.pattern;
            (status == 403 ? refused : opened) += 1;
        }
        EXPECT_EQ(desk.browser().get("/quan-tri").status, 303);
    }
    EXPECT_GT(refused, 50u);
    EXPECT_GT(opened, 20u);
}

TEST_F(IdentityTest, BearerTokensActInTheirPosition) {
    std::string right = "identity.admin";
    desk.router.add({http::Method::post, "/api/v1/thu", right, "none",
                     [](http::Request&) { return http::json("{}"); }});
    auto program = desk.browser();
    EXPECT_EQ(program.post("/api/v1/thu", {}).status, 401);
    program.bearer = std::string(64, 'a');
    EXPECT_EQ(program.post("/api/v1/thu", {}).status, 401);
    program.bearer =
        make_api_token(desk.identity.state(), {},
                       {.login = "quantri", .label = "thử", .last_day = date_of(desk.clock->now())},
                       desk.clock->now())
            ->text;
    EXPECT_EQ(program.post("/api/v1/thu", {}).status, 200);
    auto person = desk.browser();
    person.sign_in("quantri");
    EXPECT_EQ(person.post("/api/v1/thu", {}).status, 403) << "a cookie needs the header";
    EXPECT_EQ(person.post("/api/v1/thu", {}, {{"x-csrf-token", person.csrf}}).status, 200);
}

TEST_F(IdentityTest, ReachFollowsTheTreeAndTheSuccessors) {
    const auto places = desk.places.now();
    const auto reach = [&](std::string_view login) {
        auto connection = desk.database.pool().lease();
        const auto account = account_by_login(*connection, login);
        return desk.identity.state()
            .make_actor(*account, first_position(*connection, account->id, make_date(2026, 11, 24)),
                        make_date(2026, 11, 24))
            .agencies;
    };
    const auto clerk = reach("motcua");
    EXPECT_GE(clerk.size(), 5u) << "its own and the committees it took over, the city's among them";
    EXPECT_TRUE(std::count(clerk.begin(), clerk.end(), places->agency_by_code("H37.22")->id));
    EXPECT_EQ(reach("so.lanhdao"), std::vector<std::int64_t>{places->agency_by_code("H37.12")->id})
        << "the leader of a department does not reach the province";
    EXPECT_EQ(reach("tinh").size(), places->agencies().size());
}

TEST_F(IdentityTest, LookUpsAreEventsAndRows) {
    auto connection = desk.database.pool().lease();
    const auto account = account_by_login(*connection, "chuyenvien");
    const Actor who = desk.identity.state().make_actor(
        *account, first_position(*connection, account->id, make_date(2026, 11, 24)),
        make_date(2026, 11, 24));
    desk.identity.record_look_up(who, "dossier/1", "Giải quyết hồ sơ", desk.clock->now());
    EXPECT_EQ(events(Step::personal_data_looked_up), 1);
    const auto payload = connection->query("SELECT payload, actor FROM ledger.intake");
    EXPECT_EQ(payload.at(0, 0).text().find(who.name), std::string::npos);
    EXPECT_EQ(payload.at(0, 1).text(), who.stream_name());
    EXPECT_EQ(desk.identity.name_of_position(*connection, who.position.id), "Hoàng Văn Tùng");
    EXPECT_EQ(
        desk.identity.members(*connection, who.position.agency, make_date(2026, 11, 24)).size(),
        4u);
    auto auditor = desk.browser();
    auditor.sign_in("thanhtra");
    EXPECT_NE(auditor.get("/quan-tri/xem-du-lieu").body.find("dossier/1"), std::string::npos);
}

}  // namespace
}  // namespace chilang::identity
