// Officer pages and API through their handlers, with strict templates: a variable without data
// throws.
#include "base/json.hpp"
#include "dossiers/testing.hpp"

#include <gtest/gtest.h>

namespace chilang::dossiers {

namespace {

bool has(const http::Response& response, std::string_view words) {
    return response.body.find(words) != std::string::npos;
}
std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return {};
}

struct PagesTest : ::testing::Test {
    testing::House house;
    identity::Actor officer = house.everybody();

    http::Response api(std::string path, std::string body, const identity::Actor& who,
                       std::string key = {}) {
        http::Request request = house.request(http::Method::post, std::move(path), who);
        request.body = std::move(body);
        request.headers = {{"content-type", "application/json"}};
        if (!key.empty()) request.headers.emplace_back("idempotency-key", key);
        return house.ask(std::move(request));
    }
    std::string dossier_json(std::string_view procedure = "1.001193") const {
        return R"({"procedure":")" + std::string(procedure) + R"(","agency":")" +
               house.agency().code +
               R"(","applicant":{"name":"Nông Văn Sén","phone":"0912000222"}})";
    }
    // A multipart request as the server would have read it: the JSON part and files by field.
    http::Response with_files(std::string path, const char* part, std::string json,
                              std::vector<std::string> fields, const identity::Actor& who,
                              std::string bytes = std::string(testing::smallest_pdf)) {
        http::Request request = house.request(http::Method::post, std::move(path), who);
        request.headers = {{"content-type", "multipart/form-data; boundary=x"}};
        request.form = {{part, std::move(json)}};
        for (std::string& field : fields)
            request.uploads.push_back({std::move(field), "giay.pdf", "application/pdf", bytes});
        return house.ask(std::move(request));
    }
    Receipt submitted(const char* procedure = "1.001193") {
        const auto response =
            with_files("/api/v1/dossiers", "dossier", dossier_json(procedure), {"component_1"}, {});
        EXPECT_EQ(response.status, 201) << response.body;
        return json::read<Receipt>(response.body).operator*();
    }
    std::string of(const Receipt& receipt, std::string_view rest = {}) {
        return "/ho-so/" + to_string(receipt.id) + std::string(rest);
    }
    http::Response step(const Receipt& receipt, const char* action, http::Pairs form = {}) {
        return house.post(of(receipt, std::string("/") + action), officer, std::move(form));
    }
};

TEST_F(PagesTest, ADossierWalksThroughThePages) {
    const Receipt receipt = submitted();
    auto page = house.get("/viec?muc=cho-tiep-nhan", officer);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, receipt.code));
    page = house.get(of(receipt), officer);
    EXPECT_TRUE(has(page, "Nông Văn Sén"));
    EXPECT_TRUE(has(page, "Tiếp nhận hồ sơ"));
    EXPECT_TRUE(has(page, "8 giờ làm việc"));
    EXPECT_EQ(step(receipt, "tiep-nhan", {{"seen", "1"}}).status, 303);
    page = house.get("/viec?muc=cho-tiep-nhan", officer);
    EXPECT_FALSE(has(page, receipt.code)) << "one's own step is seen at once";
    page = house.get(of(receipt), officer);
    EXPECT_TRUE(has(page, "Vì sao hẹn trả ngày này?"));
    EXPECT_TRUE(has(page, "Hồ sơ đầy đủ, hợp lệ được tiếp nhận lúc"));
    EXPECT_EQ(house.get(of(receipt, "/phan-cong"), officer).status, 200);
    EXPECT_EQ(step(receipt, "phan-cong", {{"assignee", "12"}}).status, 303);
    EXPECT_EQ(step(receipt, "trinh-ky").status, 303);
    EXPECT_EQ(house
                  .post("/viec/hang-loat", officer,
                        {{"action", "approve"}, {"id", to_string(receipt.id)}})
                  .status,
              303);
    EXPECT_EQ(step(receipt, "tra-ket-qua").status, 303);
    page = house.get(of(receipt), officer);
    EXPECT_TRUE(has(page, "Đã trả kết quả"));
    EXPECT_TRUE(has(page, "Trước hạn"));
    EXPECT_FALSE(has(page, "Việc có thể làm"));
}

TEST_F(PagesTest, EveryFormOpensAndKeepsWhatWasTyped) {
    const Receipt receipt = submitted("1.013225");
    step(receipt, "tiep-nhan");
    step(receipt, "phan-cong", {{"assignee", "12"}});
    for (const char* form :
         {"yeu-cau-bo-sung", "hen-lai", "dung-giai-quyet", "rut-ho-so", "phan-cong"})
        EXPECT_EQ(house.get(of(receipt, std::string("/") + form), officer).status, 200) << form;
    auto page = step(receipt, "yeu-cau-bo-sung", {{"component_1", "Bản vẽ <thiết kế>"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(has(page, "Bản vẽ &lt;thiết kế&gt;"));
    EXPECT_TRUE(has(page, "Hướng dẫn cách bổ sung"));
    EXPECT_TRUE(has(page, "Lỗi: "));
    page = step(receipt, "hen-lai",
                {{"reason", "Chờ ý kiến"},
                 {"new_due_day", "31"},
                 {"new_due_month", "2"},
                 {"new_due_year", "2024"},
                 {"new_due_time", "16:30"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(has(page, "Nhập ngày có thật"));
    EXPECT_TRUE(has(page, "Chờ ý kiến"));
    page = step(receipt, "hen-lai",
                {{"reason", "Chờ ý kiến"},
                 {"new_due_day", "14"},
                 {"new_due_month", "7"},
                 {"new_due_year", "2023"},
                 {"new_due_time", "16:30"}});
    EXPECT_EQ(page.status, 303);
    page = step(receipt, "yeu-cau-bo-sung",
                {{"component_1", "Bản vẽ"},
                 {"fault_1", "thiếu mặt cắt"},
                 {"remedy_1", "nộp thêm bản vẽ mặt cắt"}});
    EXPECT_EQ(page.status, 303);
    EXPECT_TRUE(has(house.get(of(receipt), officer), "tạm dừng tính thời gian"));
}

TEST_F(PagesTest, AnOldPageGetsAnExplanation) {
    const Receipt receipt = submitted();
    ASSERT_EQ(step(receipt, "tiep-nhan", {{"seen", "1"}}).status, 303);
    const auto page = step(receipt, "rut-ho-so", {{"seen", "1"}});
    EXPECT_EQ(page.status, 409);
    EXPECT_TRUE(has(page, "vừa được người khác xử lý"));
}

TEST_F(PagesTest, WhatIsOutOfReachDoesNotExist) {
    const Receipt receipt = submitted();
    auto stranger = officer;
    stranger.agencies = {house.agency().id + 1};
    EXPECT_EQ(house.get(of(receipt), stranger).status, 404);
    EXPECT_EQ(house.post(of(receipt, "/tiep-nhan"), stranger, {}).status, 404);
    EXPECT_FALSE(has(house.get("/viec?muc=tat-ca", stranger), receipt.code));
    EXPECT_EQ(house.get("/ho-so/khong-co", officer).status, 404);
}

TEST_F(PagesTest, ThePublicHistoryHasNothingPersonal) {
    const Receipt receipt = submitted();
    step(receipt, "tiep-nhan");
    ASSERT_TRUE(house.settle());
    const auto page = house.get(of(receipt, "/lich-su"), {});
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(house.get("/ho-so/" + to_string(new_id(1)) + "/lich-su", {}).status, 404);
    EXPECT_TRUE(has(page, receipt.code));
    EXPECT_TRUE(has(page, "/api/v1/ledger/proof/"));
    for (const char* personal : {"Nông Văn Sén", "0912000222"}) EXPECT_FALSE(has(page, personal));
}

TEST_F(PagesTest, ALookAtPersonalDataIsAnEventOncePerTenMinutes) {
    const Receipt receipt = submitted();
    const auto looks = [&] {
        auto connection = house.database.pool().lease();
        return *connection->query("SELECT count(*) FROM identity.look_up").first<std::int64_t>();
    };
    house.get(of(receipt), officer);
    house.get(of(receipt), officer);
    EXPECT_EQ(looks(), 1);
    house.now += std::chrono::minutes(11);
    house.get(of(receipt), officer);
    EXPECT_EQ(looks(), 2);
    house.get(of(receipt, "/lich-su"), {});
    EXPECT_EQ(looks(), 2);
}

TEST_F(PagesTest, TheCounterReceives) {
    EXPECT_TRUE(has(house.get("/tiep-nhan", officer), "Tiếp nhận tại quầy"));
    EXPECT_EQ(house.get("/tiep-nhan?q=khai+sinh", officer).status, 303);  // the one that is found
    EXPECT_EQ(house.get("/tiep-nhan?thu-tuc=1.001193", officer).status, 200);
    http::Pairs form{
        {"procedure", "1.001193"},
        {"key", "a1"},
        {"fill", "1"},
        {"card", "020083001234|081234567|Hoàng Văn Thử|01021983|Nam|Nà Mò, Đình Lập|01012021"}};
    auto page = house.post("/tiep-nhan", officer, form);
    EXPECT_TRUE(has(page, "value=\"Hoàng Văn Thử\""));
    EXPECT_TRUE(has(page, "value=\"020083001234\""));
    form = {
        {"procedure", "1.001193"}, {"key", "a1"}, {"name", "Hoàng Văn Thử"}, {"citizen_id", "123"}};
    page = house.post("/tiep-nhan", officer, form);
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(has(page, "Chưa có: Giấy chứng sinh"));
    form.emplace_back("component_1", "1");
    form.emplace_back("component_2", "1");
    page = house.post("/tiep-nhan", officer, form);
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(has(page, "12 chữ số"));
    form[3].second = "020083001234";
    page = house.post("/tiep-nhan", officer, form);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page, "In giấy hẹn (2 bản)"));
    EXPECT_TRUE(has(page, "09:00 ngày 19/06/2023"));
    const auto again = house.post("/tiep-nhan", officer, form);  // pressed twice
    EXPECT_EQ(again.body, page.body);
}

TEST_F(PagesTest, TheApiWantsWhatThePageWants) {
    const auto bare = api("/api/v1/dossiers", dossier_json(), {});
    EXPECT_EQ(bare.status, 422);
    EXPECT_TRUE(has(bare, "\"field\":\"component_1\""));
    EXPECT_TRUE(has(bare, "Hãy chọn ảnh hoặc tệp của: Tờ khai đăng ký khai sinh."));
    EXPECT_FALSE(has(bare, "component_2"));  // an original is shown at the counter
    const auto bad =
        with_files("/api/v1/dossiers", "dossier", dossier_json(), {"component_1"}, {}, "#!/bin/sh");
    EXPECT_EQ(bad.status, 422);
    EXPECT_TRUE(has(bad, "Không nhận được tệp này"));
    EXPECT_EQ(with_files("/api/v1/dossiers", "step", dossier_json(), {"component_1"}, {}).status,
              400);

    const Receipt receipt = submitted();
    const auto shown = house.get("/api/v1/dossiers/" + to_string(receipt.id), officer);
    EXPECT_TRUE(has(shown, "\"part\":\"component_1\""));
    EXPECT_TRUE(has(shown, "\"papers\":[\"xac-nhan-da-nop\"]"));
    EXPECT_TRUE(has(house.get(of(receipt), officer), "giay.pdf"));
}

TEST_F(PagesTest, TheCounterIsReachedByTheApiToo) {
    const std::string person =
        R"("procedure":"1.001193","applicant":{"name":"Nông Văn Sén","phone":"0912000222"},)";
    const auto missing =
        api("/api/v1/receptions", "{" + person + R"("channel":"counter","brought":[1]})", officer);
    EXPECT_EQ(missing.status, 422);
    EXPECT_TRUE(has(missing, "Chưa có: Giấy chứng sinh"));
    const auto made = api("/api/v1/receptions",
                          "{" + person + R"("channel":"post","brought":[1,2]})", officer, "k1");
    EXPECT_EQ(made.status, 201);
    EXPECT_TRUE(has(made, "\"status\":\"accepted\""));
    const Receipt receipt = json::read<Receipt>(made.body).operator*();
    const std::string paper = "/api/v1/dossiers/" + to_string(receipt.id) + "/papers/";
    EXPECT_EQ(house.get(paper + "giay-tiep-nhan", officer).body.substr(0, 5), "%PDF-");
    EXPECT_EQ(house.get(paper + "xin-loi", officer).status, 404);
    EXPECT_TRUE(has(house.get("/api/v1/dossiers/" + to_string(receipt.id) + "/assignees", officer),
                    "\"items\""));
    EXPECT_EQ(
        api("/api/v1/receptions", "{" + person + R"("channel":"online","brought":[]})", officer)
            .status,
        422);
}

TEST_F(PagesTest, AnApplicantAnswersByTheApi) {
    const Receipt receipt = submitted("1.013225");
    step(receipt, "yeu-cau-bo-sung",
         {{"component_1", "Bản vẽ"}, {"fault_1", "thiếu"}, {"remedy_1", "nộp thêm"}});
    const std::string with_secret =
        R"({"code":")" + receipt.code + R"(","secret":")" + receipt.secret + "\",";
    const std::string path = "/api/v1/dossiers/track/actions";
    EXPECT_EQ(api(path, with_secret + R"("action":"supplement"})", {}).status, 422);
    EXPECT_EQ(
        with_files(path, "step", with_secret + R"("action":"supplement"})", {"giay"}, {}).status,
        200);
    EXPECT_EQ(api(path, with_secret + R"("action":"approve"})", {}).status, 422);
    EXPECT_EQ(api(path, with_secret + R"("action":"withdraw"})", {}).status, 200);
}

TEST_F(PagesTest, AFormThatComesBackKeepsItsFiles) {
    http::Request request =
        house.request(http::Method::post, "/nop-ho-so/1.001193", identity::Actor{});
    request.form = {{"agency", std::to_string(house.agency().id)},
                    {"idempotency", "a"},
                    {"name", "Nông Văn Sén"},
                    {"phone", "0912000222"},
                    {"address", "Thôn Nà Mò"},
                    {"citizen_id", "12"}};
    request.uploads = {
        {"component_1", "to-khai.pdf", "application/pdf", std::string(testing::smallest_pdf)}};
    auto page = house.ask(request);
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(has(page, "Đã nhận: to-khai.pdf"));
    EXPECT_FALSE(has(page, "Hãy chọn ảnh hoặc tệp"));
    const auto offered = page.body.find_first_of("123456789", page.body.find("<option value=\"\""));
    request.form[0].second = page.body.substr(offered, page.body.find('"', offered) - offered);
    const auto from = page.body.find("name=\"kept\" value=\"") + 19;
    std::string token = page.body.substr(from, page.body.find('"', from) - from);
    request.uploads.clear();
    request.form.back().second = "020083001234";
    request.form.emplace_back("kept", token.substr(0, token.size() - 1) + "x");
    page = house.ask(request);
    EXPECT_TRUE(has(page, "Hãy chọn ảnh hoặc tệp"));  // a token that we did not make is nothing
    request.form.back().second = token;
    page = house.ask(request);
    EXPECT_EQ(page.status, 200) << page.body;
}

TEST_F(PagesTest, TheCounterTellsOfAnEarlierDossierOnce) {
    http::Pairs form{{"procedure", "1.001193"},
                     {"key", "b1"},
                     {"name", "Hoàng Văn Thử"},
                     {"citizen_id", "020083001234"},
                     {"all_brought", "1"}};
    ASSERT_EQ(house.post("/tiep-nhan", officer, form).status, 200);
    EXPECT_EQ(house.post("/tiep-nhan", officer, form).status, 200);  // the same form again
    form[1].second = "b2";
    auto page = house.post("/tiep-nhan", officer, form);
    EXPECT_EQ(page.status, 409);
    EXPECT_TRUE(has(page, "cùng thủ tục"));
    EXPECT_TRUE(has(page, "name=\"known\" value=\"1\""));
    form.emplace_back("known", "1");
    EXPECT_EQ(house.post("/tiep-nhan", officer, form).status, 200);
    auto stranger = officer;
    stranger.agencies = {};
    form[1].second = "b3";
    form.pop_back();
    EXPECT_EQ(house.post("/tiep-nhan", stranger, form).status, 200);  // out of reach: unknown
    EXPECT_EQ(house.get("/tiep-nhan?q=1.001193", officer).status, 303);
    EXPECT_TRUE(has(house.get("/tiep-nhan", officer), "Thường nhận ở quầy này"));
}

TEST_F(PagesTest, PapersAreOfferedWhenTheirStepHappened) {
    const Receipt receipt = submitted("1.013225");
    const std::string papers = of(receipt, "/giay/");
    EXPECT_FALSE(has(house.get(of(receipt), officer), "giay-tiep-nhan"));
    EXPECT_EQ(house.get(papers + "giay-tiep-nhan", officer).status, 409);
    step(receipt, "tiep-nhan");
    EXPECT_TRUE(has(house.get(of(receipt), officer), papers + "giay-tiep-nhan"));
    const auto pdf = house.get(papers + "giay-tiep-nhan", officer);
    EXPECT_EQ(pdf.type, "application/pdf");
    EXPECT_EQ(pdf.body.substr(0, 5), "%PDF-");
    const http::Pairs codes{{"code", receipt.code}, {"secret", receipt.secret}};
    const auto tracked = house.post("/tra-cuu", {}, codes);
    EXPECT_TRUE(has(tracked, "/tra-cuu/giay/giay-tiep-nhan"));
    EXPECT_FALSE(has(tracked, "kiem-soat"));
    EXPECT_EQ(house.post("/tra-cuu/giay/giay-tiep-nhan", {}, codes).type, "application/pdf");
    EXPECT_NE(house.post("/tra-cuu/giay/kiem-soat", {}, codes).type, "application/pdf");
}

TEST_F(PagesTest, TheApiRefusesInWordsAndTracksWithTheSecretOnly) {
    EXPECT_EQ(api("/api/v1/dossiers", "{", {}).status, 400);
    EXPECT_EQ(
        api("/api/v1/dossiers", R"({"procedure":"9","agency":"x","applicant":{"name":""}})", {})
            .status,
        422);
    http::Request plain = house.request(http::Method::post, "/api/v1/dossiers", {});
    plain.body = "{}";
    EXPECT_EQ(house.ask(plain).status, 400);
    const Receipt receipt = submitted();
    const auto track = [&](std::string secret) {
        return api("/api/v1/dossiers/track",
                   R"({"code":")" + receipt.code + R"(","secret":")" + secret + "\"}", {});
    };
    EXPECT_EQ(track(receipt.secret).status, 200);
    EXPECT_FALSE(has(track(receipt.secret), "Nông"));
    EXPECT_EQ(track("AAAAAAAAAA").status, 404);

    const std::string actions = "/api/v1/dossiers/" + to_string(receipt.id) + "/actions";
    EXPECT_EQ(api(actions, R"({"action":"approve"})", officer).status, 422);
    EXPECT_EQ(api(actions, R"({"action":"accept","seen":9})", officer).status, 409);
    EXPECT_EQ(api(actions, R"({"action":"accept"})", house.actor({"dossiers.view"})).status, 403);
    EXPECT_EQ(api(actions, R"({"action":"accept"})", officer, "k").status, 200);
    EXPECT_EQ(api(actions, R"({"action":"refuse","reason":"x"})", officer).status, 422);
    const auto shown = house.get("/api/v1/dossiers/" + to_string(receipt.id), officer);
    EXPECT_TRUE(has(shown, "\"possible\":[\"assign\""));
    EXPECT_EQ(header(shown, "cache-control"), "no-store");
    EXPECT_TRUE(has(house.get("/api/v1/procedures?q=khai", {}), "1.001193"));
    EXPECT_EQ(house.get("/api/v1/procedures/1.999999", {}).status, 404);
}

}  // namespace

}  // namespace chilang::dossiers
