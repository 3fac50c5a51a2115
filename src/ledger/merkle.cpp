// RFC 6962 §2.1: tree hash, audit path (2.1.1) and consistency proof (2.1.2); verification as
// RFC 9162 §2.1.3.2 and §2.1.4.2 write it.
#include "ledger/merkle.hpp"

#include "base/sha256.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <string>

namespace chilang::ledger::merkle {

namespace {

// The largest power of two below `size` (size > 1).
std::int64_t split(std::int64_t size) {
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size - 1)));
}

int height_of(std::int64_t power) { return std::countr_zero(static_cast<std::uint64_t>(power)); }

// Hash of leaves [begin, begin + size): `begin` is a multiple of the power of two covering size.
Hash range(const Node& node, std::int64_t begin, std::int64_t size) {
    if (std::has_single_bit(static_cast<std::uint64_t>(size)))
        return node(height_of(size), begin / size);
    const auto k = split(size);
    return node_hash(range(node, begin, k), range(node, begin + k, size - k));
}

void path(const Node& node, std::int64_t index, std::int64_t begin, std::int64_t size,
          Proof& out) {
    if (size <= 1) return;
    const auto k = split(size);
    if (index < k) {
        path(node, index, begin, k, out);
        out.push_back(range(node, begin + k, size - k));
    } else {
        path(node, index - k, begin + k, size - k, out);
        out.push_back(range(node, begin, k));
    }
}

void subproof(const Node& node, std::int64_t old_size, std::int64_t begin, std::int64_t size,
              bool known, Proof& out) {
    if (old_size == size) {
        if (!known) out.push_back(range(node, begin, size));
        return;
    }
    const auto k = split(size);
    if (old_size <= k) {
        subproof(node, old_size, begin, k, known, out);
        out.push_back(range(node, begin + k, size - k));
    } else {
        subproof(node, old_size - k, begin + k, size - k, false, out);
        out.push_back(range(node, begin, k));
    }
}

}  // namespace

Hash leaf_hash(std::string_view leaf) {
    std::string data;
    data.reserve(leaf.size() + 1);
    data += '\0';
    data += leaf;
    return sha256(data);
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<char, 65> data;
    data[0] = 1;
    std::memcpy(data.data() + 1, left.bytes.data(), 32);
    std::memcpy(data.data() + 33, right.bytes.data(), 32);
    return sha256({data.data(), data.size()});
}

Hash empty_root() { return sha256({}); }

Hash root(std::span<const Hash> leaves) {
    if (leaves.empty()) return empty_root();
    if (leaves.size() == 1) return leaves[0];
    const auto k = static_cast<std::size_t>(split(static_cast<std::int64_t>(leaves.size())));
    return node_hash(root(leaves.first(k)), root(leaves.subspan(k)));
}

Hash root(const Node& node, std::int64_t size) {
    return size == 0 ? empty_root() : range(node, 0, size);
}

Proof inclusion(const Node& node, std::int64_t index, std::int64_t size) {
    Proof out;
    path(node, index, 0, size, out);
    return out;
}

Proof consistency(const Node& node, std::int64_t old_size, std::int64_t size) {
    Proof out;
    if (old_size > 0 && old_size < size) subproof(node, old_size, 0, size, true, out);
    return out;
}

std::optional<Hash> root_from_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                                        std::span<const Hash> proof) {
    if (index < 0 || index >= size) return std::nullopt;
    auto position = index, last = size - 1;
    Hash hash = leaf;
    for (const auto& sibling : proof) {
        if (last == 0) return std::nullopt;
        if (position % 2 == 1 || position == last) {
            hash = node_hash(sibling, hash);
            while (position % 2 == 0 && position != 0) position /= 2, last /= 2;
        } else {
            hash = node_hash(hash, sibling);
        }
        position /= 2;
        last /= 2;
    }
    if (last != 0) return std::nullopt;
    return hash;
}

bool verify_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                      std::span<const Hash> proof, const Hash& root) {
    return root_from_inclusion(leaf, index, size, proof) == root;
}

bool verify_consistency(std::int64_t old_size, const Hash& old_root, std::int64_t size,
                        const Hash& root, std::span<const Hash> proof) {
    if (old_size < 0 || old_size > size) return false;
    if (old_size == size) return proof.empty() && old_root == root;
    if (old_size == 0) return proof.empty() && old_root == empty_root();
    auto position = old_size - 1, last = size - 1;
    while (position % 2 == 1) position /= 2, last /= 2;
    std::size_t next = 0;
    if (position != 0 && proof.empty()) return false;
    Hash old_hash = position == 0 ? old_root : proof[next++];
    Hash hash = old_hash;
    for (; next < proof.size(); ++next) {
        if (last == 0) return false;
        if (position % 2 == 1 || position == last) {
            old_hash = node_hash(proof[next], old_hash);
            hash = node_hash(proof[next], hash);
            while (position % 2 == 0 && position != 0) position /= 2, last /= 2;
        } else {
            hash = node_hash(hash, proof[next]);
        }
        position /= 2;
        last /= 2;
    }
    return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace chilang::ledger::merkle
