// Reading a tree of a given size from the files of its tiles, wherever they lie.
//
// Tiles never change, so a source may keep them: `TileCache` holds the last used ones of a folder
// in memory, with their inner hashes, for a server that makes many proofs.
#pragma once

#include "ledger/tiles.hpp"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace chilang::ledger {

// The hashes of one tile and of every complete subtree inside it.
class Tile {
public:
    // Throws DamagedFile when the length is not that of `width` hashes.
    Tile(const std::string& path, std::string_view bytes, int width);
    Hash node(int height, std::int64_t index) const { return nodes_[height][index]; }

private:
    std::vector<std::vector<Hash>> nodes_;  // by height within the tile, 0 to 8
};

// Where files of a tree come from: a folder, a cache before one, a server. Thread-safe when shared.
class TileSource {
public:
    virtual ~TileSource() = default;
    // The bytes of the file, by its path "tile/…"; throws DamagedFile when it is missing.
    virtual std::string bytes(const std::string& path) const = 0;
    virtual std::shared_ptr<const Tile> tile(const std::string& path, int width) const {
        return std::make_shared<const Tile>(path, bytes(path), width);
    }
};

class FolderSource : public TileSource {
public:
    explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::string bytes(const std::string& path) const override;

private:
    std::filesystem::path folder_;
};

class TileCache : public FolderSource {
public:
    // 16 KiB a tile.
    TileCache(std::filesystem::path folder, std::size_t tiles_max)
        : FolderSource(std::move(folder)), tiles_max_(tiles_max) {}
    std::shared_ptr<const Tile> tile(const std::string& path, int width) const override;

private:
    using Entry = std::pair<std::string, std::shared_ptr<const Tile>>;
    std::size_t tiles_max_;
    mutable std::mutex mutex_;
    mutable std::list<Entry> used_;  // the last used first
    mutable std::unordered_map<std::string, std::list<Entry>::iterator> places_;
};

class TileReader {
public:
    TileReader(std::shared_ptr<const TileSource> source, std::int64_t size)
        : source_(std::move(source)), size_(size) {}
    TileReader(const std::filesystem::path& folder, std::int64_t size)
        : TileReader(std::make_shared<FolderSource>(folder), size) {}
    std::string entry(std::int64_t index) const;
    std::vector<std::string> bundle(std::int64_t number) const;
    std::vector<Hash> edge(int level) const;  // the incomplete tile of a level
    merkle::Proof inclusion(std::int64_t index) const;
    // From `old_size` to `size`, both at most this tree's.
    merkle::Proof consistency(std::int64_t old_size, std::int64_t size) const;
    Hash root(std::int64_t size) const;  // of its first leaves
    Hash root() const { return root(size_); }

private:
    template <class Take>
    void for_each_leaf(std::int64_t number, Take take) const;  // throws DamagedFile
    Hash node(int height, std::int64_t index) const;
    merkle::Node nodes() const;
    std::shared_ptr<const TileSource> source_;
    std::int64_t size_;
    mutable std::vector<std::pair<std::string, std::shared_ptr<const Tile>>> held_;  // few
};

}  // namespace chilang::ledger
