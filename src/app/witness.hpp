// `chilang witness`: a small server that cosigns the checkpoints of a ledger it has checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace chilang::app {

// `name` is the witness's own, printed in its cosignatures: "thanhtra.langson".
int witness(std::uint16_t port, const std::filesystem::path& folder, const std::string& name,
            const std::vector<std::string>& log_keys);

}  // namespace chilang::app
