// The readers of forms: what they take, what they refuse, and that random bytes never break them.
#include "http/form.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace chilang::http {
namespace {

Pairs urlencoded(std::string_view text, FormFault expected = FormFault::none) {
    Pairs out;
    EXPECT_EQ(parse_urlencoded(text, {}, out), expected) << text;
    return out;
}

TEST(Urlencoded, ReadsPairs) {
    const Pairs pairs = urlencoded("ten=L%C3%BD+A+P%C3%A1o&x=&y&&z=1%3D2");
    ASSERT_EQ(pairs.size(), 4u);
    EXPECT_EQ(pairs[0].second, "Lý A Páo");
    EXPECT_EQ(pairs[2].first, "y");
    EXPECT_EQ(pairs[3].second, "1=2");
}

TEST(Urlencoded, Refuses) {
    urlencoded("a=%4", FormFault::malformed);
    urlencoded("a=%zz", FormFault::malformed);
    urlencoded("a=%00", FormFault::not_utf8);
    urlencoded("a=%ff", FormFault::not_utf8);
    std::string many;
    for (int i = 0; i < 600; ++i) many += "a=1&";
    urlencoded(many, FormFault::too_many);
}

constexpr std::string_view type = "multipart/form-data; boundary=XX";

struct Parts {
    Pairs fields;
    std::vector<Upload> uploads;
    FormFault fault;
};
Parts multipart(std::string_view body, std::string_view content_type = type) {
    Parts out;
    out.fault = parse_multipart(body, content_type, {}, out.fields, out.uploads);
    return out;
}

TEST(Multipart, KeepsBytesOfFiles) {
    using namespace std::string_literals;
    const std::string file = "\xff\xd8\r\n--X\0\r\n"s;
    const Parts parts = multipart(
        "--XX\r\nContent-Disposition: form-data; name=\"ten\"\r\n\r\nHoàng Thị Mỷ\r\n"
        "--XX\r\ncontent-disposition: form-data; name=tep; filename=\"C:\\x\\anh.jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\n"s +
        file +
        "\r\n--XX\r\nContent-Disposition: form-data; name=\"trong\"; "
        "filename=\"\"\r\n\r\n\r\n--XX--\r\n");
    ASSERT_EQ(parts.fault, FormFault::none);
    ASSERT_EQ(parts.fields.size(), 1u);
    EXPECT_EQ(parts.fields[0].second, "Hoàng Thị Mỷ");
    ASSERT_EQ(parts.uploads.size(), 1u);
    EXPECT_EQ(parts.uploads[0].filename, "anh.jpg");
    EXPECT_EQ(parts.uploads[0].declared_type, "image/jpeg");
    EXPECT_EQ(parts.uploads[0].bytes, file);
}

TEST(Multipart, Refuses) {
    EXPECT_EQ(multipart("", type).fault, FormFault::malformed);
    EXPECT_EQ(multipart("--XX--", "multipart/form-data").fault, FormFault::malformed);
    EXPECT_EQ(multipart("--XX\r\nno colon\r\n\r\n\r\n--XX--").fault, FormFault::malformed);
    EXPECT_EQ(
        multipart("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--XX--").fault,
        FormFault::not_utf8);
    EXPECT_EQ(
        multipart("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--XX").fault,
        FormFault::malformed);
    std::string many;
    for (int i = 0; i < 600; ++i)
        many += "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
    EXPECT_EQ(multipart(many + "--XX--").fault, FormFault::too_many);
}

std::string form_text(const Pairs& pairs) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    const auto put = [&](const std::string& text) {
        for (const unsigned char c : text) (out += '%') += {digits[c >> 4], digits[c & 15]};
    };
    for (const auto& [name, value] : pairs) {
        put(name);
        out += '=';
        put(value);
        out += '&';
    }
    return out;
}

RC_GTEST_PROP(Urlencoded, ReadsWhatWasWritten, (std::vector<std::pair<int, int>> numbers)) {
    Pairs pairs;
    for (const auto& [a, b] : numbers)
        pairs.emplace_back("ô" + std::to_string(a), std::to_string(b));
    Pairs read;
    RC_ASSERT(parse_urlencoded(form_text(pairs), {}, read) == FormFault::none);
    RC_ASSERT(read == pairs);
}

RC_GTEST_PROP(Forms, RandomBytesYieldOnlyPlainText, (const std::string& bytes)) {
    Pairs pairs;
    std::vector<Upload> uploads;
    if (parse_urlencoded(bytes, {}, pairs) == FormFault::none)
        for (const auto& [name, value] : pairs)
            RC_ASSERT(is_plain_text(name) && is_plain_text(value));
    parse_multipart("--XX" + bytes, type, {}, pairs, uploads);
    parse_cookies(bytes);
}

TEST(Cookies, PassesOverStrangers) {
    const Pairs cookies = parse_cookies("a=1; nonsense; b=\"2\";c=x=y; =z");
    ASSERT_EQ(cookies.size(), 3u);
    EXPECT_EQ(cookies[1].second, "2");
    EXPECT_EQ(cookies[2].second, "x=y");
}

}  // namespace
}  // namespace chilang::http
