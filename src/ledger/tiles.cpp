// Making the files of the tree: paths, durable writing, the right edge.
#include "ledger/tiles.hpp"

#include "ledger/tile_reader.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <set>
#include <system_error>

namespace chilang::ledger {

namespace {

constexpr std::size_t read_chunk = 40'000;  // a whole bundle of leaves at once

std::string three_digits(std::int64_t value) {
    std::string digits = std::to_string(value);
    return std::string(3 - digits.size(), '0') + digits;
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags)
        : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (fd_ < 0) throw std::system_error(errno, std::generic_category(), path.string());
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

void sync(const Descriptor& file, const std::filesystem::path& path) {
    if (::fsync(file.get()) != 0)
        throw std::system_error(errno, std::generic_category(), path.string());
}

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
    sync(directory, folder);
}

void write_and_rename(const std::filesystem::path& path, std::string_view bytes) {
    const auto temporary = path.string() + ".tmp";
    {
        const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
        for (std::size_t done = 0; done < bytes.size();) {
            const auto count = ::write(file.get(), bytes.data() + done, bytes.size() - done);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw std::system_error(errno, std::generic_category(), temporary);
            done += static_cast<std::size_t>(count);
        }
        sync(file, temporary);
    }
    std::filesystem::rename(temporary, path);
}

std::string join(std::span<const Hash> hashes) {
    std::string bytes;
    bytes.reserve(hashes.size() * 32);
    for (const auto& hash : hashes) bytes += view(hash);
    return bytes;
}

}  // namespace

std::string tile_path(int level, std::int64_t number, int width) {
    std::string name = three_digits(number % 1000);
    for (number /= 1000; number > 0; number /= 1000)
        name = "x" + three_digits(number % 1000) + "/" + name;
    std::string path = "tile/" + (level < 0 ? "entries" : std::to_string(level)) + "/" + name;
    if (width < tile_width) path += ".p/" + std::to_string(width);
    return path;
}

void write_durably(const std::filesystem::path& path, std::string_view bytes) {
    std::filesystem::create_directories(path.parent_path());
    write_and_rename(path, bytes);
    sync_folder(path.parent_path());
}

void write_durably(const std::filesystem::path& folder, std::span<const Tree::File> files) {
    std::set<std::filesystem::path> folders;
    for (const auto& file : files) {
        const auto path = folder / file.path;
        if (folders.insert(path.parent_path()).second)
            std::filesystem::create_directories(path.parent_path());
        write_and_rename(path, file.bytes);
    }
    for (const auto& one : folders) sync_folder(one);
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    std::string bytes;
    std::size_t done = 0;
    ssize_t count = 1;
    while (count > 0) {
        bytes.resize(done + read_chunk);
        count = ::read(file, bytes.data() + done, read_chunk);
        if (count < 0 && errno == EINTR)
            count = 1;
        else if (count > 0)
            done += static_cast<std::size_t>(count);
    }
    ::close(file);
    if (count < 0) return std::nullopt;  // a folder, a failing disk
    bytes.resize(done);
    return bytes;
}

namespace {

// The bytes of the first `width` leaves or hashes of a tile; none when it holds fewer.
std::optional<std::string> beginning(std::string bytes, bool entries, int width) {
    std::size_t end = entries ? 0 : static_cast<std::size_t>(width) * 32;
    for (int leaf = 0; entries && leaf < width; ++leaf) {
        if (bytes.size() < end + 2) return std::nullopt;
        end += 2 + (static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[end])) << 8 |
                    static_cast<std::uint8_t>(bytes[end + 1]));
    }
    if (bytes.size() < end) return std::nullopt;
    bytes.resize(end);
    return bytes;
}

}  // namespace

std::optional<std::string> read_tile(const std::filesystem::path& folder, const std::string& path) {
    if (auto found = read_file(folder / path)) return found;
    const auto mark = path.find(".p/");
    if (mark == path.npos) return std::nullopt;
    const bool entries = path.starts_with("tile/entries/");
    const int width = std::atoi(path.c_str() + mark + 3);
    if (width <= 0 || width >= tile_width) return std::nullopt;
    // A sealer at work may forget what was just listed, for something wider: looked for again.
    for (int look = 0; look < 3; ++look) {
        if (auto whole = read_file(folder / path.substr(0, mark)))
            return beginning(std::move(*whole), entries, width);
        std::error_code none;
        for (const auto& other :
             std::filesystem::directory_iterator(folder / (path.substr(0, mark) + ".p"), none)) {
            if (other.path().has_extension() || std::stoi(other.path().filename()) < width)
                continue;
            if (auto wider = read_file(other.path()))
                return beginning(std::move(*wider), entries, width);
        }
    }
    return std::nullopt;
}

Hash Tree::root() const {
    std::optional<Hash> right;
    for (const auto& hashes : edge_) {
        // The incomplete tile is a row of complete subtrees, the largest on the left.
        for (std::size_t end = hashes.size(); end > 0;) {
            const auto count = end & (~end + 1);
            const Hash left = merkle::root(std::span(hashes).subspan(end - count, count));
            right = right ? merkle::node_hash(left, *right) : left;
            end -= count;
        }
    }
    return right ? *right : merkle::empty_root();
}

void Tree::push(std::size_t level, const Hash& hash, std::vector<File>& files) {
    if (edge_.size() == level) edge_.emplace_back();
    edge_[level].push_back(hash);
    if (edge_[level].size() < tile_width) return;
    const auto number = (size_ >> (8 * (level + 1))) - 1;
    files.push_back({tile_path(static_cast<int>(level), number), join(edge_[level])});
    const Hash parent = merkle::root(edge_[level]);
    edge_[level].clear();
    push(level + 1, parent, files);
}

std::vector<Tree::File> Tree::append(std::span<const std::string> leaves,
                                     std::span<const Hash> hashes) {
    std::vector<File> files;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        bundle_ += static_cast<char>(leaves[i].size() >> 8);
        bundle_ += static_cast<char>(leaves[i].size());
        bundle_ += leaves[i];
        ++size_;
        if (size_ % tile_width == 0) {
            files.push_back({tile_path(entries_level, size_ / tile_width - 1), bundle_});
            bundle_.clear();
        }
        push(0, hashes[i], files);
    }
    if (!bundle_.empty())
        files.push_back(
            {tile_path(entries_level, size_ / tile_width, size_ % tile_width), bundle_});
    for (std::size_t level = 0; level < edge_.size(); ++level)
        if (!edge_[level].empty())
            files.push_back({tile_path(static_cast<int>(level), size_ >> (8 * (level + 1)),
                                       static_cast<int>(edge_[level].size())),
                             join(edge_[level])});
    return files;
}

Tree Tree::load(const std::filesystem::path& folder, std::int64_t size) {
    Tree tree;
    tree.size_ = size;
    const TileReader reader(folder, size);
    for (int level = 0; size >> (8 * level) > 0; ++level) {
        const auto count = size >> (8 * level);
        tree.edge_.emplace_back();
        if (count % tile_width != 0) tree.edge_.back() = reader.edge(level);
    }
    if (size % tile_width != 0)
        for (const auto& leaf : reader.bundle(size / tile_width)) {
            tree.bundle_ += static_cast<char>(leaf.size() >> 8);
            tree.bundle_ += static_cast<char>(leaf.size());
            tree.bundle_ += leaf;
        }
    return tree;
}

std::vector<std::string> partial_paths(std::int64_t size) {
    std::vector<std::string> paths;
    if (size % tile_width != 0)
        paths.push_back(tile_path(entries_level, size / tile_width, size % tile_width));
    for (int level = 0; size >> (8 * level) > 0; ++level)
        if (const auto count = size >> (8 * level); count % tile_width != 0)
            paths.push_back(tile_path(level, count / tile_width, count % tile_width));
    return paths;
}

}  // namespace chilang::ledger
