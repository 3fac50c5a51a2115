// The catalogue of the demonstration: real procedures, and samples that fill it up to its size.
//
// The real ones stand in data/langson/procedures.csv with how sure each is. No list of all 1,810
// services of the province is public, so the rest is put together from fields, documents and
// activities: "generated" in `certainty`, codes 9.000001 … that no authority gives out, and a legal
// basis that says it is none. They fill pages and figures; they are never shown as published truth.
#pragma once

#include "demo/scenario.hpp"
#include "dossiers/model.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace chilang::demo {

struct Catalogue {
    std::vector<dossiers::Procedure> procedures;  // id = index + 1
    std::vector<std::uint64_t> weights;           // of the real ones: share of arrivals; samples 0
    std::size_t real = 0;                         // how many of them are real; they come first
};

// Number of the agency with this short name ("STTTT").
using AgencyByShortName = std::function<std::int64_t(std::string_view)>;

// Throws std::runtime_error when the files and the scenario don't fit together.
Catalogue make_catalogue(const Scenario& scenario, const AgencyByShortName& agency);

}  // namespace chilang::demo
