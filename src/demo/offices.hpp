// The agencies that receive dossiers, with how many people each serves.
//
// A commune committee weighs its district's people shared among the communes, more for wards and
// towns; populations of communes are not published, so this is an estimate and says so in the
// scenario.
#pragma once

#include "demo/random.hpp"
#include "demo/scenario.hpp"
#include "dossiers/model.hpp"
#include "places/places.hpp"

#include <map>
#include <string>
#include <vector>

namespace chilang::demo {

struct Office {
    std::int64_t agency = 0;
    std::string code;  // "H37.12"
    dossiers::ProcedureScope tier = dossiers::ProcedureScope::commune;
    std::uint64_t weight = 0;
    std::vector<std::string> homes;  // communes that its applicants live in, as addresses name them
};

class Offices {
public:
    explicit Offices(std::vector<Office> offices);
    static Offices of(const places::Places& places, const Scenario& scenario);

    const std::vector<Office>& all() const { return offices_; }
    // An office of that tier by weight; a provincial procedure belongs to its department.
    std::size_t pick(const dossiers::Procedure& procedure, Random& random) const;

private:
    std::vector<Office> offices_;
    std::vector<std::size_t> districts_, communes_;
    Weighted district_weights_, commune_weights_;
    std::map<std::int64_t, std::size_t> by_agency_;
};

}  // namespace chilang::demo
