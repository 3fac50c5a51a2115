// Reading a leaf back from its bytes; event.cpp writes them.
#include "ledger/leaf.hpp"

#include <algorithm>

namespace chilang::ledger {

namespace {

std::uint64_t number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

template <class T>
T fixed(std::string_view bytes) {
    T value;
    std::copy(bytes.begin(), bytes.end(), value.bytes.begin());
    return value;
}

}  // namespace

std::optional<Leaf> parse_leaf(std::string_view bytes) {
    if (bytes.size() != leaf_size || bytes[0] < 1 || bytes[0] > leaf_version) return std::nullopt;
    Leaf leaf;
    leaf.version = bytes[0];
    leaf.kind = static_cast<std::uint8_t>(bytes[1]);
    leaf.at = from_microseconds(static_cast<std::int64_t>(number(bytes.substr(2, 8))));
    leaf.id = fixed<Id>(bytes.substr(10, 16));
    leaf.stream_tag = fixed<Hash>(bytes.substr(26, 32));
    leaf.seq = static_cast<std::int64_t>(number(bytes.substr(58, 8)));
    leaf.prev = fixed<Hash>(bytes.substr(66, 32));
    leaf.actor_tag = bytes.substr(98, 8);
    leaf.commitment = fixed<Hash>(bytes.substr(106, 32));
    return leaf;
}

}  // namespace chilang::ledger
