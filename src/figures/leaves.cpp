// Which agencies a question means: the unit tree as it stood on the day asked for.
//
// Figures follow "the unit that acted": an agency belongs to its unit, the unit to its parents of
// that day, and the province is everybody, also agencies that have been closed since. What no child
// of the province covers on that day is listed by agency, so that children always add up to the
// whole.
#include "figures/state.hpp"

#include <algorithm>

namespace chilang::figures {

Date tree_day(const places::Places& places, const Query& query) {
    if (query.unit == 0) return query.to;
    const auto& unit = places.unit(query.unit);
    if (unit.valid_to && *unit.valid_to <= query.to) return *unit.valid_to - 1;
    return std::max(query.to, unit.valid_from);
}

std::vector<std::int64_t> agencies_of(const places::Places& places, const Query& query) {
    if (query.agency != 0) return {query.agency};
    if (query.unit == 0 || query.unit == places.province().id) return {};
    auto units = places.subtree(query.unit, tree_day(places, query));
    std::sort(units.begin(), units.end());
    std::vector<std::int64_t> agencies;
    for (const auto& agency : places.agencies())
        if (std::binary_search(units.begin(), units.end(), agency.unit))
            agencies.push_back(agency.id);
    if (agencies.empty()) agencies.push_back(-1);  // nobody, which is not everybody
    return agencies;
}

Leaves leaves_of(const places::Places& places, const Query& query) {
    Leaves leaves;
    const auto agencies = agencies_of(places, query);
    if (agencies.empty()) {
        leaves.other_leaves = 0;
        return leaves;
    }
    for (const auto agency : agencies) {
        if (agency < 0) continue;
        const auto leaf = static_cast<std::size_t>(agency);
        if (leaves.group_of_leaf.size() <= leaf) leaves.group_of_leaf.resize(leaf + 1, -1);
        leaves.group_of_leaf[leaf] = 0;
    }
    return leaves;
}

Code as_of(const Query& query) {
    const Code end = to_microseconds(start_of(query.to + 1)) - 1;
    const Code now = to_microseconds(query.now);
    return now != 0 && now < end ? now : end;
}

}  // namespace chilang::figures
