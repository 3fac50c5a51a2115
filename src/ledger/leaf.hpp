// The parts of a leaf, for whoever checks one without knowing the secret stream key.
//
// A verifier outside holds 138 bytes and perhaps salt and payload: it can check the commitment, the
// chain (sequence and previous hash) and that all events of a history carry one stream tag. The two
// versions have the same form and differ in what they commit to: version 1 to salt and payload,
// version 2 (all new leaves) also to stream and actor.
#pragma once

#include "ledger/event.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chilang::ledger {

inline constexpr std::size_t leaf_size = 138;
inline constexpr int leaf_version = 2;

struct Leaf {
    int version = leaf_version;
    int kind = 0;
    Instant at{};
    Id id{};
    Hash stream_tag{};
    std::int64_t seq = 0;
    Hash prev{};
    std::string actor_tag;  // 8 bytes
    Hash commitment{};
};

// Empty when the length or the version is another.
std::optional<Leaf> parse_leaf(std::string_view bytes);

// Whom an event is about and who acted, in the words that pages show.
struct Subject {
    std::string_view stream, actor;
};

// Version 1: SHA-256 over 0x02, salt, payload. Version 2: over 0x03, salt, stream, actor, payload;
// stream and actor each after its length in 8 bytes, so that no byte can move from one to the other.
Hash commitment(int version, const Hash& salt, const Subject& subject, std::string_view payload);
Hash commitment(int version, const Event& event);

std::string leaf_bytes(int version, const Event& event, const Hash& stream_key,
                       const Hash& commitment);

// The leaf that this row was sealed as, of whichever version gives the hash that the row carries;
// empty when none does: the row was changed.
std::optional<std::string> sealed_bytes(const Event& event, const std::optional<Hash>& erased,
                                        const Hash& stream_key);

}  // namespace chilang::ledger
