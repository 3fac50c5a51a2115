// Reading the files of the tree back, for proofs and checks.
#include "ledger/tile_reader.hpp"

#include <algorithm>

namespace chilang::ledger {

namespace {

int width_of(std::int64_t count, std::int64_t number) {
    return static_cast<int>(std::min<std::int64_t>(tile_width, count - number * tile_width));
}

}  // namespace

Tile::Tile(const std::string& path, std::string_view bytes, int width) {
    if (bytes.size() != static_cast<std::size_t>(width) * 32)
        throw DamagedFile("Tệp " + path + " sai độ dài");
    nodes_.emplace_back(static_cast<std::size_t>(width));
    for (std::size_t i = 0; i < nodes_[0].size(); ++i)
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * 32), 32,
                    nodes_[0][i].bytes.begin());
    while (nodes_.back().size() > 1) {
        const auto& below = nodes_.back();
        std::vector<Hash> above(below.size() / 2);
        for (std::size_t i = 0; i < above.size(); ++i)
            above[i] = merkle::node_hash(below[2 * i], below[2 * i + 1]);
        nodes_.push_back(std::move(above));
    }
}

std::string FolderSource::bytes(const std::string& path) const {
    auto found = read_tile(folder_, path);
    if (!found) throw DamagedFile("Thiếu tệp " + path);
    return std::move(*found);
}

std::shared_ptr<const Tile> TileCache::tile(const std::string& path, int width) const {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = places_.find(path); found != places_.end()) {
            used_.splice(used_.begin(), used_, found->second);
            return found->second->second;
        }
    }
    auto read = FolderSource::tile(path, width);
    const std::lock_guard lock(mutex_);
    if (places_.contains(path)) return read;
    used_.emplace_front(path, read);
    places_[path] = used_.begin();
    if (used_.size() > tiles_max_) {
        places_.erase(used_.back().first);
        used_.pop_back();
    }
    return read;
}

std::vector<Hash> TileReader::edge(int level) const {
    const auto count = size_ >> (8 * level);
    const int width = static_cast<int>(count % tile_width);
    const auto tile = source_->tile(tile_path(level, count / tile_width, width), width);
    std::vector<Hash> hashes;
    for (int i = 0; i < width; ++i) hashes.push_back(tile->node(0, i));
    return hashes;
}

std::vector<std::string> TileReader::bundle(std::int64_t number) const {
    std::vector<std::string> leaves;
    for_each_leaf(number, [&](std::string_view leaf) { leaves.emplace_back(leaf); });
    return leaves;
}

std::string TileReader::entry(std::int64_t index) const {
    std::string wanted;
    std::int64_t at = index / tile_width * tile_width;
    for_each_leaf(index / tile_width, [&](std::string_view leaf) {
        if (at++ == index) wanted = leaf;
    });
    return wanted;
}

template <class Take>
void TileReader::for_each_leaf(std::int64_t number, Take take) const {
    const int width = width_of(size_, number);
    const auto path = tile_path(entries_level, number, width);
    const auto bytes = source_->bytes(path);
    std::string_view rest = bytes;
    for (int i = 0; i < width; ++i) {
        const auto length =
            rest.size() < 2 ? rest.size()
                            : static_cast<std::size_t>(static_cast<std::uint8_t>(rest[0])) << 8 |
                                  static_cast<std::uint8_t>(rest[1]);
        if (rest.size() < length + 2)
            throw DamagedFile("Tệp " + path + " hỏng: không đọc được đủ các lá");
        take(rest.substr(2, length));
        rest.remove_prefix(2 + length);
    }
    if (!rest.empty()) throw DamagedFile("Tệp " + path + " hỏng: thừa dữ liệu sau các lá");
}

Hash TileReader::node(int height, std::int64_t index) const {
    const int level = height / 8;
    const int above = height % 8;
    const std::int64_t first = index << above;
    const auto number = first / tile_width;
    const int width = width_of(size_ >> (8 * level), number);
    const auto path = tile_path(level, number, width);
    auto held = std::find_if(held_.begin(), held_.end(),
                             [&](const auto& one) { return one.first == path; });
    if (held == held_.end()) {
        if (held_.size() > 16) held_.erase(held_.begin());
        held_.emplace_back(path, source_->tile(path, width));
        held = held_.end() - 1;
    }
    return held->second->node(above, (first % tile_width) >> above);
}

merkle::Node TileReader::nodes() const {
    return [this](int height, std::int64_t index) { return node(height, index); };
}

merkle::Proof TileReader::inclusion(std::int64_t index) const {
    return merkle::inclusion(nodes(), index, size_);
}

merkle::Proof TileReader::consistency(std::int64_t old_size, std::int64_t size) const {
    return merkle::consistency(nodes(), old_size, size);
}

Hash TileReader::root(std::int64_t size) const {
    return merkle::root(nodes(), size);
}

}  // namespace chilang::ledger
