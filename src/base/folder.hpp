// Folders that somebody else may be at work in.
#pragma once

#include <filesystem>

namespace chilang {

// Copies everything below `from`, over what is there; nothing when there is no such folder. What
// vanishes meanwhile is left out. Throws std::filesystem::filesystem_error.
void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace chilang
