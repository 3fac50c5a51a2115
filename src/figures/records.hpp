// The present state of every record: one line of equal cells each, and an index from id to line.
// 135,408 dossiers of 14 attributes take about 20 MB.
//
// Why lines: events of a rebuild fall on records at random, and memory is slower than arithmetic:
// what one event needs lies together, also its id and what the running batch notes. The attributes
// are known only at run time, so all cells are as wide as the widest value, an instant.
#pragma once

#include "base/id.hpp"
#include "figures/figures.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chilang::figures {

class Records {
public:
    static constexpr Code distinct_max = (1 << 24) - 1;

    // Bit i of `distinct`: values of attribute i are counted distinct and must fit 24 bits.
    explicit Records(std::span<const Attribute> attributes, std::uint64_t distinct = 0);

    std::uint32_t row(const Id& id);  // finds, or adds with everything unknown
    Code get(std::uint32_t row, int attribute) const {
        return line(row)[head + static_cast<std::size_t>(attribute)];
    }
    // Throws std::out_of_range for a category beyond its labels, a number beyond 32 bits, or one
    // beyond 24 bits that is counted distinct; so that marking never throws.
    void set(std::uint32_t row, int attribute, Code code);
    void forget(std::uint32_t row);  // everything unknown again

    std::int32_t agency(std::uint32_t row) const {
        return static_cast<std::int32_t>(line(row)[agency_cell]);
    }
    void set_agency(std::uint32_t row, std::int32_t agency) { line(row)[agency_cell] = agency; }
    bool present(std::uint32_t row) const { return agency(row) >= 0; }

    // Of the running batch; 0 between batches.
    Code note(std::uint32_t row) const { return line(row)[note_cell]; }
    void set_note(std::uint32_t row, Code note) { line(row)[note_cell] = note; }

private:
    struct Range {
        Code least, most;
    };
    // A line: the id in two cells, the agency (-1: not counted), the note, then the attributes.
    static constexpr std::size_t agency_cell = 2, note_cell = 3, head = 4;
    const Code* line(std::uint32_t row) const { return &cells_[row * width_]; }
    Code* line(std::uint32_t row) { return &cells_[row * width_]; }
    void grow_index();

    std::vector<Range> ranges_;  // by attribute
    std::size_t width_;          // of a line
    std::vector<Code> cells_;
    std::uint32_t size_ = 0;
    std::vector<std::uint32_t> index_;  // open addressing: row + 1, 0 is empty
};

}  // namespace chilang::figures
