// Generated procedures: verb × document × activity of a field, from
// data/langson/procedures_samples.csv.
//
// Deterministic: the same file and seed give the same list. A field that asks for more than its
// words can make says so.
#pragma once

#include "demo/catalogue.hpp"
#include "demo/random.hpp"

#include <string_view>
#include <vector>

namespace chilang::demo {

std::vector<dossiers::Procedure> make_samples(const Scenario& scenario, std::size_t count,
                                              const AgencyByShortName& agency);

// "upload:Tờ khai; data?:Dữ liệu căn cước; original:Ảnh|2": source, ? when not required, |copies.
std::vector<dossiers::Component> parse_components(std::string_view text);

}  // namespace chilang::demo
