// A receipt: the leaf and what opens it, the audit path, the checkpoint.
#include "ledger/receipt.hpp"

#include "base/json.hpp"
#include "ledger/proof.hpp"
#include "ledger/tiles.hpp"

#include <algorithm>

namespace chilang::ledger {

std::string receipt_of(const std::filesystem::path& folder, std::int64_t size,
                       const std::string& note, const Sealed& sealed) {
    const TileReader reader(folder, size);
    const auto& event = sealed.event;
    const auto known = std::find_if(kinds().begin(), kinds().end(),
                                    [&](const Kind& kind) { return kind.number == event.kind; });
    ReceiptExtra extra{.leaf = to_hex(reader.entry(sealed.index)),
                       .kind = std::string(known == kinds().end() ? "" : known->name),
                       .stream = event.stream,
                       .actor = event.actor};
    if (event.salt != Hash{}) {
        extra.salt = event.salt;
        extra.payload = event.payload;
    }
    return write_proof({json::write(extra), sealed.index, reader.inclusion(sealed.index), note});
}

}  // namespace chilang::ledger
