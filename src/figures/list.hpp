// The records behind a figure, page by page in the order of their ids, without personal data.
//
// A cursor is the last id seen: stable while new records arrive, and as quick on the thousandth
// page as on the first.
#pragma once

#include "figures/figures.hpp"

#include <optional>
#include <string>
#include <vector>

namespace chilang::figures {

struct ListedRecord {
    Id id{};
    std::int64_t agency = 0;  // 0: unknown
    std::vector<std::optional<std::string>>
        values;  // as `list_columns`; instants as PostgreSQL prints
};

struct RecordList {
    std::int64_t total = 0;  // of the whole list, counted by the database
    std::vector<ListedRecord> records;
    std::optional<Id> next;  // empty: this was the last page
};

// What the entity shows of a record; its attributes when it declares nothing.
std::vector<RecordColumn> list_columns(const Entity& entity);
const Entity& counted_entity(const Figures& figures,
                             const Metric& metric);  // of a ratio: its numerator's

RecordList list_records(const Figures& figures, db::Connection& connection, const Query& query,
                        std::size_t limit, const std::optional<Id>& after);

}  // namespace chilang::figures
