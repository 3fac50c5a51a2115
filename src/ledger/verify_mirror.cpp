// Checking a whole copy of the tree: every tile is computed again from the entries.
#include "ledger/verify.hpp"

#include "ledger/note.hpp"
#include "ledger/tiles.hpp"

#include <map>

namespace chilang::ledger {

namespace {

constexpr std::size_t findings_max = 20;

// Compares one file with what it must hold; names the first differing leaf of an ordinary tile.
void compare(const std::filesystem::path& folder, const Tree::File& file, Findings& findings) {
    const auto found = read_file(folder / file.path);
    if (!found) {
        findings.push_back("Thiếu tệp " + file.path + ".");
    } else if (*found != file.bytes) {
        std::size_t at = 0;
        while (at < found->size() && at < file.bytes.size() && (*found)[at] == file.bytes[at]) ++at;
        findings.push_back("Tệp " + file.path + " hỏng: không khớp các lá, từ mã băm thứ " +
                           std::to_string(at / 32) + " của tệp.");
    }
}

}  // namespace

Findings verify_mirror(const std::filesystem::path& folder, std::string_view public_key) {
    std::string key_text(public_key);
    if (key_text.empty()) key_text = read_file(folder / "public.key").value_or("");
    const auto key = VerifierKey::parse(key_text);
    if (!key) return {"Thiếu khóa công khai của sổ cái hoặc khóa không đúng dạng."};
    const auto note = parse_note(read_file(folder / "checkpoint").value_or(""));
    if (!note) return {"Tệp checkpoint thiếu hoặc không đúng dạng."};
    Findings findings;
    if (!signed_by(*note, *key)) findings.push_back("Chữ ký trên tệp checkpoint không đúng.");
    const TileReader reader(folder, note->size);
    Tree tree;
    std::map<std::string, std::string> edge;
    for (std::int64_t number = 0; number * tile_width < note->size; ++number) {
        std::vector<std::string> leaves;
        try {
            leaves = reader.bundle(number);
        } catch (const DamagedFile& error) {
            findings.push_back(std::string(error.what()) + ".");
            return findings;  // without these leaves nothing after them can be computed
        }
        std::vector<Hash> hashes;
        for (const auto& leaf : leaves) hashes.push_back(merkle::leaf_hash(leaf));
        // Partial tiles inside the tree exist for published sizes only: the last size's count.
        for (const auto& file : tree.append(leaves, hashes))
            if (file.path.find(".p/") == file.path.npos || tree.size() == note->size)
                compare(folder, file, findings);
        if (findings.size() >= findings_max) return findings;
    }
    if (tree.root() != note->root)
        findings.push_back("Gốc tính lại từ các lá khác gốc đã ký ở kích thước " +
                           std::to_string(note->size) + ".");
    return findings;
}

void export_mirror(const std::filesystem::path& folder, const std::filesystem::path& destination) {
    namespace fs = std::filesystem;
    fs::create_directories(destination);
    // The checkpoint first: tiles copied later hold at least what it speaks of.
    for (const std::string name : {"checkpoint", "checkpoint.cosigned", "public.key"})
        if (fs::exists(folder / name))
            fs::copy_file(folder / name, destination / name, fs::copy_options::overwrite_existing);
    if (fs::exists(folder / "tile"))
        fs::copy(folder / "tile", destination / "tile",
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

}  // namespace chilang::ledger
