// What a snapshot of places computes once when it is loaded, so that every question is a look-up.
#pragma once

#include "places/places.hpp"

#include <map>
#include <unordered_map>

namespace chilang::places {

struct Places::Index {
    std::unordered_map<std::int64_t, std::size_t> unit, agency;  // id -> position
    std::unordered_map<std::string, std::vector<std::size_t>> unit_by_code;
    std::unordered_map<std::string, std::size_t> agency_by_code;
    // Children of all times, in administrative order (that of the codes).
    std::unordered_map<std::int64_t, std::vector<std::size_t>> children;
    std::unordered_map<std::int64_t, std::vector<std::size_t>> succession_from, succession_to;
    std::unordered_map<std::int64_t, std::vector<std::int64_t>> agency_taken_over;
    std::size_t province = 0;

    // What search compares with: "that khe", "thi tran that khe huyen trang dinh".
    struct Folded {
        std::string name, full;
    };
    std::vector<Folded> folded;
};

}  // namespace chilang::places
