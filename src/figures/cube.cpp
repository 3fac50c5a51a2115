#include "figures/cube.hpp"

#include "figures/predicate.hpp"

#include <algorithm>

namespace chilang::figures {

int day_of(Code instant) {
    return date_of(from_microseconds(instant)).days;
}

Cube::Cube(CubeKind kind, std::vector<Dimension> dimensions, std::vector<Predicate> predicates)
    : kind_(std::move(kind)), columns_(std::move(dimensions), std::move(predicates)) {}

Mark Cube::mark(const Records& records, std::uint32_t row) const {
    if (!records.present(row)) return {};
    const bool stock = kind_.kind == MetricKind::stock;
    const Code begin = records.get(row, stock ? kind_.entered : kind_.time);
    if (begin == none) return {};
    Mark mark{.counted = true, .leaf = records.agency(row), .plus_day = day_of(begin)};
    if (stock && kind_.left >= 0) {
        const Code end = records.get(row, kind_.left);
        if (end != none) {
            if (end <= begin) return {};
            mark.minus_day = day_of(end);
        }
    }
    if (kind_.kind == MetricKind::distinct) {
        mark.value = records.get(row, kind_.distinct_of);
        if (mark.value == none) return {};
    }
    if (!holds(kind_.own, [&](int attribute) { return records.get(row, attribute); })) return {};
    mark.combination = columns_.combination(records, row);
    return mark;
}

void Cube::put(std::uint32_t column, int day, std::int32_t delta) {
    if (kind_.kind != MetricKind::distinct) {
        days_.add(day, column, delta);
        return;
    }
    if (seen_.size() <= column) seen_.resize(column + 1);
    auto& seen = seen_[column];
    const auto at = std::lower_bound(seen.begin(), seen.end(), day,
                                     [](const Count& count, int d) { return count.day < d; });
    if (at == seen.end() || at->day != day) {
        seen.insert(at, Count{day, delta});
    } else if ((at->count += delta) == 0) {
        seen.erase(at);
    }
}

void Cube::replace(std::uint32_t row, const Mark& before, const Mark& after) {
    if (before == after) return;
    const auto put_mark = [&](const Mark& mark, std::int32_t sign) {
        if (!mark.counted) return;
        const auto column = columns_.column(mark.leaf, mark.combination, mark.value);
        put(column, mark.plus_day, sign);
        if (mark.minus_day != INT32_MAX) put(column, mark.minus_day, -sign);
    };
    put_mark(before, -1);
    put_mark(after, 1);
    if (kind_.kind == MetricKind::stock && after.counted) {
        const bool fresh = !before.counted;
        if (fresh || before.plus_day != after.plus_day) touched_[after.plus_day].push_back(row);
        if (after.minus_day != INT32_MAX && (fresh || before.minus_day != after.minus_day))
            touched_[after.minus_day].push_back(row);
    }
}

bool Cube::asked(const Ask& ask, std::uint32_t column) const {
    if (!columns_.accepted(column, ask.predicate)) return false;
    for (const auto& [dimension, digit] : ask.filter)
        if (columns_.digit(column, dimension) != digit) return false;
    return true;
}

std::size_t Cube::cell(const Ask& ask, std::uint32_t column) const {
    auto cell = static_cast<std::size_t>(ask.group(columns_.leaf(column)));
    for (const int dimension : ask.split)
        cell = cell * columns_.radix(dimension) + columns_.digit(column, dimension);
    return cell;
}

std::size_t Cube::cells(const Ask& ask) const {
    auto cells = static_cast<std::size_t>(ask.groups);
    for (const int dimension : ask.split) cells *= columns_.radix(dimension);
    return cells;
}

std::vector<std::uint32_t> Cube::select(const Ask& ask) const {
    std::vector<std::uint32_t> chosen;
    const auto take = [&](std::uint32_t column) {
        if (asked(ask, column)) chosen.push_back(column);
    };
    if (ask.other_leaves < 0) {
        for (std::size_t leaf = 0; leaf < ask.group_of_leaf.size(); ++leaf) {
            if (ask.group_of_leaf[leaf] < 0) continue;
            for (const auto column : columns_.of_leaf(static_cast<std::int32_t>(leaf)))
                take(column);
        }
        return chosen;
    }
    for (std::uint32_t column = 0; column < columns_.size(); ++column)
        if (ask.group(columns_.leaf(column)) >= 0) take(column);
    return chosen;
}

std::vector<std::int64_t> Cube::tally(const Ask& ask) const {
    if (kind_.kind == MetricKind::distinct) return tally_distinct(ask);
    std::vector<std::int64_t> counts(cells(ask));
    const auto chosen = select(ask);
    const bool range = kind_.kind == MetricKind::flow;
    if (chosen.size() * 3 > columns_.size()) {  // most of it: rows are read in one sweep
        std::vector<std::int32_t> totals(columns_.size());
        days_.up_to(ask.to, 1, totals);
        if (range) days_.up_to(ask.from - 1, -1, totals);
        for (const auto column : chosen) counts[cell(ask, column)] += totals[column];
    } else {
        std::vector<std::int32_t> totals(chosen.size());
        days_.up_to(ask.to, chosen, 1, totals.data());
        if (range) days_.up_to(ask.from - 1, chosen, -1, totals.data());
        for (std::size_t i = 0; i < chosen.size(); ++i) counts[cell(ask, chosen[i])] += totals[i];
    }
    return counts;
}

std::vector<std::int64_t> Cube::tally_distinct(const Ask& ask) const {
    std::vector<std::int64_t> counts(cells(ask));
    const auto stride = static_cast<std::size_t>(columns_.size() == 0 ? 1 : counts.size());
    std::vector<bool> found;  // value × cell
    for (const auto column : select(ask)) {
        const auto cell_index = cell(ask, column);
        const auto at = static_cast<std::size_t>(columns_.value(column)) * stride + cell_index;
        if (found.size() <= at) found.resize(at + stride);
        if (found[at] || seen_.size() <= column) continue;
        const auto& seen = seen_[column];
        const auto first =
            std::lower_bound(seen.begin(), seen.end(), ask.from,
                             [](const Count& count, int d) { return count.day < d; });
        if (first == seen.end() || first->day > ask.to) continue;
        found[at] = true;
        ++counts[cell_index];
    }
    return counts;
}

void Cube::advance(const Ask& ask, const Records& records, Code now,
                   std::vector<std::int64_t>& counts) const {
    const auto rows = touched_.find(day_of(now));
    if (rows == touched_.end()) return;
    const Code midnight = to_microseconds(start_of(Date{day_of(now)}));
    auto unique = rows->second;
    std::sort(unique.begin(), unique.end());
    unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
    for (const auto row : unique) {
        const auto mark = this->mark(records, row);
        if (!mark.counted || ask.group(mark.leaf) < 0) continue;
        const Code begin = records.get(row, kind_.entered);
        const Code end = kind_.left < 0 ? none : records.get(row, kind_.left);
        const auto inside = [&](Code t) { return begin <= t && !(end != none && end <= t); };
        const int difference = inside(now) - inside(midnight - 1);
        if (difference == 0) continue;
        // The column exists: the mark was put there.
        for (const auto column : columns_.of_leaf(mark.leaf)) {
            if (columns_.key(column) != columns_.key_of(mark.leaf, mark.combination, 0)) continue;
            if (asked(ask, column)) counts[cell(ask, column)] += difference;
            break;
        }
    }
}

std::vector<std::int64_t> Cube::by_day(const Ask& ask) const {
    std::vector<std::int64_t> counts;
    const auto chosen = select(ask);
    if (kind_.kind == MetricKind::distinct) {
        auto one = ask;
        for (one.to = one.from = ask.from; one.from <= ask.to; ++one.from, one.to = one.from)
            counts.push_back(tally_distinct(one)[0]);
        return counts;
    }
    std::int64_t level = 0;
    if (kind_.kind == MetricKind::stock) {
        std::vector<std::int32_t> totals(chosen.size());
        days_.up_to(ask.from - 1, chosen, 1, totals.data());
        for (const auto total : totals) level += total;
    }
    for (int day = ask.from; day <= ask.to; ++day) {
        const auto row = days_.row(day);
        std::int64_t count = 0;
        for (const auto column : chosen)
            if (column < row.size()) count += row[column];
        level += count;
        counts.push_back(kind_.kind == MetricKind::stock ? level : count);
    }
    return counts;
}

namespace {

std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ull;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ x >> 27) * 0x94D049BB133111EBull;
    return x ^ x >> 31;
}

}  // namespace

void Cube::hash(std::uint64_t salt, std::array<std::uint64_t, 4>& sums) const {
    const auto add = [&](std::uint32_t column, int day, std::int64_t count) {
        if (count == 0) return;
        auto h = mix(salt ^ mix(columns_.key(column)));
        h = mix(h ^ mix(static_cast<std::uint64_t>(day) << 32 ^ static_cast<std::uint64_t>(count)));
        for (auto& sum : sums) sum += h = mix(h);
    };
    for (int day = days_.first(); day <= days_.last(); ++day) {
        const auto row = days_.row(day);
        for (std::uint32_t column = 0; column < row.size(); ++column) add(column, day, row[column]);
    }
    for (std::uint32_t column = 0; column < seen_.size(); ++column)
        for (const auto& count : seen_[column]) add(column, count.day, count.count);
}

}  // namespace chilang::figures
