// Identifiers and fixed byte strings.
//
// Id is a UUID version 7: unique without asking anybody, and sorted by the time it was made.
// Hash is a SHA-256 value. Both print as lower-case hexadecimal (Id in the 8-4-4-4-12 form).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace chilang {

struct Id {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Id&) const = default;
};

struct Hash {
    std::array<std::uint8_t, 32> bytes{};
    auto operator<=>(const Hash&) const = default;
};

// A new id; `unix_ms` is the time part (milliseconds since 1970, UTC).
Id new_id(std::int64_t unix_ms);

std::string to_string(const Id& id);
std::optional<Id> parse_id(std::string_view text);

std::optional<Hash> parse_hash(std::string_view hex);  // exactly 64 digits

std::string to_hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view hex);
// Standard alphabet with padding (RFC 4648 §4); reading is strict: one value, one text.
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

// Random bytes from the operating system, for salts and secrets.
std::string random_bytes(std::size_t count);

inline std::string_view view(const Id& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}
inline std::string_view view(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}

}  // namespace chilang

template <>
struct std::hash<chilang::Id> {
    std::size_t operator()(const chilang::Id& id) const noexcept {
        std::uint64_t low = 0;  // the last eight bytes are random: they are a hash already
        for (int i = 8; i < 16; ++i) low = low << 8 | id.bytes[i];
        return low;
    }
};
