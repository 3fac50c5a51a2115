// Reading the files of the tree back, for proofs and checks.
#include "ledger/tiles.hpp"

namespace chilang::ledger {

namespace {

int width_of(std::int64_t count, std::int64_t number) {
    return static_cast<int>(std::min<std::int64_t>(tile_width, count - number * tile_width));
}

}  // namespace

std::vector<Hash> TileReader::tile(int level, std::int64_t number) const {
    const int width = width_of(size_ >> (8 * level), number);
    const auto path = tile_path(level, number, width);
    const auto bytes = read_file(folder_ / path);
    if (!bytes) throw DamagedFile("Thiếu tệp " + path);
    if (bytes->size() != static_cast<std::size_t>(width) * 32)
        throw DamagedFile("Tệp " + path + " sai độ dài");
    std::vector<Hash> hashes(static_cast<std::size_t>(width));
    for (std::size_t i = 0; i < hashes.size(); ++i)
        std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(i * 32), 32,
                    hashes[i].bytes.begin());
    return hashes;
}

std::vector<std::string> TileReader::bundle(std::int64_t number) const {
    const int width = width_of(size_, number);
    const auto path = tile_path(entries_level, number, width);
    const auto bytes = read_file(folder_ / path);
    if (!bytes) throw DamagedFile("Thiếu tệp " + path);
    std::vector<std::string> leaves;
    std::size_t at = 0;
    while (at + 2 <= bytes->size()) {
        const auto length = static_cast<std::size_t>(static_cast<std::uint8_t>((*bytes)[at])) << 8 |
                            static_cast<std::uint8_t>((*bytes)[at + 1]);
        if (at + 2 + length > bytes->size()) break;
        leaves.push_back(bytes->substr(at + 2, length));
        at += 2 + length;
    }
    if (at != bytes->size() || leaves.size() != static_cast<std::size_t>(width))
        throw DamagedFile("Tệp " + path + " hỏng: không đọc được đủ các lá");
    return leaves;
}

std::string TileReader::entry(std::int64_t index) const {
    return bundle(index / tile_width)[static_cast<std::size_t>(index % tile_width)];
}

Hash TileReader::node(int height, std::int64_t index) const {
    const int level = height / 8;
    const int above = height % 8;
    const std::int64_t first = index << above;
    const auto number = first / tile_width;
    const auto key = tile_path(level, number);
    const std::vector<Hash>* hashes = nullptr;
    for (const auto& [path, found] : cache_)
        if (path == key) hashes = &found;
    if (hashes == nullptr) {
        if (cache_.size() > 16) cache_.erase(cache_.begin());
        hashes = &cache_.emplace_back(key, tile(level, number)).second;
    }
    return merkle::root(std::span(*hashes).subspan(static_cast<std::size_t>(first % tile_width),
                                                   std::size_t{1} << above));
}

merkle::Node TileReader::source() const {
    return [this](int height, std::int64_t index) { return node(height, index); };
}

merkle::Proof TileReader::inclusion(std::int64_t index) const {
    return merkle::inclusion(source(), index, size_);
}

merkle::Proof TileReader::consistency(std::int64_t old_size) const {
    return merkle::consistency(source(), old_size, size_);
}

Hash TileReader::root() const { return merkle::root(source(), size_); }

}  // namespace chilang::ledger
