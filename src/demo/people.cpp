// Names by group, then a number, a telephone and a hamlet.
#include "demo/people.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::demo {

namespace {

constexpr std::string_view mobile_prefixes[] = {"032", "033", "034", "035", "036", "037", "038",
                                                "039", "086", "096", "097", "098", "081", "082",
                                                "083", "084", "085", "088", "091", "094", "070",
                                                "076", "077", "078", "079", "089", "090", "093"};
// Tày and Nùng place words: Nà field, Bản village, Khuổi stream, Pò hill, Cốc foot of a tree.
constexpr std::string_view hamlet_heads[] = {"Nà",  "Bản",  "Khuổi", "Pò",
                                             "Cốc", "Lũng", "Pác",   "Kéo"};
constexpr std::string_view hamlet_tails[] = {"Pàn",  "Lòong",  "Mu",  "Chang", "Hin",
                                             "Đông", "Luông",  "Tẩư", "Nhùng", "Phai",
                                             "Sla",  "Khoang", "Van", "Hương"};

std::string digits(Random& random, int count) {
    std::string out;
    while (count-- > 0) out += static_cast<char>('0' + random.below(10));
    return out;
}

std::string identity_number(Random& random, bool woman, int year_of_birth) {
    std::string out = "020";
    out += static_cast<char>('0' + (year_of_birth >= 2000 ? 2 : 0) + woman);
    out += text::pad2(year_of_birth % 100);
    return out + digits(random, 6);
}

}  // namespace

void People::List::add(std::string name, std::uint64_t weight) {
    names.push_back(std::move(name));
    weights.add(weight);
}

People::List& People::Group::part(std::string_view name) {
    if (name == "family") return family;
    if (name == "middle_man") return middle_man;
    if (name == "middle_woman") return middle_woman;
    if (name == "given_man") return given_man;
    if (name == "given_woman") return given_woman;
    throw std::runtime_error("names.csv: " + std::string(name));
}

People::People(std::string_view names_csv) {
    for (const CsvRow& row : read_csv(names_csv)) {
        const auto weight =
            static_cast<std::uint64_t>(text::parse_integer(row["weight"]).value_or(1));
        const auto add = [&](Group& group) { group.part(row["part"]).add(row["name"], weight); };
        const std::string& group = row["group"];
        if (group == "kinh" || group == "any") add(kinh_);
        if (group == "tay_nung" || group == "any") add(tay_nung_);
        if (group == "dao" || group == "any") add(dao_);
        if (group == "hoa" || group == "any") add(hoa_);
    }
}

std::string People::invent_name(Random& random, bool woman) const {
    const int share =
        random.between(1, 1000);  // census of 2019: Nùng 43 %, Tày 36 %, Kinh 16 %, Dao 3.5 %
    const Group& group = share <= 790   ? tay_nung_
                         : share <= 955 ? kinh_
                         : share <= 990 ? dao_
                                        : hoa_;
    const List& middle = woman ? group.middle_woman : group.middle_man;
    const List& given = woman ? group.given_woman : group.given_man;
    const std::string& last = given.pick(random);
    std::string name = group.family.pick(random);
    const std::string& first_middle = middle.pick(random);
    if (first_middle != last) name += " " + first_middle;
    if (random.permille(woman ? 220 : 120)) {
        const std::string& second = given.pick(random);
        if (second != last && second != first_middle) name += " " + second;
    }
    return name + " " + last;
}

dossiers::Applicant People::invent(Random& random, std::string_view home, int year) const {
    const bool woman = random.permille(480);
    const int age = 18 + random.between(0, 24) + random.between(0, 32);
    dossiers::Applicant person;
    person.name = invent_name(random, woman);
    person.citizen_id = identity_number(random, woman, year - age);
    person.phone = mobile_prefixes[random.below(std::size(mobile_prefixes))];
    person.phone += digits(random, 7);
    if (random.permille(280)) {
        person.email = text::fold(person.name) + std::to_string(random.between(1, 99));
        std::replace(person.email.begin(), person.email.end(), ' ', '.');
        person.email += "@thu.example";
    }
    const auto head = hamlet_heads[random.below(std::size(hamlet_heads))];
    const auto tail = hamlet_tails[random.below(std::size(hamlet_tails))];
    person.address =
        "Thôn " + std::string(head) + " " + std::string(tail) + ", " + std::string(home);
    return person;
}

}  // namespace chilang::demo
