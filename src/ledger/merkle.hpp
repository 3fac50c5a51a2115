// The Merkle tree of RFC 6962: hashes, the growing right edge, proofs and their verification.
//
// Everything here is pure. Proofs are made from a function that answers the hash of any complete
// subtree, so the same code serves tiles on disk and a plain vector in a test.
#pragma once

#include "base/id.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chilang::ledger::merkle {

using Proof = std::vector<Hash>;

Hash leaf_hash(std::string_view leaf);                  // SHA-256(0x00 ‖ leaf)
Hash node_hash(const Hash& left, const Hash& right);    // SHA-256(0x01 ‖ left ‖ right)
Hash empty_root();                                      // SHA-256 of nothing
Hash root(std::span<const Hash> leaves);                // by definition, for small trees

// Hash of the complete subtree over leaves [index·2^height, (index+1)·2^height).
using Node = std::function<Hash(int height, std::int64_t index)>;

Hash root(const Node& node, std::int64_t size);
// Precondition: 0 <= index < size; 0 <= old_size <= size.
Proof inclusion(const Node& node, std::int64_t index, std::int64_t size);
Proof consistency(const Node& node, std::int64_t old_size, std::int64_t size);

// The root that the proof leads to; empty when its length cannot be right.
std::optional<Hash> root_from_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                                        std::span<const Hash> proof);
bool verify_inclusion(const Hash& leaf, std::int64_t index, std::int64_t size,
                      std::span<const Hash> proof, const Hash& root);
bool verify_consistency(std::int64_t old_size, const Hash& old_root, std::int64_t size,
                        const Hash& root, std::span<const Hash> proof);

}  // namespace chilang::ledger::merkle
