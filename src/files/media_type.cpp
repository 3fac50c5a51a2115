// What the bytes are. The name and the browser's word are not asked.
//
// Only types that a one-stop desk needs are known; everything else (programs, scripts, HTML, SVG,
// other archives) is unknown and thus refused. Pictures must have a plausible size, PDFs must be
// whole and without programs in them, office documents must be plain archives of bounded size.
#include "files/files.hpp"
#include "files/zip_listing.hpp"

#include <algorithm>
#include <array>

namespace chilang::files {

namespace {

constexpr std::uint64_t kSideMax = 30'000;       // pixels
constexpr std::uint64_t kAreaMax = 200'000'000;  // pixels: what a viewer can hold
constexpr std::uint64_t kUnpackedMax = 200 * 1024 * 1024;
constexpr std::uint64_t kPackRatioMax = 200;
constexpr std::size_t kEntriesMax = 4'000;

std::uint64_t number(std::string_view bytes, std::size_t at, int count, bool little) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) {
        const int k = little ? count - 1 - i : i;
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(k)]);
    }
    return value;
}

bool plausible(std::uint64_t width, std::uint64_t height) {
    return width > 0 && height > 0 && width <= kSideMax && height <= kSideMax &&
           width * height <= kAreaMax;
}

bool is_pdf(std::string_view bytes) {
    if (!bytes.starts_with("%PDF-")) return false;
    const auto tail = bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 2048));
    if (tail.find("%%EOF") == tail.npos) return false;
    for (const std::string_view name : {"/JavaScript", "/Launch"})
        if (bytes.find(name) != bytes.npos) return false;
    return true;
}

// Walks the segments to the frame header, which has the size (ITU T.81 B.2.2).
bool is_jpeg(std::string_view bytes) {
    if (!bytes.starts_with("\xff\xd8\xff")) return false;
    std::size_t at = 2;
    while (at + 9 < bytes.size()) {
        if (static_cast<unsigned char>(bytes[at]) != 0xff) return false;
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (marker == 0xff) {  // fill byte
            ++at;
            continue;
        }
        const bool frame =
            marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame)
            return plausible(number(bytes, at + 7, 2, false), number(bytes, at + 5, 2, false));
        const auto length = number(bytes, at + 2, 2, false);
        if (length < 2) return false;
        at += 2 + length;
    }
    return false;
}

bool is_png(std::string_view bytes) {
    return bytes.size() >= 45 && bytes.starts_with("\x89PNG\r\n\x1a\n") &&
           bytes.substr(12, 4) == "IHDR" &&
           plausible(number(bytes, 16, 4, false), number(bytes, 20, 4, false)) &&
           bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 64)).find("IEND") !=
               std::string_view::npos;
}

bool is_webp(std::string_view bytes) {
    if (bytes.size() < 30 || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WEBP")
        return false;
    const auto kind = bytes.substr(12, 4);
    if (kind == "VP8X")
        return plausible(number(bytes, 24, 3, true) + 1, number(bytes, 27, 3, true) + 1);
    if (kind == "VP8 ")
        return plausible(number(bytes, 26, 2, true) & 0x3fff, number(bytes, 28, 2, true) & 0x3fff);
    if (kind != "VP8L" || bytes[20] != '\x2f') return false;
    const auto bits = number(bytes, 21, 4, true);
    return plausible((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
}

bool is_heic(std::string_view bytes) {
    if (bytes.size() < 64 || bytes.substr(4, 4) != "ftyp") return false;
    constexpr std::array<std::string_view, 4> brands{"heic", "heix", "mif1", "msf1"};
    if (std::find(brands.begin(), brands.end(), bytes.substr(8, 4)) == brands.end()) return false;
    const auto size = bytes.substr(0, 64 * 1024).find("ispe");  // box of the picture's size
    return size != bytes.npos && size + 16 <= bytes.size() &&
           plausible(number(bytes, size + 8, 4, false), number(bytes, size + 12, 4, false));
}

bool harmless(const std::vector<ZipEntry>& entries, std::size_t archive_bytes) {
    if (entries.empty() || entries.size() > kEntriesMax) return false;
    std::uint64_t unpacked = 0;
    for (const ZipEntry& entry : entries) {
        unpacked += entry.unpacked_bytes;
        if (entry.encrypted || (entry.method != 0 && entry.method != 8)) return false;
        if (entry.name.starts_with("/") || entry.name.find("..") != entry.name.npos) return false;
        for (const std::string_view bad :
             {"vbaProject", "activeX/", ".exe", ".js", ".vbs", "Basic/"})
            if (entry.name.find(bad) != entry.name.npos) return false;
    }
    return unpacked <= kUnpackedMax && unpacked / kPackRatioMax <= archive_bytes;
}

std::string office_type(std::string_view bytes) {
    const auto entries = zip_entries(bytes);
    if (!entries || !harmless(*entries, bytes.size())) return {};
    const auto has = [&](std::string_view name) {
        return std::any_of(entries->begin(), entries->end(),
                           [&](const ZipEntry& entry) { return entry.name == name; });
    };
    if (has("[Content_Types].xml")) {
        if (has("word/document.xml"))
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        if (has("xl/workbook.xml"))
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    constexpr std::string_view odt = "application/vnd.oasis.opendocument.text";
    if (entries->front().name == "mimetype" && stored_content(bytes, entries->front()) == odt)
        return std::string(odt);
    return {};
}

}  // namespace

std::string media_type(std::string_view bytes) {
    if (is_pdf(bytes)) return "application/pdf";
    if (is_jpeg(bytes)) return "image/jpeg";
    if (is_png(bytes)) return "image/png";
    if (is_webp(bytes)) return "image/webp";
    if (is_heic(bytes)) return "image/heic";
    if (bytes.starts_with("PK\3\4")) return office_type(bytes);
    return {};
}

}  // namespace chilang::files
