// Checking the rows of the database against the leaves in the ledger's folder.
#include "ledger/verify.hpp"

#include "ledger/leaf.hpp"
#include "ledger/note.hpp"
#include "ledger/store.hpp"
#include "ledger/tile_reader.hpp"

#include <algorithm>

namespace chilang::ledger {

namespace {

constexpr std::size_t findings_max = 50;

std::string place(const Sealed& sealed) {
    return "Sự kiện số " + std::to_string(sealed.index) + " (" + sealed.event.stream + ", bước " +
           std::to_string(sealed.event.seq) + ")";
}

// Names what of the row differs from the leaf that was sealed.
void compare(const Sealed& sealed, std::string_view sealed_leaf, const Hash& stream_key,
             Findings& findings) {
    const auto& event = sealed.event;
    const auto leaf = parse_leaf(sealed_leaf);
    const int version = leaf ? leaf->version : leaf_version;
    const std::string bytes = leaf_bytes(
        version, event, stream_key, sealed.erased ? *sealed.erased : commitment(version, event));
    if (merkle::leaf_hash(sealed_leaf) != event.leaf)
        findings.push_back(place(sealed) + ": mã băm của lá trong cơ sở dữ liệu đã bị sửa.");
    if (bytes == sealed_leaf) return;
    const auto row = parse_leaf(bytes);
    if (!leaf) {
        findings.push_back(place(sealed) + ": lá trong sổ cái không đọc được.");
        return;
    }
    std::string fields;
    const auto differs = [&](bool different, const char* name) {
        if (different) fields += (fields.empty() ? "" : ", ") + std::string(name);
    };
    differs(row->kind != leaf->kind, "loại sự kiện");
    differs(row->at != leaf->at, "thời điểm");
    differs(row->id != leaf->id, "mã sự kiện");
    differs(row->stream_tag != leaf->stream_tag, "hồ sơ");
    differs(row->seq != leaf->seq, "số thứ tự");
    differs(row->prev != leaf->prev, "mã băm sự kiện trước");
    differs(row->actor_tag != leaf->actor_tag, "người thực hiện");
    differs(row->commitment != leaf->commitment,
            version == 1 ? "nội dung (gồm cả hạn trả nếu có)"
                         : "nội dung (gồm cả hạn trả nếu có), hồ sơ hoặc người thực hiện");
    findings.push_back(place(sealed) + ": đã bị sửa sau khi niêm phong: " + fields + ".");
}

}  // namespace

Findings verify_database(db::Connection& connection, const std::filesystem::path& folder) {
    const auto note = parse_note(read_file(folder / "checkpoint").value_or(""));
    const auto secret = read_file(folder / "stream.key").value_or("");
    if (!note || secret.size() != 32)
        return {"Thư mục sổ cái thiếu tệp checkpoint hoặc stream.key."};
    Hash stream_key;
    std::copy(secret.begin(), secret.end(), stream_key.bytes.begin());
    Findings findings;
    // The server may be sealing meanwhile: the rows are looked at as they were at one moment.
    const db::Transaction moment(connection, db::Transaction::Sees::one_moment);
    const auto head = stored_head(connection);
    if (head.size < note->size)
        findings.push_back("Cơ sở dữ liệu có " + std::to_string(head.size) +
                           " sự kiện đã niêm phong, sổ cái đã ký " + std::to_string(note->size) +
                           ": một bản sao lưu cũ đã được khôi phục.");
    const auto rows =
        connection.query("SELECT root FROM ledger.checkpoint WHERE size = $1", {note->size});
    if (note->size > 0 && !rows.empty() && rows.at(0, 0).hash() != note->root)
        findings.push_back("Gốc lưu trong cơ sở dữ liệu khác gốc đã ký.");
    const TileReader reader(folder, note->size);
    std::int64_t next = 0;
    std::vector<std::string> leaves;
    while (findings.size() < findings_max) {
        const auto found = connection.query(
            "SELECT " + std::string(sealed_columns) +
                " FROM ledger.event WHERE idx >= $1 AND idx < $2 ORDER BY idx LIMIT 4096",
            {next, note->size});
        if (found.empty()) break;
        for (std::size_t row = 0; row < found.size() && findings.size() < findings_max; ++row) {
            const auto sealed = sealed_at(found, row);
            if (sealed.index > next)
                findings.push_back("Thiếu sự kiện từ số " + std::to_string(next) + " đến số " +
                                   std::to_string(sealed.index - 1) + ".");
            if (leaves.empty() || sealed.index / tile_width != (next - 1) / tile_width || next == 0)
                leaves = reader.bundle(sealed.index / tile_width);
            next = sealed.index + 1;
            compare(sealed, leaves[static_cast<std::size_t>(sealed.index % tile_width)], stream_key,
                    findings);
        }
    }
    if (next < note->size && findings.size() < findings_max && head.size >= note->size)
        findings.push_back("Thiếu sự kiện từ số " + std::to_string(next) + " đến số " +
                           std::to_string(note->size - 1) + ".");
    const auto extra =
        connection.query("SELECT min(idx), count(*) FROM ledger.event WHERE idx >= $1",
                         {std::max(note->size, head.size)});
    if (extra.at(0, 1).integer() > 0)
        findings.push_back("Có " + std::to_string(extra.at(0, 1).integer()) +
                           " sự kiện ngoài sổ cái, từ số " +
                           std::to_string(extra.at(0, 0).integer()) + ".");
    return findings;
}

}  // namespace chilang::ledger
