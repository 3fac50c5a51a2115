// Counts of one entity along one time attribute, or one pair of them, by agency, categories and
// day.
//
// Metrics that count along the same time share a cube: their predicates are masks over its columns.
// A predicate that categories cannot decide (it compares instants) gets a cube of its own, where it
// is evaluated whenever a record changes. A change retracts the record's old mark and adds the new
// one, which is all that a correction, a late event or a move to another agency ever needs.
#pragma once

#include "figures/columns.hpp"
#include "figures/days.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace chilang::figures {

// What a cube counts. `own` is `always` unless the predicate needs more than categories.
struct CubeKind {
    MetricKind kind = MetricKind::flow;  // flow, stock or distinct
    int time = -1, entered = -1, left = -1, distinct_of = -1;
    Predicate own;
    std::uint64_t attributes = 0;  // those whose change can change a mark
};

// How one record stands in one cube.
struct Mark {
    bool counted = false;
    std::int32_t leaf = 0;
    std::uint64_t combination = 0;
    std::int64_t value = 0;
    std::int32_t plus_day = 0;
    std::int32_t minus_day = INT32_MAX;  // stock: the day it left
    bool operator==(const Mark&) const = default;
};

// What a query asks of a cube. Answers are laid out as group × digits of `split`.
struct Ask {
    int predicate = 0;
    int from = 0, to = 0;                     // days; a stock looks at the end of `to` alone
    std::vector<std::int32_t> group_of_leaf;  // -1: not asked for
    std::int32_t other_leaves = -1;           // group of leaves beyond the list
    int groups = 1;
    std::vector<int> split;                            // dimensions
    std::vector<std::pair<int, std::uint8_t>> filter;  // dimension must have this digit

    std::int32_t group(std::int32_t leaf) const {
        const auto i = static_cast<std::size_t>(leaf);
        return i < group_of_leaf.size() ? group_of_leaf[i] : other_leaves;
    }
};

int day_of(Code instant);  // in Vietnam

class Cube {
public:
    Cube(CubeKind kind, std::vector<Dimension> dimensions, std::vector<Predicate> predicates);

    const CubeKind& kind() const { return kind_; }
    const Columns& columns() const { return columns_; }
    Mark mark(const Records& records, std::uint32_t row) const;
    void replace(std::uint32_t row, const Mark& before, const Mark& after);
    void bulk() { days_.bulk(); }
    void settle() { days_.settle(); }

    std::size_t cells(const Ask& ask) const;
    std::vector<std::int64_t> tally(const Ask& ask) const;
    // Adds the difference between the end of the day before and `now`, to the microsecond.
    void advance(const Ask& ask, const Records& records, Code now,
                 std::vector<std::int64_t>& counts) const;
    // Flow: the count of each day; stock: the level at each day's end. One group, no split.
    std::vector<std::int64_t> by_day(const Ask& ask) const;
    // Adds to four sums that do not depend on the order of columns or events.
    void hash(std::uint64_t salt, std::array<std::uint64_t, 4>& sums) const;

private:
    struct Count {
        std::int32_t day, count;
    };
    bool asked(const Ask& ask, std::uint32_t column) const;
    std::size_t cell(const Ask& ask, std::uint32_t column) const;
    std::vector<std::uint32_t> select(const Ask& ask) const;
    std::vector<std::int64_t> tally_distinct(const Ask& ask) const;
    void put(std::uint32_t column, int day, std::int32_t delta);

    CubeKind kind_;
    Columns columns_;
    Days days_;
    std::vector<std::vector<Count>> seen_;  // distinct: days of each column, sorted
    std::unordered_map<int, std::vector<std::uint32_t>> touched_;  // stock: rows by day of change
};

}  // namespace chilang::figures
