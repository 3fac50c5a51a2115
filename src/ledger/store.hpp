// The ledger's rows: reading events and checkpoints.
#pragma once

#include "db/db.hpp"
#include "ledger/event.hpp"

#include <optional>
#include <vector>

namespace chilang::ledger {

// The columns that `event_at` reads, in its order; an erased event has NULL salt and payload.
inline constexpr std::string_view event_columns =
    "id, kind, at, stream, seq, actor, payload, salt, prev, leaf";

// Reads the ten columns from `first` on.
Event event_at(const db::Rows& rows, std::size_t row, std::size_t first);

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
