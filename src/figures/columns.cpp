#include "figures/columns.hpp"

#include "figures/predicate.hpp"

#include <stdexcept>

namespace chilang::figures {

namespace {

std::size_t spread(std::uint64_t key) {
    key ^= key >> 29;
    return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ull >> 20);
}

}  // namespace

Columns::Columns(std::vector<Dimension> dimensions, std::vector<Predicate> predicates)
    : dimensions_(std::move(dimensions)), predicates_(std::move(predicates)), index_(256) {
    if (predicates_.size() > 64)
        throw std::logic_error("figures: more than 64 metrics on one cube");
    for (const auto& dimension : dimensions_) product_ *= dimension.radix;
    // 24 bits are the distinct value, 12 at least the agency.
    if (product_ >> 28) throw std::logic_error("figures: too many combinations of categories");
}

int Columns::dimension_of(int attribute) const {
    for (std::size_t i = 0; i < dimensions_.size(); ++i)
        if (dimensions_[i].attribute == attribute) return static_cast<int>(i);
    return -1;
}

std::span<const std::uint32_t> Columns::of_leaf(std::int32_t leaf) const {
    if (static_cast<std::size_t>(leaf) >= of_leaf_.size()) return {};
    return of_leaf_[static_cast<std::size_t>(leaf)];
}

void Columns::grow_index() {
    std::vector<std::uint32_t> larger(index_.size() * 2);
    const auto mask = larger.size() - 1;
    for (std::uint32_t column = 0; column < keys_.size(); ++column) {
        auto slot = spread(keys_[column]) & mask;
        while (larger[slot] != 0) slot = (slot + 1) & mask;
        larger[slot] = column + 1;
    }
    index_ = std::move(larger);
}

std::uint32_t Columns::column(std::int32_t leaf, std::uint64_t combination, std::int64_t value) {
    const auto key = key_of(leaf, combination, value);
    const auto mask = index_.size() - 1;
    auto slot = spread(key) & mask;
    while (index_[slot] != 0) {
        if (keys_[index_[slot] - 1] == key) return index_[slot] - 1;
        slot = (slot + 1) & mask;
    }
    const auto column = static_cast<std::uint32_t>(keys_.size());
    index_[slot] = column + 1;
    keys_.push_back(key);
    leaves_.push_back(leaf);
    values_.push_back(static_cast<std::int32_t>(value));
    digits_.resize(digits_.size() + dimensions_.size());
    auto rest = combination;
    for (std::size_t i = dimensions_.size(); i-- > 0;) {
        digits_[column * dimensions_.size() + i] =
            static_cast<std::uint8_t>(rest % dimensions_[i].radix);
        rest /= dimensions_[i].radix;
    }
    const auto get = [&](int attribute) -> Code {
        const auto digit = this->digit(column, dimension_of(attribute));
        return digit == 0 ? none : static_cast<Code>(digit) - 1;
    };
    std::uint64_t accepted = 0;
    for (std::size_t i = 0; i < predicates_.size(); ++i)
        if (holds(predicates_[i], get)) accepted |= std::uint64_t{1} << i;
    masks_.push_back(accepted);
    if (of_leaf_.size() <= static_cast<std::size_t>(leaf))
        of_leaf_.resize(static_cast<std::size_t>(leaf) + 1);
    of_leaf_[static_cast<std::size_t>(leaf)].push_back(column);
    if (keys_.size() * 10 > index_.size() * 7) grow_index();
    return column;
}

}  // namespace chilang::figures
