// `chilang witness`: a small server that cosigns the checkpoints of a ledger it has checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace chilang::app {

int witness(std::uint16_t port, const std::filesystem::path& folder, const std::vector<std::string>& log_keys);

}  // namespace chilang::app
