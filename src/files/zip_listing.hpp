// The list of entries of a zip archive, read without unpacking anything.
//
// Office documents are zips. To know what one is, and that it is no bomb, its central directory is
// enough: names, sizes, flags (PKWARE APPNOTE 4.3.12). Nothing in it is trusted; what does not add
// up makes the archive unreadable.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace chilang::files {

struct ZipEntry {
    std::string_view name;  // points into the archive's bytes
    std::uint64_t packed_bytes = 0, unpacked_bytes = 0;
    std::uint16_t method = 0;  // 0 stored, 8 deflate
    bool encrypted = false;
    std::size_t header_at = 0;  // offset of the local header
};

// Empty when the bytes are no plain zip (also zip64 and archives in parts, which we don't need).
std::optional<std::vector<ZipEntry>> zip_entries(std::string_view bytes);

// The content of an entry that is stored without compression; empty if it isn't.
std::string_view stored_content(std::string_view bytes, const ZipEntry& entry);

}  // namespace chilang::files
