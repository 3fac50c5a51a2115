#include "figures/records.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace chilang::figures {

namespace {

// An id as the first two cells of its line.
struct Cells {
    Code id[2];
    explicit Cells(const Id& from) { std::memcpy(id, from.bytes.data(), sizeof id); }
    bool equal(const Code* line) const { return line[0] == id[0] && line[1] == id[1]; }
};

// Ids end in random bytes, but ids made by tests may not: mix once more.
std::size_t spread(Code random_half) {
    auto bits = static_cast<std::uint64_t>(random_half);
    bits ^= bits >> 32;
    return static_cast<std::size_t>(bits * 0x9E3779B97F4A7C15ull >> 17);
}

}  // namespace

Records::Records(std::span<const Attribute> attributes, std::uint64_t distinct)
    : width_(head + attributes.size()), index_(1024) {
    for (const auto& attribute : attributes) {
        if (attribute.labels.size() >= 255)
            throw std::logic_error("figures: too many labels: " + attribute.name);
        const bool counted = distinct >> ranges_.size() & 1;
        switch (attribute.kind) {
            case AttributeKind::category:
                ranges_.push_back({0, static_cast<Code>(attribute.labels.size()) - 1});
                break;
            case AttributeKind::number:
                ranges_.push_back(counted ? Range{0, distinct_max} : Range{-INT32_MAX, INT32_MAX});
                break;
            case AttributeKind::instant:
                ranges_.push_back(counted ? Range{0, distinct_max} : Range{INT64_MIN, INT64_MAX});
                break;
        }
    }
}

void Records::grow_index() {
    std::vector<std::uint32_t> larger(index_.size() * 2);
    const auto mask = larger.size() - 1;
    for (std::uint32_t row = 0; row < size_; ++row) {
        auto slot = spread(line(row)[1]) & mask;
        while (larger[slot] != 0) slot = (slot + 1) & mask;
        larger[slot] = row + 1;
    }
    index_ = std::move(larger);
}

std::uint32_t Records::row(const Id& id) {
    const Cells wanted(id);
    const auto mask = index_.size() - 1;
    auto slot = spread(wanted.id[1]) & mask;
    while (index_[slot] != 0) {
        if (wanted.equal(line(index_[slot] - 1))) return index_[slot] - 1;
        slot = (slot + 1) & mask;
    }
    const auto row = size_++;
    index_[slot] = row + 1;
    cells_.resize(cells_.size() + width_);
    std::copy_n(wanted.id, 2, line(row));
    forget(row);
    if (std::size_t{size_} * 10 > index_.size() * 7) grow_index();
    return row;
}

void Records::set(std::uint32_t row, int attribute, Code code) {
    const auto& range = ranges_.at(static_cast<std::size_t>(attribute));
    if (code != none && (code < range.least || code > range.most))
        throw std::out_of_range("figures: value beyond what attribute " +
                                std::to_string(attribute) + " can hold");
    line(row)[head + static_cast<std::size_t>(attribute)] = code;
}

void Records::forget(std::uint32_t row) {
    set_agency(row, -1);
    std::fill(line(row) + head, line(row) + width_, none);
}

}  // namespace chilang::figures
