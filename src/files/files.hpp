// Attachments: bytes on disk named by their hash, rows that say what they are.
//
// An upload is checked by its content, not by its name: PDF, JPEG, PNG, WebP, HEIC, DOCX, XLSX,
// ODT; at most 20 MB each; nothing executable, no archive bombs. It is written, synced and only
// then named in the command's write set, so that an acknowledged dossier never misses a file.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"
#include "db/db.hpp"
#include "http/http.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace chilang::files {

struct StoredFile {
    Id id{};
    Hash sha256{};
    std::string name;  // cleaned display name
    std::string type;  // from the content: "application/pdf"
    std::int64_t size_bytes = 0;
    std::string part;  // what it is in its owner, in the owner's words: "component_2"; may be empty
};
BOOST_DESCRIBE_STRUCT(StoredFile, (), (id, sha256, name, type, size_bytes, part))

class Store {
public:
    explicit Store(std::filesystem::path folder);  // var/files
    // Checks and writes; problems name the upload's field.
    Result<StoredFile> keep(const http::Upload& upload, Instant now);
    static db::Statement insert(const StoredFile& file,
                                std::string_view owner);  // owner: "dossier/<id>"
    std::vector<StoredFile> of(db::Connection& connection, std::string_view owner) const;
    std::optional<StoredFile> find(db::Connection& connection, const Id& id,
                                   std::string_view owner) const;
    std::string read(const StoredFile& file) const;  // verifies the hash; throws on damage
private:
    std::filesystem::path folder_;
};

// What the bytes are, or empty: the media type by content.
std::string media_type(std::string_view bytes);

}  // namespace chilang::files
