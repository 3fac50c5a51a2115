// The checker: relations that must hold between the numbers of a report, before anybody signs it.
//
// The relations are data (domain/figures.md §3, §4): sums, ratios at the printed rounding, subsets,
// and the balance of stocks. Figures computed from records cannot break a sum; they can break a
// subset (A04), and prose can hold a digit that nobody bound.
#pragma once

#include "reports/compose.hpp"

#include <set>
#include <string>
#include <vector>

namespace chilang::reports {

enum class Severity { blocking, warning };

struct Finding {
    std::string relation;  // "A04"
    Severity severity = Severity::warning;
    std::string message;  // Vietnamese: what is broken, by how much
    std::string address;  // page that shows the records in question; may be empty
};

struct CheckResult {
    int relations_held = 0;
    std::vector<Finding> findings;
};

std::set<std::string> figures_of_relations();
CheckResult check(const Composed& report);

}  // namespace chilang::reports
