// Signed counts by day and column, with the running total kept every sixteen days.
//
// The total of a range is then two running totals and at most sixteen rows of single days, whatever
// the range's length; a late fact changes one cell and one running total for each later block. Rows
// are as long as their last column, so that a quiet day costs nothing.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chilang::figures {

class Days {
public:
    static constexpr int block = 16;

    void add(int day, std::uint32_t column, std::int32_t delta);
    // While bulk, running totals are left stale; `settle` mends them. Readers need them settled.
    void bulk() { bulk_ = true; }
    void settle();

    // totals[i] += sign × everything up to and including `day`, for column `columns[i]`.
    void up_to(int day, std::span<const std::uint32_t> columns, int sign,
               std::int32_t* totals) const;
    // The same for all columns: totals[column].
    void up_to(int day, int sign, std::span<std::int32_t> totals) const;
    std::span<const std::int32_t> row(int day) const;  // may be shorter than the number of columns

    int first() const { return base_; }
    int last() const { return base_ + static_cast<int>(rows_.size()) - 1; }

private:
    using Row = std::vector<std::int32_t>;
    template <class Add>
    void visit(int day, const Add& add) const;
    static void put(Row& row, std::uint32_t column, std::int32_t delta);

    int base_ = 0;                  // the first day, a multiple of `block`
    std::vector<Row> rows_;         // by day
    std::vector<Row> before_;       // by block: all days before the block; one more at the end
    std::size_t stale_ = SIZE_MAX;  // first block whose running total is stale
    bool bulk_ = false;
};

}  // namespace chilang::figures
