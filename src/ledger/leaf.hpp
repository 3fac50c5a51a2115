// The parts of leaf v1, for whoever checks one without knowing the secret stream key.
//
// A verifier outside holds 138 bytes and perhaps salt and payload: it can check the commitment, the
// chain (sequence and previous hash) and that all events of a history carry one stream tag.
#pragma once

#include "ledger/event.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace chilang::ledger {

inline constexpr std::size_t leaf_size = 138;

struct Leaf {
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

// SHA-256 over 0x02, salt, payload.
Hash commitment(const Hash& salt, std::string_view payload);

// As leaf_bytes(event, key), for an event whose salt and payload were erased.
std::string leaf_bytes(const Event& event, const Hash& stream_key, const Hash& commitment);

}  // namespace chilang::ledger
