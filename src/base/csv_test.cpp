// CSV: what RFC 4180 allows is read, everything else names its line.
#include "base/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <stdexcept>

namespace chilang {
namespace {

std::string error_of(std::string_view text) {
    try {
        read_csv(text);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

TEST(Csv, is_read_by_column_name) {
    const auto rows = read_csv(
        "\xef\xbb\xbfgso_code,name\r\n"
        "006,\"Huyện \"\"Chi Lăng\"\", tỉnh\"\r\n"
        "\r\n"
        "007,\"hai\ndòng\"\n"
        "008,");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0]["gso_code"], "006");
    EXPECT_EQ(rows[0]["name"], "Huyện \"Chi Lăng\", tỉnh");
    EXPECT_EQ(rows[1]["name"], "hai\ndòng");
    EXPECT_EQ(rows[2]["name"], "");
    EXPECT_EQ(rows[0].line(), 2);
    EXPECT_EQ(rows[1].line(), 4);
    EXPECT_EQ(rows[2].line(), 6);
    EXPECT_TRUE(rows[0].has("name"));
    EXPECT_FALSE(rows[0].has("Name"));
}

TEST(Csv, may_be_empty) {
    EXPECT_TRUE(read_csv("").empty());
    EXPECT_TRUE(read_csv("\n\n").empty());
    EXPECT_TRUE(read_csv("a,b\n").empty());
}

TEST(Csv, errors_name_their_line) {
    EXPECT_EQ(error_of("a,b\n1,2\n3\n"), "CSV, dòng 3: có 1 ô, cần 2");
    EXPECT_EQ(error_of("a,b\n1,\"2\n\n3\n"), "CSV, dòng 2: thiếu dấu nháy đóng");
    EXPECT_EQ(error_of("a,b\n1,x\"2\"\n"), "CSV, dòng 2: dấu nháy ở giữa ô");
    EXPECT_EQ(error_of("a,b\n1,\"2\"x\n"), "CSV, dòng 2: có chữ thừa sau dấu nháy đóng");
    EXPECT_EQ(error_of("a,a\n"), "CSV, dòng 1: cột a có hai lần");
    const auto rows = read_csv("a\n1\n");
    EXPECT_THROW(rows[0]["b"], std::runtime_error);
}

RC_GTEST_PROP(Csv, quoted_cells_come_back, (const std::vector<std::string>& cells)) {
    std::string text = "first,cell\n";
    for (const std::string& cell : cells) {
        text += "x,\"";
        for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += "\"\n";
    }
    const auto rows = read_csv(text);
    RC_ASSERT(rows.size() == cells.size());
    for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(rows[i]["cell"] == cells[i]);
}

}  // namespace
}  // namespace chilang
