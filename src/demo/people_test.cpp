// Invented people obey the forms that the platform checks.
#include "demo/people.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace chilang::demo {
namespace {

TEST(People, ObeyTheFormsOfIdentityNumbersAndTelephones) {
    const People people(embedded_file("data/langson/names.csv"));
    const std::regex mobile("^0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}$");
    Random random(7);
    std::set<std::string> names;
    int mountain = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto person = people.invent(random, "Xã Mẫu, huyện Mẫu", 2023);
        names.insert(person.name);
        EXPECT_TRUE(std::regex_match(person.phone, mobile)) << person.phone;
        ASSERT_EQ(person.citizen_id.size(), 12u);
        EXPECT_TRUE(person.citizen_id.starts_with("020"));
        const int century = person.citizen_id[3] - '0';
        const int year = std::stoi(person.citizen_id.substr(4, 2));
        EXPECT_TRUE(century < 2 ? year >= 49 : year <= 5) << person.citizen_id;
        EXPECT_GE(text::words(text::fold(person.name)).size(), 2u) << person.name;
        EXPECT_TRUE(person.email.empty() || person.email.ends_with("@thu.example"));
        EXPECT_EQ(text::clean(person.address), person.address);
        mountain += person.name.starts_with("Nông ") || person.name.starts_with("Hoàng ");
    }
    EXPECT_GT(names.size(), 1800u);
    EXPECT_GT(mountain, 300);  // the commonest names among Tày and Nùng
}

}  // namespace
}  // namespace chilang::demo
