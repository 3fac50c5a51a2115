#include "figures/batch.hpp"

namespace chilang::figures {

namespace {

// From so many records on, running totals are made once at the end.
constexpr std::size_t bulk_records = 256;

}  // namespace

Batch::Batch(const std::vector<EntityPlan>& plans, Set& set) : plans_(plans), set_(set) {
    for (auto& entity : set.entities) entities_.push_back({entity, {}, {}});
}

Batch::~Batch() {
    for (auto& entity : entities_) follow(entity);
}

void Batch::fold(const ledger::Sealed& event) {
    for (std::size_t i = 0; i < plans_.size(); ++i) {
        changes_.clear();
        plans_[i].fold(event.event, changes_);
        for (const auto& change : changes_) apply(entities_[i], change);
    }
    set_.position = event.index + 1;
}

Batch::Note Batch::Entity::note(std::uint32_t row) const {
    const auto bits = static_cast<std::uint64_t>(set.records.note(row));
    return {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)};
}

// Keeps the marks of the cubes that this change is the first to reach.
void Batch::remember(Entity& entity, std::uint32_t row, const Change& change) {
    auto& [records, cubes] = entity.set;
    auto note = entity.note(row);
    if (note.cubes == (std::uint64_t{1} << cubes.size()) - 1) return;
    const bool was = records.present(row);
    const bool whole =
        change.remove || !was || (change.agency != 0 && change.agency != records.agency(row));
    std::uint64_t attributes = 0;
    for (const auto& [attribute, code] : change.set) attributes |= std::uint64_t{1} << attribute;
    if (note.place == 0) {
        entity.touched.push_back({.row = row});
        note.place = static_cast<std::uint32_t>(entity.touched.size());
    }
    auto& before = entity.touched[note.place - 1].before;
    for (std::size_t i = 0; i < cubes.size(); ++i) {
        const auto bit = std::uint32_t{1} << i;
        if ((note.cubes & bit) || !(whole || (cubes[i].kind().attributes & attributes))) continue;
        note.cubes |= bit;
        if (!was) continue;
        if (before == Touched::absent) {
            before = static_cast<std::uint32_t>(entity.marks.size());
            entity.marks.resize(entity.marks.size() + cubes.size());
        }
        entity.marks[before + i] = cubes[i].mark(records, row);
    }
    records.set_note(row, static_cast<Code>(std::uint64_t{note.cubes} << 32 | note.place));
}

void Batch::apply(Entity& entity, const Change& change) {
    auto& records = entity.set.records;
    const auto row = records.row(change.record);
    remember(entity, row, change);
    if (change.remove) {
        records.forget(row);
        return;
    }
    if (!records.present(row) || change.agency != 0)
        records.set_agency(row, static_cast<std::int32_t>(change.agency));
    for (const auto& [attribute, code] : change.set) records.set(row, attribute, code);
}

void Batch::follow(Entity& entity) {
    auto& [records, cubes] = entity.set;
    const bool bulk = entity.touched.size() > bulk_records;
    for (std::size_t i = 0; i < cubes.size(); ++i) {
        auto& cube = cubes[i];
        if (bulk) cube.bulk();
        for (const auto& [row, before] : entity.touched) {
            if (!(entity.note(row).cubes >> i & 1)) continue;
            const bool counted = before != Touched::absent;
            cube.replace(row, counted ? entity.marks[before + i] : Mark{}, cube.mark(records, row));
        }
        if (bulk) cube.settle();
    }
    for (const auto& touched : entity.touched) records.set_note(touched.row, 0);
}

}  // namespace chilang::figures
