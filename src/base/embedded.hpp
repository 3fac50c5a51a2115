// The files that the program carries inside: migrations, page templates, styles, reference data.
//
// Paths are those of the source tree ("src/dossiers/pages/track.html", "data/holidays.csv"),
// sorted. The table is generated at build time by tools/embed.cpp.
#pragma once

#include <span>
#include <string_view>

namespace chilang {

struct EmbeddedFile {
    std::string_view path, bytes;
};

std::span<const EmbeddedFile> embedded_files();

// The bytes of one file; throws std::logic_error when there is no such file.
std::string_view embedded_file(std::string_view path);

}  // namespace chilang
