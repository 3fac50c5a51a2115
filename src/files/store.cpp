// Keeping and reading the bytes: written beside, synced, then named by their hash, so that a name
// never stands for half a file, and what is named once is never written again.
#include "base/log.hpp"
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "files/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace chilang::files {

namespace {

constexpr std::size_t kSizeMax = 20 * 1024 * 1024;
constexpr std::size_t kNameMax = 120;  // bytes

[[noreturn]] void fail(const char* step) {
    throw std::system_error(errno, std::generic_category(), std::string("attachment: ") + step);
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags)
        : number_(open(path.c_str(), flags, 0640)) {
        if (number_ < 0) fail("open");
    }
    ~Descriptor() { close(number_); }
    Descriptor(const Descriptor&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
    if (fsync(descriptor.number()) != 0) fail("sync folder");
}

void write_synced(const std::filesystem::path& path, std::string_view bytes) {
    const Descriptor descriptor(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
    while (!bytes.empty()) {
        const auto written = write(descriptor.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (fsync(descriptor.number()) != 0) fail("sync");
}

std::filesystem::path place(const std::filesystem::path& folder, const Hash& hash) {
    const std::string hex = to_hex(view(hash));
    return folder / hex.substr(0, 2) / hex.substr(2);
}

std::string_view extension(std::string_view type) {
    if (type == "application/pdf") return ".pdf";
    if (type == "image/jpeg") return ".jpg";
    if (type == "image/png") return ".png";
    if (type == "image/webp") return ".webp";
    if (type == "image/heic") return ".heic";
    if (type.ends_with("wordprocessingml.document")) return ".docx";
    if (type.ends_with("spreadsheetml.sheet")) return ".xlsx";
    return ".odt";
}

// The last part of the path, without characters that mean something to a shell or a header, with
// the ending that fits the content: "anh.png.exe" with a PNG in it becomes "anh.png.png".
std::string display_name(std::string_view given, std::string_view type) {
    if (const auto slash = given.find_last_of("/\\"); slash != given.npos)
        given.remove_prefix(slash + 1);
    std::string name = text::is_utf8(given) ? text::clean(given) : std::string();
    std::erase_if(name, [](char c) {
        return std::string_view("\"<>|:*?;\r\n").find(c) != std::string_view::npos;
    });
    if (const auto dot = name.rfind('.'); dot != name.npos && name.size() - dot <= 6)
        name.resize(dot);
    if (name.size() > kNameMax) {
        name.resize(kNameMax);
        while (!name.empty() && !text::is_utf8(name)) name.pop_back();
    }
    while (name.starts_with('.')) name.erase(0, 1);
    if (name.empty()) name = "tep";
    return name + std::string(extension(type));
}

}  // namespace

Store::Store(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_ / "new");
}

Result<StoredFile> Store::keep(const http::Upload& upload, Instant now) {
    const auto refuse = [&](std::string code, std::string message) {
        return Problem{std::move(code), upload.field, std::move(message)};
    };
    if (upload.bytes.empty()) return refuse("file_empty", "Tệp rỗng. Hãy chọn lại tệp.");
    if (upload.bytes.size() > kSizeMax)
        return refuse("file_too_large", "Tệp lớn hơn 20 MB. Hãy giảm dung lượng rồi gửi lại.");
    StoredFile file;
    file.type = media_type(upload.bytes);
    if (file.type.empty())
        return refuse("file_type_refused",
                      "Không nhận được tệp này: tệp hỏng, có mã thực thi hoặc không thuộc loại "
                      "PDF, JPG, PNG, "
                      "WebP, HEIC, DOCX, XLSX, ODT. Hãy lưu thành PDF hoặc chụp ảnh rồi gửi lại.");
    file.id = new_id(to_microseconds(now) / 1000);
    file.sha256 = sha256(upload.bytes);
    file.name = display_name(upload.filename, file.type);
    file.size_bytes = static_cast<std::int64_t>(upload.bytes.size());

    const auto path = place(folder_, file.sha256);
    if (std::filesystem::exists(path)) return file;
    std::filesystem::create_directories(path.parent_path());
    const auto fresh = folder_ / "new" / to_string(file.id);
    try {
        write_synced(fresh, upload.bytes);
    } catch (...) {  // a full disk must not keep the half that fitted
        std::error_code ignored;
        std::filesystem::remove(fresh, ignored);
        throw;
    }
    std::filesystem::rename(fresh, path);
    sync_folder(path.parent_path());
    sync_folder(folder_);  // the folder of two letters may be new itself
    return file;
}

db::Statement Store::insert(const StoredFile& file, std::string_view owner) {
    return {
        "INSERT INTO files.file (id, sha256, name, type, size_bytes, owner, part)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {file.id, file.sha256, file.name, file.type, file.size_bytes, owner, file.part}};
}

std::vector<StoredFile> Store::of(db::Connection& connection, std::string_view owner) const {
    return connection
        .query(
            "SELECT id, sha256, name, type, size_bytes, part FROM files.file WHERE owner = $1 "
            "ORDER BY "
            "id",
            {owner})
        .as<StoredFile>();
}

std::optional<StoredFile> Store::find(db::Connection& connection, const Id& id,
                                      std::string_view owner) const {
    return connection
        .query(
            "SELECT id, sha256, name, type, size_bytes, part FROM files.file WHERE id = $1 AND "
            "owner = "
            "$2",
            {id, owner})
        .first<StoredFile>();
}

std::string Store::read(const StoredFile& file) const {
    std::ifstream in(place(folder_, file.sha256), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) bytes.clear();
    if (sha256(bytes) != file.sha256) {
        log::error("attachment damaged or missing", {{"file", to_string(file.id)}});
        throw std::runtime_error("attachment " + to_string(file.id) + " is damaged or missing");
    }
    return bytes;
}

}  // namespace chilang::files
