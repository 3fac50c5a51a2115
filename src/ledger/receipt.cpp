// A receipt: the leaf and what opens it, the audit path, the checkpoint.
#include "ledger/receipt.hpp"

#include "base/json.hpp"
#include "ledger/proof.hpp"

#include <algorithm>

namespace chilang::ledger {

std::string receipt_of(const TileReader& tree, const std::string& note, const Sealed& sealed) {
    const auto& event = sealed.event;
    const auto known = std::find_if(kinds().begin(), kinds().end(),
                                    [&](const Kind& kind) { return kind.number == event.kind; });
    ReceiptExtra extra{.leaf = to_hex(tree.entry(sealed.index)),
                       .kind = std::string(known == kinds().end() ? "" : known->name)};
    if (event.salt != Hash{}) {
        extra.salt = event.salt;
        extra.payload = event.payload;
        extra.stream = event.stream;
        extra.actor = event.actor;
    }
    return write_proof({json::write(extra), sealed.index, tree.inclusion(sealed.index), note});
}

}  // namespace chilang::ledger
