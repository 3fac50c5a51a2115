// Ids, hexadecimal and Base64: versions and order, the vectors of RFC 4648, strict reading.
#include "base/id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace chilang {
namespace {

TEST(Id, is_a_version_7_uuid_of_its_time) {
    const Id id = new_id(0x0123456789ab);
    const std::string text = to_string(id);
    EXPECT_EQ(text.substr(0, 15), "01234567-89ab-7");
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos) << text;
    EXPECT_EQ(parse_id(text), id);
}

TEST(Id, sorts_by_time_and_is_never_the_same) {
    EXPECT_LT(new_id(1000), new_id(1001));
    EXPECT_LT(to_string(new_id(255)), to_string(new_id(256)));
    std::set<Id> seen;
    for (int i = 0; i < 10'000; ++i) seen.insert(new_id(7));
    EXPECT_EQ(seen.size(), 10'000U);
}

TEST(Id, refuses_other_texts) {
    const std::string good = "0190163d-8694-739b-aea5-966c26f8ad91";
    ASSERT_TRUE(parse_id(good));
    EXPECT_EQ(to_string(*parse_id("0190163D-8694-739B-AEA5-966C26F8AD91")), good);
    for (const char* bad :
         {"", "0190163d8694739baea5966c26f8ad91", "0190163d-8694-739b-aea5-966c26f8ad9",
          "0190163d-8694-739b-aea5-966c26f8ad911", "0190163g-8694-739b-aea5-966c26f8ad91",
          "0190163d-8694-739b-aea5+966c26f8ad91", "-190163d-8694-739b-aea5-966c26f8ad91"})
        EXPECT_FALSE(parse_id(bad)) << bad;
}

TEST(Base64, has_the_vectors_of_the_standard) {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64(bytes), text);
        EXPECT_EQ(from_base64(text), bytes);
    }
}

TEST(Base64, has_one_text_for_each_value) {
    for (const char* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "=Zg=", "Zm 9",
                            "Z===", "====", "Zm9v\n", "Zm-_"})
        EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Hash, is_64_hexadecimal_digits) {
    const std::string hex(64, 'a');
    ASSERT_TRUE(parse_hash(hex));
    EXPECT_EQ(to_hex(view(*parse_hash(hex))), hex);
    EXPECT_FALSE(parse_hash(hex.substr(1)));
    EXPECT_FALSE(parse_hash(hex.substr(1) + "g"));
    EXPECT_FALSE(from_hex("abc"));
    EXPECT_EQ(from_hex("00fF"), std::string("\0\xff", 2));
}

RC_GTEST_PROP(Bytes, are_read_back_equal, (const std::string& bytes)) {
    RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
    RC_ASSERT(from_base64(to_base64(bytes)) == bytes);
}

TEST(RandomBytes, are_as_many_as_asked_and_differ) {
    EXPECT_EQ(random_bytes(0), "");
    EXPECT_EQ(random_bytes(1000).size(), 1000U);
    EXPECT_NE(random_bytes(16), random_bytes(16));
}

}  // namespace
}  // namespace chilang
