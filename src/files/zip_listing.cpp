// Finds the end-of-directory record from behind and walks the directory. Every read stays inside
// the bytes: this is the first code that a stranger's file meets.
#include "files/zip_listing.hpp"

namespace chilang::files {

namespace {

constexpr std::size_t kEndSize = 22, kEntrySize = 46, kLocalSize = 30;
constexpr std::size_t kCommentMax = 65'535;

std::uint64_t little(std::string_view bytes, std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = count - 1; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

std::optional<std::size_t> end_record(std::string_view bytes) {
    if (bytes.size() < kEndSize) return std::nullopt;
    const std::size_t last = bytes.size() - kEndSize;
    const std::size_t first = last > kCommentMax ? last - kCommentMax : 0;
    for (std::size_t at = last + 1; at-- > first;)
        if (bytes.substr(at, 4) == std::string_view("PK\5\6", 4) &&
            at + kEndSize + little(bytes, at + 20, 2) == bytes.size())
            return at;
    return std::nullopt;
}

}  // namespace

std::optional<std::vector<ZipEntry>> zip_entries(std::string_view bytes) {
    const auto end = end_record(bytes);
    if (!end) return std::nullopt;
    const auto count = little(bytes, *end + 10, 2);
    const auto size = little(bytes, *end + 12, 4);
    std::size_t at = little(bytes, *end + 16, 4);
    if (at + size != *end || little(bytes, *end + 8, 2) != count) return std::nullopt;
    std::vector<ZipEntry> entries;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (at + kEntrySize > *end || bytes.substr(at, 4) != std::string_view("PK\1\2", 4))
            return std::nullopt;
        const auto name_size = little(bytes, at + 28, 2);
        const auto rest = little(bytes, at + 30, 2) + little(bytes, at + 32, 2);
        if (at + kEntrySize + name_size + rest > *end) return std::nullopt;
        entries.push_back({.name = bytes.substr(at + kEntrySize, name_size),
                           .packed_bytes = little(bytes, at + 20, 4),
                           .unpacked_bytes = little(bytes, at + 24, 4),
                           .method = static_cast<std::uint16_t>(little(bytes, at + 10, 2)),
                           .encrypted = (little(bytes, at + 8, 2) & 1) != 0,
                           .header_at = static_cast<std::size_t>(little(bytes, at + 42, 4))});
        at += kEntrySize + name_size + rest;
    }
    if (at != *end) return std::nullopt;
    return entries;
}

std::string_view stored_content(std::string_view bytes, const ZipEntry& entry) {
    if (entry.method != 0 || entry.header_at + kLocalSize > bytes.size()) return {};
    const std::size_t start = entry.header_at + kLocalSize +
                              little(bytes, entry.header_at + 26, 2) +
                              little(bytes, entry.header_at + 28, 2);
    if (start > bytes.size() || bytes.size() - start < entry.packed_bytes) return {};
    return bytes.substr(start, entry.packed_bytes);
}

}  // namespace chilang::files
