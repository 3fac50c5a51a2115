// An event: one step that somebody took, as the ledger keeps it.
//
// The payload is canonical JSON of a described struct and never holds personal data. The leaf that
// goes into the Merkle tree holds no payload, only a salted commitment to it, to the stream and to the
// actor, so that deleting salt and payload later erases the content without breaking the tree. Events
// of one subject (a dossier) form a stream: numbered 1, 2, 3 … and chained by the previous leaf's hash,
// so the owner of the stream can prove that nothing was dropped or slipped in.
#pragma once

#include "base/describe.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::ledger {

// A kind of event. `number` is written into leaves for ever: never reused, never changed.
// Ranges: 1-19 identity, 20-29 places, 30-39 figures and reports, 40-79 dossiers.
struct Kind {
    std::uint8_t number;
    std::string_view name;     // "dossier_accepted"
    std::string_view label;    // "Tiếp nhận hồ sơ"
};

// All kinds of the program, sorted by number; modules register theirs at start.
void register_kinds(std::vector<Kind> kinds);
const std::vector<Kind>& kinds();
const Kind& kind(std::uint8_t number);       // throws std::out_of_range

// The head of a stream, kept in the row of its subject. Changing it is what makes two writers of
// one subject collide, so the update says `WHERE stream_seq = old` and expects one row.
struct Head {
    std::int64_t seq = 0;      // events so far
    Hash hash{};               // leaf hash of the last one; zero before the first
};
BOOST_DESCRIBE_STRUCT(Head, (), (seq, hash))

struct Event {
    Id id{};
    int kind = 0;
    Instant at{};
    std::string stream;        // "dossier/0188b7c2-…"
    std::int64_t seq = 0;      // within the stream, from 1
    std::string actor;         // "position/12" , "citizen", "system": never a person's name
    std::string payload;       // canonical JSON
    Hash salt{};
    Hash prev{};               // leaf hash of the stream's previous event
    Hash leaf{};               // leaf hash of this one
};
BOOST_DESCRIBE_STRUCT(Event, (), (id, kind, at, stream, seq, actor, payload, salt, prev, leaf))

// An event with its place in the sealed ledger.
struct Sealed {
    std::int64_t index = 0;
    Event event;
    std::optional<Hash> erased;  // after a lawful erasure: the commitment that outlived the content
};

// The 138 bytes of a new leaf (leaf.hpp): version, kind, microseconds, id, HMAC of the stream,
// sequence, previous leaf hash, actor key, commitment to salt, stream, actor and payload.
std::string leaf_bytes(const Event& event, const Hash& stream_key);

// Makes the next event of a stream: id, salt, sequence, previous hash, leaf; moves the head on.
Event next_event(Head& head, const Kind& kind, std::string stream, std::string actor,
                 std::string payload, Instant at, const Hash& stream_key);

template <class T>
Event next_event(Head& head, const Kind& kind, std::string stream, std::string actor,
                 const T& payload, Instant at, const Hash& stream_key) {
    return next_event(head, kind, std::move(stream), std::move(actor), json::write(payload), at, stream_key);
}

}  // namespace chilang::ledger
