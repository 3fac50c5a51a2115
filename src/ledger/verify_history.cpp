// Checking the history of one stream: each receipt, and the chain that binds them.
#include "ledger/verify.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "ledger/leaf.hpp"
#include "ledger/note.hpp"
#include "ledger/proof.hpp"
#include "ledger/receipt.hpp"
#include "ledger/store.hpp"
#include "ledger/tiles.hpp"

namespace chilang::ledger {

namespace {

struct HistoryLine {
    std::string receipt;
};
BOOST_DESCRIBE_STRUCT(HistoryLine, (), (receipt))

}  // namespace

Findings verify_history(std::string_view lines, std::string_view public_key) {
    Findings findings;
    std::optional<Leaf> last;
    Hash last_hash{};
    std::int64_t number = 0;
    for (const auto& line : text::split(lines, '\n')) {
        if (line.empty()) continue;
        const std::string where = "Sự kiện thứ " + std::to_string(++number) + ": ";
        const auto read = json::read<HistoryLine>(line);
        if (!read) {
            findings.push_back(where + "dòng không đúng dạng.");
            continue;
        }
        for (const auto& finding : verify_receipt(read->receipt, public_key))
            findings.push_back(where + finding);
        const auto proof = parse_proof(read->receipt);
        const auto extra = proof ? json::read<ReceiptExtra>(proof->extra) : Problems{};
        const auto bytes = extra ? from_hex(extra->leaf) : std::nullopt;
        const auto leaf = bytes ? parse_leaf(*bytes) : std::nullopt;
        if (!leaf) continue;
        if (leaf->seq != number)
            findings.push_back(where + "số thứ tự trong lá là " + std::to_string(leaf->seq) +
                               ": có sự kiện bị bỏ hoặc chèn.");
        if (leaf->prev != last_hash)
            findings.push_back(where + "không nối tiếp mã băm của sự kiện trước.");
        if (last && last->stream_tag != leaf->stream_tag)
            findings.push_back(where + "thuộc một hồ sơ khác.");
        last = leaf;
        last_hash = merkle::leaf_hash(*bytes);
    }
    if (number == 0) findings.push_back("Tệp lịch sử không có sự kiện nào.");
    return findings;
}

std::string export_stream(db::Connection& connection, const std::filesystem::path& folder,
                          std::string_view stream) {
    const auto text = read_file(folder / "checkpoint").value_or("");
    const auto note = parse_note(text);
    if (!note) throw DamagedFile("Tệp checkpoint thiếu hoặc hỏng");
    const auto rows = connection.query(
        "SELECT idx, id, kind, at, stream, seq, actor, payload, salt, prev, leaf FROM ledger.event"
        " WHERE stream = $1 AND idx < $2 ORDER BY seq",
        {stream, note->size});
    std::string out;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Sealed sealed{rows.at(row, 0).integer(), event_at(rows, row, 1)};
        out += json::write(HistoryLine{receipt_of(folder, note->size, text, sealed)}) + "\n";
    }
    return out;
}

}  // namespace chilang::ledger
