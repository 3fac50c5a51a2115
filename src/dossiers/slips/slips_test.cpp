// The statutory papers: which exist after which step, and that their words are there to be copied.
#include "base/text.hpp"
#include "dossiers/slips/desk.hpp"
#include "dossiers/testing.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace chilang::dossiers {

namespace {

// The text of a PDF, spaces collapsed, as a reader or a search engine gets it. With
// CHILANG_PAPERS=folder the PDFs stay there to be looked at.
std::string text_of(const std::string& pdf, const std::string& name) {
    const char* kept = std::getenv("CHILANG_PAPERS");
    const auto path = (kept ? std::filesystem::path(kept)
                            : std::filesystem::temp_directory_path() / to_string(new_id(0)));
    const auto file = kept ? path / (name + ".pdf") : path;
    std::ofstream(file, std::ios::binary) << pdf;
    std::string text;
    FILE* out = popen(("pdftotext -raw '" + file.string() + "' -").c_str(), "r");
    for (int c; out && (c = std::fgetc(out)) != EOF;) text += static_cast<char>(c);
    if (out) pclose(out);
    if (!kept) std::filesystem::remove(file);
    return text::clean(text);
}

struct SlipsTest : ::testing::Test {
    testing::House house;
    Service service{*house.platform};
    identity::Actor officer = house.everybody();

    Id submit(const char* procedure, bool counter) {
        NewDossier d;
        d.procedure = procedure;
        d.agency = house.agency().id;
        d.channel = counter ? Channel::counter : Channel::online;
        d.applicant = {"Hoàng Thị Mẫu", "020183000321", "0912000111", "", "Thôn Bản Thí"};
        d.brought = {1, 2};
        return service.submit_and_wait(d, counter ? "position/12" : "citizen", house.now)
            .receipt.id;
    }
    Answer step(const Id& id, Step step) {
        return service.act_and_wait({.dossier = id, .step = std::move(step)}, &officer, house.now);
    }
    std::string words(const Id& id, Slip slip, const std::string& secret = {}) {
        const auto dossier = service.find(id);
        const auto pdf = slip_pdf(service, *dossier, slip, house.now, secret, Copies::one);
        return pdf ? text_of(*pdf, std::string(address(slip)) + "-" +
                                       std::string(enum_name(dossier->status)))
                   : "";
    }
    std::vector<Slip> slips(const Id& id) {
        auto connection = house.database.pool().lease();
        return issued(house.ledger->stream(*connection, dossier_stream(id)));
    }
    static void holds(const std::string& text, std::initializer_list<const char*> words) {
        for (const char* word : words)
            EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
    }
};

TEST_F(SlipsTest, ThePapersOfADossierAreThoseOfItsSteps) {
    using enum Slip;
    const Id id = submit("1.013225", false);
    EXPECT_EQ(slips(id), (std::vector{submission}));
    EXPECT_TRUE(words(id, receipt).empty());
    EXPECT_TRUE(words(id, supplement).empty());
    step(id, {.action = Action::accept});
    EXPECT_EQ(slips(id), (std::vector{receipt, control}));
    step(id, {.action = Action::ask_supplement});  // an empty list is refused
    EXPECT_EQ(slips(id), (std::vector{receipt, control}));
    step(id, {.action = Action::ask_supplement,
              .defects = {{"Bản vẽ", "thiếu mặt cắt", "nộp thêm bản vẽ mặt cắt"}}});
    EXPECT_EQ(slips(id), (std::vector{receipt, supplement, control}));
    step(id, {.action = Action::stop,
              .reason = "Người nộp đã qua đời",
              .clause = "khoản 3 Điều 9 Nghị định mẫu"});
    EXPECT_EQ(slips(id), (std::vector{receipt, supplement, stop, control}));
    EXPECT_FALSE(for_applicant(control));
}

TEST_F(SlipsTest, TheReceiptHoldsEveryField) {
    const Id id = submit("1.001193", true);
    const std::string text = words(id, Slip::receipt, "ABCDE-FGHJK");
    holds(text, {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                 "Độc lập - Tự do - Hạnh phúc",
                 "Mẫu số 01 (Thông tư 01/2018/TT-VPCP)",
                 "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
                 "/TNHS",
                 "ngày 14 tháng 6 năm 2023",
                 "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
                 "Hoàng Thị Mẫu",
                 "020183000321",
                 "Thôn Bản Thí",
                 "0912000111",
                 "Đăng ký khai sinh (mã thủ tục 1.001193)",
                 "Tờ khai đăng ký khai sinh",
                 "Giấy chứng sinh",
                 "Bản giấy, bản chính",
                 "01 bộ",
                 "3 ngày làm việc",
                 "09 giờ 00 phút, ngày 14 tháng 6 năm 2023",
                 "09 giờ 00 phút, ngày 19 tháng 6 năm 2023",
                 "Cách tính ngày hẹn trả",
                 "NGƯỜI NỘP HỒ SƠ",
                 "NGƯỜI TIẾP NHẬN HỒ SƠ",
                 "ABCDE-FGHJK",
                 "https://example.test/tra-cuu?ma=H37"});
    EXPECT_EQ(words(id, Slip::receipt).find("Mã bí mật"), std::string::npos);
}

TEST_F(SlipsTest, NoticesPrintTheStepWordForWord) {
    const Id asked = submit("1.013225", true);
    step(asked, {.action = Action::ask_supplement,
                 .defects = {{"Bản vẽ", "thiếu mặt cắt", "nộp thêm bản vẽ mặt cắt"},
                             {"Đơn", "chưa ký", "ký và ghi rõ họ tên"}}});
    holds(
        words(asked, Slip::supplement),
        {"PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "/HDHS", "Mẫu số 02", "thiếu mặt cắt",
         "ký và ghi rõ họ tên", "tạm dừng từ", "khoản 2 Điều 56 Nghị định mẫu", "NGƯỜI HƯỚNG DẪN"});
    const Id refused = submit("1.001193", false);
    step(refused, {.action = Action::refuse,
                   .reason = "Không thuộc thẩm quyền",
                   .clause = "Điều 13 Luật Hộ tịch"});
    holds(words(refused, Slip::refusal), {"PHIẾU TỪ CHỐI TIẾP NHẬN", "Mẫu số 03",
                                          "Không thuộc thẩm quyền", "Điều 13 Luật Hộ tịch"});
}

TEST_F(SlipsTest, LettersNameBothPromises) {
    const Id id = submit("1.013225", true);
    step(id, {.action = Action::extend,
              .reason = "Chờ ý kiến của Sở Xây dựng",
              .new_due = samples::moment("2023-07-14T16:30:00+07:00")});
    holds(words(id, Slip::apology),
          {"PHIẾU XIN LỖI", "Mẫu số 04", "Kính gửi: Hoàng Thị Mẫu", "Chờ ý kiến của Sở Xây dựng",
           "16 giờ 30 phút, ngày 14 tháng 7 năm 2023", "ngày 05 tháng 7 năm 2023", "Nơi nhận",
           "THỦ TRƯỞNG CƠ QUAN"});
    step(id, {.action = Action::stop, .reason = "Trùng hồ sơ khác", .clause = "Điều 9"});
    holds(words(id, Slip::stop), {"THÔNG BÁO", "dừng giải quyết hồ sơ", "Trùng hồ sơ khác",
                                  "Điều 9", "16 giờ 30 phút, ngày 14 tháng 7 năm 2023"});
    const Id late = submit("1.001193", true);
    step(late, {.action = Action::assign, .assignee = 12});
    step(late, {.action = Action::draft});
    house.now += std::chrono::hours(24 * 9);
    step(late, {.action = Action::approve});
    holds(words(late, Slip::apology),
          {"Về việc trả kết quả chậm", "09 giờ 00 phút, ngày 19 tháng 6 năm 2023", "quá hạn"});
}

TEST_F(SlipsTest, TheControlSheetIsThePrintOfTheEvents) {
    const Id id = submit("1.001193", true);
    step(id, {.action = Action::assign, .assignee = 12});
    step(id, {.action = Action::draft});
    step(id, {.action = Action::approve});
    step(id, {.action = Action::hand_over});
    holds(words(id, Slip::control),
          {"PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Mẫu số 05", "Phân công xử lý",
           "Trình ký kết quả", "Trước hạn", "Bên giao", "Bên nhận"});
}

TEST_F(SlipsTest, FormsFollowTheLawOfTheDay) {
    house.now = samples::moment("2026-06-15T09:00:00+07:00");
    const Id id = submit("1.001193", true);
    holds(words(id, Slip::receipt), {"Mẫu số 01 (Thông tư 03/2025/TT-VPCP)"});
    holds(words(id, Slip::control), {"Mẫu số 06 (Thông tư 03/2025/TT-VPCP)"});
}

}  // namespace

}  // namespace chilang::dossiers
