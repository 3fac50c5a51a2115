// The columns of a cube: one for each agency and combination of categories that really occurs.
//
// Why not the full product: 260 agencies × 700 combinations are mostly empty; those that occur are
// a few dozen an agency. A column remembers its codes and, as a bit for each metric of the cube,
// whether the metric's predicate accepts them, so that a query never evaluates a predicate.
#pragma once

#include "figures/figures.hpp"
#include "figures/records.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chilang::figures {

struct Dimension {
    int attribute = 0;
    std::uint32_t radix = 1;  // labels + 1; digit 0 is "unknown"
};

class Columns {
public:
    // `predicates`: those of the cube's metrics, decided by categories alone; at most 64.
    Columns(std::vector<Dimension> dimensions, std::vector<Predicate> predicates);

    // The combination of a record as one number.
    std::uint64_t combination(const Records& records, std::uint32_t row) const {
        std::uint64_t key = 0;
        for (const auto& d : dimensions_) {
            const Code code = records.get(row, d.attribute);
            key = key * d.radix + (code == none ? 0 : static_cast<std::uint64_t>(code) + 1);
        }
        return key;
    }
    // Finds or adds. `value` is for distinct counting, else 0.
    std::uint32_t column(std::int32_t leaf, std::uint64_t combination, std::int64_t value);

    std::size_t size() const { return leaves_.size(); }
    std::size_t dimensions() const { return dimensions_.size(); }
    int dimension_of(int attribute) const;  // -1: not among them
    std::uint32_t radix(int dimension) const {
        return dimensions_[static_cast<std::size_t>(dimension)].radix;
    }
    std::int32_t leaf(std::uint32_t column) const { return leaves_[column]; }
    std::int64_t value(std::uint32_t column) const { return values_[column]; }
    std::uint8_t digit(std::uint32_t column, int dimension) const {
        return digits_[column * dimensions_.size() + static_cast<std::size_t>(dimension)];
    }
    bool accepted(std::uint32_t column, int predicate) const {
        return masks_[column] >> predicate & 1;
    }
    // Columns of a leaf, in order of appearance.
    std::span<const std::uint32_t> of_leaf(std::int32_t leaf) const;
    std::uint64_t key(std::uint32_t column) const { return keys_[column]; }
    std::uint64_t key_of(std::int32_t leaf, std::uint64_t combination, std::int64_t value) const {
        return (static_cast<std::uint64_t>(leaf) * product_ + combination) << 24 |
               static_cast<std::uint64_t>(value);
    }

private:
    void grow_index();

    std::vector<Dimension> dimensions_;
    std::vector<Predicate> predicates_;
    std::uint64_t product_ = 1;
    std::vector<std::uint64_t> keys_;
    std::vector<std::int32_t> leaves_;
    std::vector<std::int32_t> values_;
    std::vector<std::uint8_t> digits_;
    std::vector<std::uint64_t> masks_;
    std::vector<std::vector<std::uint32_t>> of_leaf_;
    std::vector<std::uint32_t> index_;  // open addressing: column + 1, 0 is empty
};

}  // namespace chilang::figures
