// The receipt: C2SP tlog-proof@v1, one text file that is checked offline for ever.
//
// `extra` carries JSON of ReceiptExtra: the leaf that is in the tree, and what opens it. Erased
// events have no salt and payload; their proof still shows when and where the step was recorded.
#pragma once

#include "ledger/merkle.hpp"
#include "ledger/note.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

namespace chilang::ledger {

struct ReceiptExtra {
    std::string leaf;  // hexadecimal, 138 bytes
    std::optional<Hash> salt;
    std::optional<std::string> payload;
    std::string kind;
    std::string stream;
    std::string actor;
};
BOOST_DESCRIBE_STRUCT(ReceiptExtra, (), (leaf, salt, payload, kind, stream, actor))

struct TlogProof {
    std::string extra;  // raw bytes
    std::int64_t index = 0;
    merkle::Proof hashes;
    std::string checkpoint;  // signed note
};

std::string write_proof(const TlogProof& proof);
std::optional<TlogProof> parse_proof(std::string_view text);  // strict, at most 1 MiB

}  // namespace chilang::ledger
