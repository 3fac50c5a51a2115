#include "figures/records.hpp"

#include <stdexcept>

namespace chilang::figures {

namespace {

// Ids end in random bytes, but ids made by tests may not: mix once more.
std::size_t spread(const Id& id) {
    std::uint64_t h = std::hash<Id>{}(id);
    h ^= h >> 32;
    return static_cast<std::size_t>(h * 0x9E3779B97F4A7C15ull >> 17);
}

}  // namespace

Records::Records(std::span<const Attribute> attributes) : index_(1024) {
    for (const auto& attribute : attributes) {
        if (attribute.labels.size() >= no_category)
            throw std::logic_error("figures: too many labels: " + attribute.name);
        columns_.push_back({attribute.kind, attribute.labels.size(), {}, {}, {}});
    }
}

void Records::grow_index() {
    std::vector<std::uint32_t> larger(index_.size() * 2);
    const auto mask = larger.size() - 1;
    for (std::uint32_t row = 0; row < ids_.size(); ++row) {
        auto slot = spread(ids_[row]) & mask;
        while (larger[slot] != 0) slot = (slot + 1) & mask;
        larger[slot] = row + 1;
    }
    index_ = std::move(larger);
}

std::uint32_t Records::row(const Id& id) {
    const auto mask = index_.size() - 1;
    auto slot = spread(id) & mask;
    while (index_[slot] != 0) {
        if (ids_[index_[slot] - 1] == id) return index_[slot] - 1;
        slot = (slot + 1) & mask;
    }
    const auto row = static_cast<std::uint32_t>(ids_.size());
    index_[slot] = row + 1;
    ids_.push_back(id);
    agencies_.push_back(-1);
    for (auto& column : columns_) switch (column.kind) {
            case AttributeKind::category:
                column.bytes.push_back(no_category);
                break;
            case AttributeKind::number:
                column.numbers.push_back(no_number);
                break;
            case AttributeKind::instant:
                column.instants.push_back(none);
                break;
        }
    if (ids_.size() * 10 > index_.size() * 7) grow_index();
    return row;
}

void Records::set(std::uint32_t row, int attribute, Code code) {
    auto& column = columns_.at(static_cast<std::size_t>(attribute));
    switch (column.kind) {
        case AttributeKind::category:
            if (code != none && (code < 0 || static_cast<std::size_t>(code) >= column.labels))
                throw std::out_of_range("figures: category beyond its labels");
            column.bytes[row] = code == none ? no_category : static_cast<std::uint8_t>(code);
            return;
        case AttributeKind::number:
            if (code != none && (code <= no_number || code > INT32_MAX))
                throw std::out_of_range("figures: number beyond 32 bits");
            column.numbers[row] = code == none ? no_number : static_cast<std::int32_t>(code);
            return;
        case AttributeKind::instant:
            column.instants[row] = code;
            return;
    }
}

void Records::forget(std::uint32_t row) {
    agencies_[row] = -1;
    for (std::size_t i = 0; i < columns_.size(); ++i) set(row, static_cast<int>(i), none);
}

}  // namespace chilang::figures
