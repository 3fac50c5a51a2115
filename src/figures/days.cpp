#include "figures/days.hpp"

#include <algorithm>

namespace chilang::figures {

namespace {

int floor_block(int day) {
    const int rest = day % Days::block;
    return day - (rest < 0 ? rest + Days::block : rest);
}

}  // namespace

void Days::put(Row& row, std::uint32_t column, std::int32_t delta) {
    if (row.size() <= column) row.resize(column + 1);
    row[column] += delta;
}

void Days::add(int day, std::uint32_t column, std::int32_t delta) {
    if (rows_.empty()) {
        base_ = floor_block(day);
        before_.resize(1);
    }
    if (day < base_) {  // earlier than anything so far: whole blocks in front
        const int shift = base_ - floor_block(day);
        rows_.insert(rows_.begin(), static_cast<std::size_t>(shift), Row{});
        before_.insert(before_.begin(), static_cast<std::size_t>(shift / block), Row{});
        if (stale_ != SIZE_MAX) stale_ += static_cast<std::size_t>(shift / block);
        base_ -= shift;
    }
    const auto index = static_cast<std::size_t>(day - base_);
    while (rows_.size() <= index) {
        rows_.resize(rows_.size() + block);
        before_.push_back(before_.back());
        if (stale_ != SIZE_MAX) stale_ = std::min(stale_, before_.size() - 1);
    }
    put(rows_[index], column, delta);
    const auto later = index / block + 1;
    if (bulk_) {
        stale_ = std::min(stale_, later);
        return;
    }
    for (auto b = later; b < before_.size(); ++b) put(before_[b], column, delta);
}

void Days::settle() {
    bulk_ = false;
    for (auto b = stale_; b < before_.size(); ++b) {
        auto total = before_[b - 1];
        for (int d = 0; d < block; ++d) {
            const auto& row = rows_[(b - 1) * block + static_cast<std::size_t>(d)];
            if (total.size() < row.size()) total.resize(row.size());
            for (std::size_t c = 0; c < row.size(); ++c) total[c] += row[c];
        }
        total.shrink_to_fit();
        before_[b] = std::move(total);
    }
    stale_ = SIZE_MAX;
}

// Calls add(row, sign) for the rows whose sum is everything up to `day`: from the nearer running
// total.
template <class Add>
void Days::visit(int day, const Add& add) const {
    if (rows_.empty() || day < base_) return;
    const auto index = std::min(static_cast<std::size_t>(day - base_), rows_.size() - 1);
    const auto b = index / block;
    if (index % block < block / 2) {
        add(before_[b], 1);
        for (auto d = b * block; d <= index; ++d) add(rows_[d], 1);
    } else {
        add(before_[b + 1], 1);
        for (auto d = index + 1; d < (b + 1) * block; ++d) add(rows_[d], -1);
    }
}

void Days::up_to(int day, std::span<const std::uint32_t> columns, int sign,
                 std::int32_t* totals) const {
    visit(day, [&](const Row& row, int side) {
        const int factor = sign * side;
        const auto size = row.size();
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i] < size) totals[i] += factor * row[columns[i]];
    });
}

void Days::up_to(int day, int sign, std::span<std::int32_t> totals) const {
    visit(day, [&](const Row& row, int side) {
        const int factor = sign * side;
        const auto size = std::min(row.size(), totals.size());
        for (std::size_t c = 0; c < size; ++c) totals[c] += factor * row[c];
    });
}

std::span<const std::int32_t> Days::row(int day) const {
    if (day < base_ || static_cast<std::size_t>(day - base_) >= rows_.size()) return {};
    return rows_[static_cast<std::size_t>(day - base_)];
}

}  // namespace chilang::figures
