// The ledger's rows: reading events and checkpoints.
#pragma once

#include "db/db.hpp"
#include "ledger/event.hpp"

#include <optional>
#include <vector>

namespace chilang::ledger {

// Reads the ten columns from `first` on: id, kind, at, stream, seq, actor, payload, salt, prev, leaf;
// an erased event has NULL salt and payload.
Event event_at(const db::Rows& rows, std::size_t row, std::size_t first);

// The columns that `sealed_at` reads: index, the ten, and what outlives an erasure.
inline constexpr std::string_view sealed_columns =
    "idx, id, kind, at, stream, seq, actor, payload, salt, prev, leaf, commitment";
Sealed sealed_at(const db::Rows& rows, std::size_t row);

struct StoredHead {
    std::int64_t size = 0;
    Hash root{};
    Instant at{};
};
// The newest checkpoint of the database; size 0 and the empty root when there is none.
StoredHead stored_head(db::Connection& connection);

// Sealed events from index `from` on, at most `limit`, in order.
std::vector<Sealed> read_sealed(db::Connection& connection, std::int64_t from, std::size_t limit);

}  // namespace chilang::ledger
