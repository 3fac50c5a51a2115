// Checking a whole copy of the tree: every tile is computed again from the entries, and every
// checkpoint that somebody kept must be one of the tree's own.
#include "ledger/verify.hpp"

#include "base/folder.hpp"
#include "ledger/note.hpp"
#include "ledger/tile_reader.hpp"

#include <utility>

namespace chilang::ledger {

namespace {

constexpr std::size_t findings_max = 20;

// Compares one file with what it must hold; names the first differing leaf of an ordinary tile.
void compare(const std::filesystem::path& folder, const Tree::File& file, Findings& findings) {
    const auto found = read_tile(folder, file.path);
    if (!found) {
        findings.push_back("Thiếu tệp " + file.path + ".");
    } else if (*found != file.bytes) {
        std::size_t at = 0;
        while (at < found->size() && at < file.bytes.size() && (*found)[at] == file.bytes[at]) ++at;
        findings.push_back("Tệp " + file.path + " hỏng: không khớp các lá, từ mã băm thứ " +
                           std::to_string(at / 32) + " của tệp.");
    }
}

// The checkpoint that witnesses signed must speak of the same tree.
void check_cosigned(const std::filesystem::path& folder, const TileReader& reader, const Note& head,
                    const Policy& policy, Findings& findings) {
    const auto note = parse_note(read_file(folder / "checkpoint.cosigned").value_or(""));
    if (!note) {
        findings.push_back("Tệp checkpoint.cosigned thiếu hoặc không đúng dạng.");
        return;
    }
    for (const auto& finding : check_note(*note, policy).findings)
        findings.push_back("Tệp checkpoint.cosigned: " + finding);
    if (note->size > head.size)
        findings.push_back("Nhân chứng đã ký " + std::to_string(note->size) +
                           " sự kiện, bản sao chỉ có " + std::to_string(head.size) + ".");
    else if (reader.root(note->size) != note->root)
        findings.push_back("Nhân chứng đã ký một lịch sử khác ở kích thước " +
                           std::to_string(note->size) + ".");
}

}  // namespace

Findings verify_mirror(const std::filesystem::path& folder, Policy policy) {
    if (policy.log_key.empty()) policy.log_key = read_file(folder / "public.key").value_or("");
    const auto note = parse_note(read_file(folder / "checkpoint").value_or(""));
    if (!note) return {"Tệp checkpoint thiếu hoặc không đúng dạng."};
    Findings findings = check_note(*note, {.log_key = policy.log_key}).findings;
    const TileReader reader(folder, note->size);
    Tree tree;
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
    if (!policy.witness_keys.empty() && findings.empty())
        check_cosigned(folder, reader, *note, policy, findings);
    return findings;
}

Findings verify_consistency(std::string_view one, std::string_view other,
                            const std::filesystem::path& mirror, const Policy& policy) {
    auto first = parse_note(one), second = parse_note(other);
    if (!first || !second) return {"Một trong hai điểm niêm phong không đúng dạng."};
    Findings findings;
    for (const auto* note : {&*first, &*second})
        for (const auto& finding : check_note(*note, policy).findings)
            findings.push_back("Điểm niêm phong " + std::to_string(note->size) +
                               " sự kiện: " + finding);
    if (first->size > second->size) std::swap(first, second);
    if (first->size == second->size) {
        if (first->root != second->root)
            findings.push_back("Hai lịch sử khác nhau cùng có " + std::to_string(first->size) +
                               " sự kiện: sổ cái bị rẽ nhánh.");
        return findings;
    }
    const auto head = parse_note(read_file(mirror / "checkpoint").value_or(""));
    if (!head || head->size < second->size)
        throw DamagedFile("Bản sao sổ cái chưa có đủ " + std::to_string(second->size) + " sự kiện");
    const TileReader reader(mirror, head->size);
    const auto proof = reader.consistency(first->size, second->size);
    if (!merkle::verify_consistency(first->size, first->root, second->size, second->root, proof))
        findings.push_back("Điểm niêm phong " + std::to_string(second->size) +
                           " sự kiện không nối tiếp điểm " + std::to_string(first->size) +
                           " theo bản sao này: sổ cái bị rẽ nhánh hoặc bản sao hỏng.");
    return findings;
}

void export_mirror(const std::filesystem::path& folder, const std::filesystem::path& destination) {
    std::filesystem::create_directories(destination);
    // The older checkpoint first, the tiles last: they hold at least what it speaks of.
    for (const std::string name : {"checkpoint.cosigned", "checkpoint", "public.key"})
        if (const auto text = read_file(folder / name)) write_durably(destination / name, *text);
    copy_tree(folder / "tile", destination / "tile");
}

}  // namespace chilang::ledger
