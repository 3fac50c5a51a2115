#include "base/folder.hpp"

#include <system_error>

namespace chilang {

void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to) {
    namespace fs = std::filesystem;
    if (!fs::exists(from)) return;
    fs::create_directories(to);
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        const auto target = to / fs::relative(entry.path(), from);
        std::error_code failed;
        if (entry.is_directory())
            fs::create_directories(target);
        else
            fs::copy_file(entry.path(), target, fs::copy_options::overwrite_existing, failed);
        if (failed && failed != std::errc::no_such_file_or_directory)
            throw fs::filesystem_error("copy", entry.path(), target, failed);
    }
}

}  // namespace chilang
