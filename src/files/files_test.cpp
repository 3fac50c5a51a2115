// Recognising content, keeping it, finding it again; and what is refused.
#include "files/files.hpp"

#include "base/sha256.hpp"
#include "db/testing.hpp"
#include "files/zip_listing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <fstream>

namespace chilang::files {
namespace {

std::string little(std::uint64_t value, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}
std::string big(std::uint64_t value, int count) {
    const std::string turned = little(value, count);
    return {turned.rbegin(), turned.rend()};
}

struct Part {
    std::string name, content;
    std::uint64_t claimed = 0;  // unpacked size; 0: the true one
    int flags = 0;
};

// A zip with stored entries.
std::string zip(const std::vector<Part>& parts) {
    std::string out, directory;
    for (const auto& [name, content, claimed, flags] : parts) {
        const std::string sizes =
            little(content.size(), 4) + little(claimed ? claimed : content.size(), 4);
        directory += "PK\1\2" + little(20, 2) + little(20, 2) + little(flags, 2) + little(0, 2) +
                     little(0, 8) + sizes + little(name.size(), 2) + little(0, 2) + little(0, 2) +
                     little(0, 2) + little(0, 2) + little(0, 4) + little(out.size(), 4) + name;
        out += "PK\3\4" + little(20, 2) + little(flags, 2) + little(0, 2) + little(0, 8) + sizes +
               little(name.size(), 2) + little(0, 2) + name + content;
    }
    const auto at = out.size();
    return out + directory + "PK\5\6" + little(0, 4) + little(parts.size(), 2) +
           little(parts.size(), 2) + little(directory.size(), 4) + little(at, 4) + little(0, 2);
}

std::string png(std::uint64_t width, std::uint64_t height) {
    return std::string("\x89PNG\r\n\x1a\n", 8) + big(13, 4) + "IHDR" + big(width, 4) +
           big(height, 4) + std::string("\x08\x02\0\0\0abcd", 9) + big(0, 4) +
           "IEND\xae\x42\x60\x82";
}
std::string jpeg(std::uint64_t width, std::uint64_t height) {
    return std::string("\xff\xd8\xff\xe0", 4) + big(4, 2) + "ab" + std::string("\xff\xc0", 2) +
           big(11, 2) + "\x08" + big(height, 2) + big(width, 2) +
           std::string("\x01\x01\x11\x00\xff\xd9", 6);
}
std::string pdf(std::string_view inside = "") {
    return "%PDF-1.7\n1 0 obj\n<<" + std::string(inside) + ">>\nendobj\n%%EOF\n";
}

TEST(MediaType, KnowsWhatADeskNeeds) {
    EXPECT_EQ(media_type(pdf()), "application/pdf");
    EXPECT_EQ(media_type(png(600, 400)), "image/png");
    EXPECT_EQ(media_type(jpeg(600, 400)), "image/jpeg");
    EXPECT_EQ(media_type("RIFF" + little(100, 4) + "WEBPVP8X" + little(10, 4) + little(0, 4) +
                         little(599, 3) + little(399, 3) + "xx"),
              "image/webp");
    EXPECT_EQ(media_type(big(24, 4) + "ftypheic" + std::string(32, 'x') + big(20, 4) + "ispe" +
                         big(0, 4) + big(4032, 4) + big(3024, 4)),
              "image/heic");
    EXPECT_EQ(media_type(zip({{"[Content_Types].xml", "x"}, {"word/document.xml", "x"}})),
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    EXPECT_EQ(media_type(zip({{"[Content_Types].xml", "x"}, {"xl/workbook.xml", "x"}})),
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    EXPECT_EQ(media_type(zip(
                  {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "x"}})),
              "application/vnd.oasis.opendocument.text");
}

TEST(MediaType, RefusesWhatCouldHarm) {
    const std::vector<std::string> bad{
        "",
        "MZ\x90",
        "\x7f"
        "ELF",
        "#!/bin/sh\n",
        "<html>",
        "<svg xmlns='x'/>",
        "<?xml version='1.0'?>",
        "%PDF-1.7 cut off",
        pdf("/S /JavaScript /JS (x)"),
        pdf("/S /Launch"),
        png(0, 400),
        png(60'000, 400),
        png(29'000, 29'000),
        png(600, 400).substr(0, 40),
        jpeg(0, 400),
        jpeg(600, 400).substr(0, 8),
        zip({{"a.txt", "x"}}),
        zip({}),
        zip({{"[Content_Types].xml", "x"},
             {"word/document.xml", "x"},
             {"word/vbaProject.bin", "x"}}),
        zip({{"[Content_Types].xml", "x"}, {"word/document.xml", "x", 4'000'000'000}}),
        zip({{"[Content_Types].xml", "x"}, {"word/document.xml", "x", 100'000}}),
        zip({{"[Content_Types].xml", "x"}, {"word/document.xml", "x", 0, 1}}),
        zip({{"[Content_Types].xml", "x"}, {"word/document.xml", "x"}, {"../../x", "x"}}),
        zip({{"[Content_Types].xml", "x"}, {"word/document.xml", "x"}}) + "junk"};
    for (const auto& bytes : bad) EXPECT_EQ(media_type(bytes), "") << bytes.substr(0, 40);
}

RC_GTEST_PROP(MediaType, AnswersForAnyDamage, ()) {
    const auto bytes =
        *rc::gen::element(pdf(), png(9, 9), jpeg(9, 9),
                          zip({{"[Content_Types].xml", "x"}, {"xl/workbook.xml", "x"}}));
    auto cut = bytes.substr(0, *rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
    for (const auto& [at, byte] : *rc::gen::arbitrary<std::vector<std::pair<std::uint8_t, char>>>())
        if (!cut.empty()) cut[at % cut.size()] = byte;
    const auto type = media_type(cut);
    RC_ASSERT(type.empty() || cut.size() > 10);
}

struct StoreTest : testing::Test {
    StoreTest()
        : folder(std::filesystem::temp_directory_path() / ("files-" + to_string(new_id(1)))),
          store(folder) {}
    ~StoreTest() override { std::filesystem::remove_all(folder); }
    const Instant now = at(make_date(2023, 6, 14), 600);
    std::filesystem::path folder;
    Store store;
};

TEST_F(StoreTest, KeepsAndFindsAndReads) {
    db::TestDatabase database;
    auto lease = database.pool().lease();
    const auto file =
        store.keep({"giay_to", "C:\\ho so\\Giấy <chứng sinh>.exe", "text/html", pdf()}, now);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->name, "Giấy chứng sinh.pdf");
    EXPECT_EQ(file->type, "application/pdf");
    const auto statement = Store::insert(*file, "dossier/1");
    lease->query(statement.sql, statement.params);
    ASSERT_EQ(store.of(*lease, "dossier/1").size(), 1u);
    EXPECT_TRUE(store.of(*lease, "dossier/2").empty());
    EXPECT_FALSE(store.find(*lease, file->id, "dossier/2"));
    const auto found = store.find(*lease, file->id, "dossier/1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->sha256, sha256(pdf()));
    EXPECT_EQ(store.read(*found), pdf());
    EXPECT_TRUE(std::filesystem::is_empty(folder / "new"));
}

TEST_F(StoreTest, TheSameBytesAreKeptOnce) {
    const auto first = store.keep({"a", "a.pdf", "", pdf()}, now);
    const auto second = store.keep({"a", "b.pdf", "", pdf()}, now);
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->id, second->id);
    EXPECT_EQ(first->sha256, second->sha256);
}

TEST_F(StoreTest, DamageIsNoticed) {
    const auto file = store.keep({"a", "a.pdf", "", pdf()}, now);
    ASSERT_TRUE(file);
    const std::string hex = to_hex(view(file->sha256));
    const auto path = folder / hex.substr(0, 2) / hex.substr(2);
    std::ofstream(path, std::ios::app) << "x";
    EXPECT_THROW(store.read(*file), std::runtime_error);
    std::filesystem::remove(path);
    EXPECT_THROW(store.read(*file), std::runtime_error);
}

TEST_F(StoreTest, ProblemsNameTheFieldAndSayWhatToDo) {
    const auto code = [&](std::string bytes) {
        const auto file =
            store.keep({"giay_to", "x.pdf", "application/pdf", std::move(bytes)}, now);
        EXPECT_FALSE(file);
        EXPECT_EQ(file.problems().at(0).field, "giay_to");
        return file.problems().at(0).code;
    };
    EXPECT_EQ(code(""), "file_empty");
    EXPECT_EQ(code("<script>"), "file_type_refused");
    EXPECT_EQ(code(std::string(20 * 1024 * 1024 + 1, 'x')), "file_too_large");
}

}  // namespace
}  // namespace chilang::files
