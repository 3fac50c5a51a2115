// Versions: drafted, checked, answered for, in force from their day; dossiers keep theirs; figures
// count each version for its own days.
#include "dossiers/admin/procedures.hpp"

#include "dossiers/admin/procedure_form.hpp"
#include "dossiers/testing.hpp"

#include <gtest/gtest.h>

namespace chilang::dossiers {
namespace {

using testing::House;

std::string fields(const std::vector<Finding>& found, bool blocking) {
    std::string all;
    for (const Finding& finding : found)
        if (finding.blocking == blocking) all += finding.field + ' ';
    return all;
}

Procedure sound() {
    Procedure p = samples::sample_procedure();
    p.fee_note = "Miễn lệ phí";
    return p;
}

TEST(Findings, ASoundProcedureHasNone) {
    EXPECT_TRUE(findings(sound()).empty());
}

TEST(Findings, NameTheErrorsOfTheNationalCatalogue) {
    Procedure p = sound();
    p.fee_dong = 100;
    EXPECT_EQ(fields(findings(p), true), "phi ");
    p = sound();
    p.components.push_back({"Ghi chú: nộp thêm nếu có", "upload", false, 0});
    EXPECT_EQ(fields(findings(p), true), "thanh_phan ");
    p = sound();
    p.limit_amount = 0;
    p.limit_unit = LimitUnit::month;
    EXPECT_EQ(fields(findings(p), true), "thoi_han ");
    p = sound();
    p.pause_policy = PausePolicy::extend;
    EXPECT_EQ(fields(findings(p), true), "can_cu_dung ");
    p = sound();
    p.code = "1.19";
    p.components.clear();
    p.basis.clear();
    EXPECT_EQ(fields(findings(p), true), "ma phap_ly thanh_phan ");
    p = sound();
    p.fee_note.clear();
    p.limit_amount = 200;
    p.components.push_back(p.components.front());
    EXPECT_EQ(fields(findings(p), false), "thoi_han phi_ghi_chu thanh_phan ");
}

TEST(Components, GoIntoLinesAndBack) {
    const std::vector<Component> components{{"Tờ khai", "upload", true, 1},
                                            {"Giấy chứng sinh", "original", true, 2},
                                            {"Căn cước của cha, mẹ", "data", false, 1}};
    const auto read = read_components(write_components(components));
    ASSERT_EQ(read.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(read[i].name, components[i].name);
        EXPECT_EQ(read[i].source, components[i].source);
        EXPECT_EQ(read[i].copies, components[i].copies);
        EXPECT_EQ(read[i].required, components[i].required);
    }
    EXPECT_EQ(read_components("Tờ khai\r\n\r\n")[0].name, "Tờ khai");
    EXPECT_EQ(read_components("Ghi chú | | 0")[0].copies, 0);
}

struct ProcedureTest : ::testing::Test {
    House house;
    Service service{*house.platform};
    identity::Actor admin = house.actor({"procedures.admin"});
    Instant now = house.clock->now();
    Date today = date_of(now);

    ProcedureTest() { house.now = now; }
    http::Pairs form(const char* limit) {
        return {{"ma", "1.001193"},
                {"ten", "Đăng ký khai sinh"},
                {"linh_vuc", "Hộ tịch"},
                {"co_quan", "1"},
                {"cap", "commune"},
                {"muc_do", "full"},
                {"thoi_han", limit},
                {"don_vi", "working_day"},
                {"tam_dung", "keep"},
                {"phi", "0"},
                {"phi_ghi_chu", "Miễn lệ phí"},
                {"thanh_phan", "Tờ khai | bản điện tử | 1\nGiấy chứng sinh | bản chính | 1"},
                {"ket_qua", "Giấy khai sinh"},
                {"phap_ly", "Luật Hộ tịch 2014"}};
    }
    std::string services_on(Date day) {
        auto connection = house.database.pool().lease();
        return std::to_string(
            connection
                ->query("SELECT count(*) FROM dossiers.procedure WHERE published AND valid_from <= "
                        "$1 AND (valid_to IS NULL OR valid_to > $1)",
                        {day})
                .at(0, 0)
                .integer());
    }
    Answer submit() {
        return service.submit_and_wait({.procedure = "1.001193",
                                        .agency = house.agency().id,
                                        .channel = Channel::counter,
                                        .applicant = {.name = "Nông Văn Thử",
                                                      .citizen_id = "020090000111",
                                                      .phone = "0912345678",
                                                      .address = "Thôn Nà Thử"},
                                        .brought = {1, 2, 3, 4}},
                                       "position/12", house.now);
    }
};

TEST_F(ProcedureTest, ANewVersionComesIntoForceOnItsDayAndDossiersKeepTheirs) {
    const Answer old = submit();
    ASSERT_TRUE(old.ok());
    const auto saved = house.post("/quan-tri/thu-tuc/1/soan", admin, form("7"));
    ASSERT_EQ(saved.status, 303) << saved.body;
    service.catalogue().reload(*house.database.pool().lease(), today);
    EXPECT_EQ(service.procedures()->find(1)->version, 1) << "a draft is not offered";
    EXPECT_EQ(
        house.post("/quan-tri/thu-tuc/1/cong-bo", admin, {{"tu_ngay", show(today + 1)}}).status,
        303);
    service.catalogue().reload(*house.database.pool().lease(), today);
    EXPECT_EQ(service.procedures()->find(1)->limit_amount, 3) << "until tomorrow the old one";
    service.catalogue().reload(*house.database.pool().lease(), today + 1);
    const Procedure* offered = service.procedures()->find("1.001193");
    EXPECT_EQ(offered->limit_amount, 7);
    EXPECT_EQ(offered->confirmed_by, 12);
    EXPECT_EQ(offered->confirmed_on, today);
    EXPECT_EQ(service.procedures()->version(1, 1)->valid_to, today + 1);

    EXPECT_EQ(service.find(old.receipt.id)->procedure_version, 1);
    house.now += std::chrono::hours(24);
    const Answer fresh = submit();
    ASSERT_TRUE(fresh.ok()) << fresh.problems[0].code << ' ' << fresh.problems[0].message;
    EXPECT_EQ(service.find(fresh.receipt.id)->procedure_version, 2);
    for (const int day : {0, 1, 30})
        EXPECT_EQ(services_on(today + day), "3") << "as many services as before";
}

TEST_F(ProcedureTest, FaultsAndOpenDoubtsStopPublishing) {
    auto faulty = form("7");
    for (auto& [name, value] : faulty) {
        if (name == "phi") value = "700";
        if (name == "thanh_phan") value = "Ghi chú | bản điện tử | 0";
        if (name == "phi_ghi_chu") value = "";
    }
    ASSERT_EQ(house.post("/quan-tri/thu-tuc/1/soan", admin, faulty).status, 303)
        << "a draft may be unfinished";
    auto answer = house.post("/quan-tri/thu-tuc/1/cong-bo", admin, {{"tu_ngay", show(today + 1)}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(answer.body.find("có phải 700.000 đồng không"), answer.body.npos);
    EXPECT_NE(answer.body.find("số lượng 0"), answer.body.npos);

    auto doubtful = form("200");
    ASSERT_EQ(house.post("/quan-tri/thu-tuc/1/soan", admin, doubtful).status, 303);
    answer = house.post("/quan-tri/thu-tuc/1/cong-bo", admin, {{"tu_ngay", show(today + 1)}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(answer.body.find("đánh dấu ô này"), answer.body.npos);
    EXPECT_NE(answer.body.find("value=\"" + show(today + 1)), answer.body.npos) << "nothing lost";
    answer = house.post("/quan-tri/thu-tuc/1/cong-bo", admin,
                        {{"tu_ngay", show(today - 1)}, {"da_xem", "co"}});
    EXPECT_NE(answer.body.find("từ hôm nay trở đi"), answer.body.npos);
    EXPECT_EQ(house
                  .post("/quan-tri/thu-tuc/1/cong-bo", admin,
                        {{"tu_ngay", show(today + 1)}, {"da_xem", "co"}})
                  .status,
              303);
}

TEST_F(ProcedureTest, AFormThatIsNoneKeepsWhatWasTyped) {
    auto faulty = form("ba ngày");
    for (auto& [name, value] : faulty)
        if (name == "ten") value = "";
    const auto answer = house.post("/quan-tri/thu-tuc/1/soan", admin, faulty);
    EXPECT_EQ(answer.status, 422);
    EXPECT_NE(answer.body.find("Nhập tên thủ tục."), answer.body.npos);
    EXPECT_NE(answer.body.find("Nhập thời hạn bằng số"), answer.body.npos);
    EXPECT_NE(answer.body.find("value=\"ba ngày\""), answer.body.npos);
    EXPECT_NE(answer.body.find("Giấy chứng sinh | bản chính | 1"), answer.body.npos);
}

TEST_F(ProcedureTest, EndingStopsTheOfferAndNotTheOpenDossiers) {
    const Answer open = submit();
    EXPECT_EQ(house.post("/quan-tri/thu-tuc/1/bai-bo", admin, {{"bo_ngay", show(today)}}).status,
              303);
    service.catalogue().reload(*house.database.pool().lease(), today);
    EXPECT_EQ(service.procedures()->find("1.001193"), nullptr);
    EXPECT_FALSE(submit().ok());
    const auto procedures = service.procedures();
    EXPECT_EQ(service.procedure(*service.find(open.receipt.id), *procedures).name,
              "Đăng ký khai sinh");
    EXPECT_EQ(services_on(today), "2");
    EXPECT_EQ(services_on(today - 1), "3");
    EXPECT_EQ(
        house.post("/quan-tri/thu-tuc/1/bai-bo", admin, {{"bo_ngay", show(today + 5)}}).status,
        422);
}

TEST_F(ProcedureTest, ANewProcedureIsDraftedAndTheListFindsIt) {
    auto fresh = form("3");
    for (auto& [name, value] : fresh) {
        if (name == "ma") value = "1.777777";
        if (name == "ten") value = "Đăng ký thử nghiệm lịch";
    }
    EXPECT_EQ(house.post("/quan-tri/thu-tuc/them", admin, fresh).status, 303);
    EXPECT_EQ(house.post("/quan-tri/thu-tuc/them", admin, fresh).status, 422)
        << "the code is taken";
    const auto list = house.get("/quan-tri/thu-tuc?q=thu nghiem lich", admin);
    EXPECT_NE(list.body.find("1.777777"), list.body.npos);
    EXPECT_NE(list.body.find("Đang soạn"), list.body.npos);
    EXPECT_EQ(list.body.find("1.001193"), list.body.npos);
    EXPECT_NE(house.get("/quan-tri/thu-tuc?muc_do=information", admin).body.find("2.000815"),
              std::string::npos);
    EXPECT_EQ(house.get("/quan-tri/thu-tuc/4", admin).status, 200);
    EXPECT_EQ(house.get("/quan-tri/thu-tuc/99", admin).status, 404);
}

TEST_F(ProcedureTest, TheApiDraftsChecksAndPublishes) {
    auto request = house.request(http::Method::post, "/api/v1/admin/procedures", admin);
    request.body = R"({"id":1,"code":"","name":"Đăng ký khai sinh","field":"Hộ tịch","department":1,
        "scope":"commune","level":"full","limit_amount":200,"limit_unit":"working_day",
        "pause_policy":"keep","fee_dong":0,"fee_note":"Miễn","components":[{"name":"Tờ khai",
        "source":"upload","required":true,"copies":1}],"result_name":"Giấy khai sinh",
        "basis":"Luật Hộ tịch 2014"})";
    const auto drafted = house.ask(request);
    EXPECT_EQ(drafted.status, 200) << drafted.body;
    EXPECT_NE(drafted.body.find("\"field\":\"thoi_han\""), drafted.body.npos);
    auto publish = house.request(http::Method::post, "/api/v1/admin/procedures/1/publish", admin);
    publish.body = "{\"from\":\"" + to_iso(today + 1) + "\"}";
    EXPECT_EQ(house.ask(publish).status, 422);
    publish.body = "{\"from\":\"" + to_iso(today + 1) + "\",\"doubts_seen\":true}";
    EXPECT_EQ(house.ask(publish).status, 200);
    EXPECT_EQ(house.ask(publish).status, 422) << "there is no draft any more";
    const auto all = house.get("/api/v1/admin/procedures/1", admin);
    EXPECT_NE(all.body.find("\"version\":2"), all.body.npos);
}

}  // namespace
}  // namespace chilang::dossiers
