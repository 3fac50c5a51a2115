// The words of a request as a Query: the same for the API and for pages.
//
// from, to: dates, inclusive (YYYY-MM-DD); unit: GSO code as of `to`; agency: its code; split:
// names with commas, at most three; filter: "channel:online", may repeat. Defaults: the province,
// from the first day of the year of `to`, to today.
#pragma once

#include "figures/figures.hpp"
#include "http/http.hpp"

#include <string>

namespace chilang::figures {

// Problems carry the argument's name as `field`. The metric must exist.
Result<Query> read_query(const http::Request& request, const Figures& figures,
                         const places::Places& places, const std::string& metric);

// The arguments back as a query string, "from=2023-01-01&to=…&unit=20": one address, one figure.
std::string write_query(const Query& query, const places::Places& places);

}  // namespace chilang::figures
