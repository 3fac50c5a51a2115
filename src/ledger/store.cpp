// The SQL of reading, shared by followers, pages, proofs and the sealer.
#include "ledger/store.hpp"

#include "ledger/merkle.hpp"

namespace chilang::ledger {

Event event_at(const db::Rows& rows, std::size_t row, std::size_t first) {
    const auto value = [&](std::size_t column) { return rows.at(row, first + column); };
    Event event;
    event.id = value(0).id();
    event.kind = static_cast<int>(value(1).integer());
    event.at = value(2).instant();
    event.stream = value(3).text();
    event.seq = value(4).integer();
    event.actor = value(5).text();
    event.payload = value(6).text();
    if (const auto salt = value(7); !salt.is_null()) event.salt = salt.hash();
    event.prev = value(8).hash();
    event.leaf = value(9).hash();
    return event;
}

Sealed sealed_at(const db::Rows& rows, std::size_t row) {
    Sealed sealed{rows.at(row, 0).integer(), event_at(rows, row, 1), std::nullopt};
    if (const auto kept = rows.at(row, 11); !kept.is_null()) sealed.erased = kept.hash();
    return sealed;
}

StoredHead stored_head(db::Connection& connection) {
    const auto rows =
        connection.query("SELECT size, root, at FROM ledger.checkpoint ORDER BY size DESC LIMIT 1");
    if (rows.empty()) return {.root = merkle::empty_root()};
    return {rows.at(0, 0).integer(), rows.at(0, 1).hash(), rows.at(0, 2).instant()};
}

std::vector<Sealed> read_sealed(db::Connection& connection, std::int64_t from, std::size_t limit) {
    const auto rows =
        connection.query("SELECT " + std::string(sealed_columns) +
                             " FROM ledger.event WHERE idx >= $1 ORDER BY idx LIMIT $2",
                         {from, limit});
    std::vector<Sealed> events;
    events.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) events.push_back(sealed_at(rows, row));
    return events;
}

}  // namespace chilang::ledger
