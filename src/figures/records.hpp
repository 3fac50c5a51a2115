// The present state of every record, as columns: a byte for a category, four for a number, eight
// for an instant, and an index from id to row. 135,408 dossiers take about 10 MB.
//
// Why columns and not structs: the attributes are known only at run time, and the record is read
// one or two attributes at a time.
#pragma once

#include "base/id.hpp"
#include "figures/figures.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace chilang::figures {

class Records {
public:
    explicit Records(std::span<const Attribute> attributes);

    std::uint32_t row(const Id& id);  // finds, or adds with everything unknown
    std::size_t size() const { return ids_.size(); }
    const Id& id(std::uint32_t row) const { return ids_[row]; }

    Code get(std::uint32_t row, int attribute) const {
        const auto& column = columns_[static_cast<std::size_t>(attribute)];
        switch (column.kind) {
            case AttributeKind::category: {
                const auto code = column.bytes[row];
                return code == no_category ? none : code;
            }
            case AttributeKind::number: {
                const auto code = column.numbers[row];
                return code == no_number ? none : code;
            }
            case AttributeKind::instant:
                break;
        }
        return column.instants[row];
    }
    // Throws std::out_of_range for a category beyond its labels or a number beyond 32 bits.
    void set(std::uint32_t row, int attribute, Code code);
    void forget(std::uint32_t row);  // everything unknown again

    std::int32_t agency(std::uint32_t row) const { return agencies_[row]; }
    void set_agency(std::uint32_t row, std::int32_t agency) { agencies_[row] = agency; }
    bool present(std::uint32_t row) const { return agencies_[row] >= 0; }

private:
    static constexpr std::uint8_t no_category = 255;
    static constexpr std::int32_t no_number = INT32_MIN;
    struct Column {
        AttributeKind kind;
        std::size_t labels;
        std::vector<std::uint8_t> bytes;
        std::vector<std::int32_t> numbers;
        std::vector<std::int64_t> instants;
    };
    void grow_index();

    std::vector<Column> columns_;
    std::vector<Id> ids_;
    std::vector<std::int32_t> agencies_;  // -1: not counted (new or removed)
    std::vector<std::uint32_t> index_;    // open addressing: row + 1, 0 is empty
};

}  // namespace chilang::figures
