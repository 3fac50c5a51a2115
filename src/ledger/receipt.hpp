// Makes the receipt of a sealed event from the files of the tree.
#pragma once

#include "ledger/event.hpp"
#include "ledger/tile_reader.hpp"

#include <string>

namespace chilang::ledger {

// `note` is the signed checkpoint of the reader's tree; throws DamagedFile. An erased event's receipt
// tells neither stream nor actor: nobody could check them.
std::string receipt_of(const TileReader& tree, const std::string& note, const Sealed& sealed);

}  // namespace chilang::ledger
