// Invented applicants: Tày, Nùng, Kinh, Dao and Hoa names in the mix of the province.
//
// Nobody here exists. Identity numbers have the legal form (020, century and sex, year of birth,
// six digits; NĐ 137/2015/NĐ-CP) with digits drawn at random, telephones the form of mobile
// numbers, and e-mail addresses end in ".example", which no mail ever reaches (RFC 2606).
#pragma once

#include "demo/random.hpp"
#include "dossiers/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chilang::demo {

class People {
public:
    explicit People(std::string_view names_csv);  // columns group, part, name, weight
    // `home` is the commune as an address names it; `year` the year in which the person applies.
    dossiers::Applicant invent(Random& random, std::string_view home, int year) const;
    std::string invent_name(Random& random, bool woman) const;

private:
    struct List {
        std::vector<std::string> names;
        Weighted weights;
        void add(std::string name, std::uint64_t weight);
        const std::string& pick(Random& random) const { return names[weights.pick(random)]; }
    };
    struct Group {
        List family, middle_man, middle_woman, given_man, given_woman;
        List& part(std::string_view name);
    };
    Group kinh_, tay_nung_, dao_, hoa_;
};

}  // namespace chilang::demo
