// Makes the receipt of a sealed event from the files of the tree.
#pragma once

#include "ledger/event.hpp"

#include <filesystem>
#include <string>

namespace chilang::ledger {

// `note` is the signed checkpoint of `size` leaves; throws DamagedFile.
std::string receipt_of(const std::filesystem::path& folder, std::int64_t size,
                       const std::string& note, const Sealed& sealed);

}  // namespace chilang::ledger
