// A batch of events: records change event by event, the cubes follow once at the end.
//
// A mark is a pure function of a record's present state, and the marks that a record passes through
// inside of a batch cancel out: what a cube must hear is the mark before the first change and the
// mark after the last. So a rebuild marks 135,408 dossiers once each, not 800,384 events twice,
// and a live batch of one event costs what it always did.
#pragma once

#include "figures/state.hpp"

namespace chilang::figures {

class Batch {
public:
    Batch(const std::vector<EntityPlan>& plans, Set& set);
    Batch(const Batch&) = delete;
    // The cubes follow also when a fold has thrown: they then stand where the records stand.
    ~Batch();

    void fold(const ledger::Sealed& event);

private:
    struct Touched {
        std::uint32_t row;
        std::uint32_t before = absent;  // its marks in `marks`; absent: it was not counted
        static constexpr std::uint32_t absent = UINT32_MAX;
    };
    // What a record notes: its place in `touched` from 1 (0: not there), and bit i: cube i must
    // follow.
    struct Note {
        std::uint32_t place = 0, cubes = 0;
    };
    struct Entity {
        EntitySet& set;
        std::vector<Touched> touched;
        std::vector<Mark> marks;  // before the batch, cube by cube
        Note note(std::uint32_t row) const;
    };
    static void remember(Entity& entity, std::uint32_t row, const Change& change);
    static void apply(Entity& entity, const Change& change);
    static void follow(Entity& entity);

    const std::vector<EntityPlan>& plans_;
    Set& set_;
    std::vector<Entity> entities_;
    std::vector<Change> changes_;
};

}  // namespace chilang::figures
