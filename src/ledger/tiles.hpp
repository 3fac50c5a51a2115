// The tree as files, in the layout of C2SP tlog-tiles: tile/<L>/<N>, tile/entries/<N>.
//
// A tile holds 256 hashes of height 8·L; an entries bundle holds 256 leaves, each after its length
// in two bytes. N is written in groups of three digits, all but the last with an x: x001/x234/067.
// A tile at the right edge is partial, "067.p/12". Files are pure functions of the ordered leaves:
// written to a temporary name, synced, renamed, so a crash leaves either the old or the new file.
#pragma once

#include "ledger/merkle.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::ledger {

inline constexpr std::int64_t tile_width = 256;
inline constexpr int entries_level = -1;

// "tile/0/x001/234" or with width < 256 "tile/0/x001/234.p/17"; level -1 is "tile/entries/…".
std::string tile_path(int level, std::int64_t number, int width = tile_width);

// A file of the ledger is missing or has not the right form; what() names it.
class DamagedFile : public std::runtime_error {
    using runtime_error::runtime_error;
};

// Writes durably: temporary name, fsync, rename, fsync of the folder.
void write_durably(const std::filesystem::path& path, std::string_view bytes);
std::optional<std::string> read_file(const std::filesystem::path& path);
// The file of a tile by its path; where it is partial and was forgotten, what a later, wider one of
// the same place begins with.
std::optional<std::string> read_tile(const std::filesystem::path& folder, const std::string& path);

// The right edge of the tree: for each level the hashes of its last, incomplete tile.
class Tree {
public:
    std::int64_t size() const { return size_; }
    Hash root() const;

    // Appends leaves and returns every file of the new tree that the old one lacked, in order.
    struct File {
        std::string path;
        std::string bytes;
    };
    std::vector<File> append(std::span<const std::string> leaves, std::span<const Hash> hashes);

    // Reads the right edge of a tree of `size` leaves; throws DamagedFile.
    static Tree load(const std::filesystem::path& folder, std::int64_t size);

private:
    void push(std::size_t level, const Hash& hash, std::vector<File>& files);
    std::int64_t size_ = 0;
    std::vector<std::vector<Hash>> edge_;
    std::string bundle_;  // the incomplete entries bundle
};

// Writes the files of a tree below `folder` durably; each folder is synced once.
void write_durably(const std::filesystem::path& folder, std::span<const Tree::File> files);

// The partial files of a tree of `size` leaves.
std::vector<std::string> partial_paths(std::int64_t size);

}  // namespace chilang::ledger
