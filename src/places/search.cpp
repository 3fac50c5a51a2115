// Search over names of units, old and new, without diacritics.
//
// People type "that khe", "xa dai dong", "06040" or "hoa binh huu lung". Every word must be found;
// the whole name comes before a beginning, that before a part, and units in force before past ones.
#include "base/text.hpp"
#include "places/index.hpp"
#include "places/places.hpp"

#include <algorithm>

namespace chilang::places {

namespace {

// Lower is better; negative: not found.
int rank(const Unit& unit, std::string_view name, std::string_view full, std::string_view query,
         const std::vector<std::string>& words) {
    if (query == unit.code || query == name) return 0;
    if (full.starts_with(query)) return 1;
    if (name.starts_with(query)) return 2;
    const std::string padded = " " + std::string(full);
    for (const auto& word : words)
        if (padded.find(" " + word) == padded.npos) return -1;
    return 3;
}

}  // namespace

std::vector<const Unit*> Places::search(std::string_view text, std::size_t limit) const {
    const std::string query = text::fold(text);
    if (query.empty()) return {};
    const auto words = text::words(query);
    struct Hit {
        int rank;
        bool past;
        const Unit* unit;
    };
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const auto& folded = index_->folded[i];
        if (const int r = rank(units_[i], folded.name, folded.full, query, words); r >= 0)
            hits.push_back({r, units_[i].valid_to.has_value(), &units_[i]});
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return std::pair(a.rank, a.past) < std::pair(b.rank, b.past);
    });
    if (hits.size() > limit) hits.resize(limit);
    std::vector<const Unit*> found;
    for (const Hit& hit : hits) found.push_back(hit.unit);
    return found;
}

}  // namespace chilang::places
