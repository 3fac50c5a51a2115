// Checking the history of one stream: each receipt, and the chain that binds them.
#include "ledger/verify.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "ledger/leaf.hpp"
#include "ledger/proof.hpp"
#include "ledger/receipt.hpp"
#include "ledger/store.hpp"
#include "ledger/tile_reader.hpp"

namespace chilang::ledger {

namespace {

struct HistoryLine {
    std::string receipt;
};
BOOST_DESCRIBE_STRUCT(HistoryLine, (), (receipt))

}  // namespace

Findings verify_history(std::string_view lines, const Policy& policy) {
    Findings findings;
    std::optional<Leaf> last;
    Hash last_hash{};
    std::string stream;
    std::int64_t number = 0;
    for (const auto& line : text::split(lines, '\n')) {
        if (line.empty()) continue;
        const std::string where = "Sự kiện thứ " + std::to_string(++number) + ": ";
        const auto read = json::read<HistoryLine>(line);
        if (!read) {
            findings.push_back(where + "dòng không đúng dạng.");
            continue;
        }
        const auto report = verify_receipt(read->receipt, policy);
        for (const auto& finding : report.findings) findings.push_back(where + finding);
        if (!report.stream.empty() && stream.empty()) stream = report.stream;
        if (!report.stream.empty() && report.stream != stream)
            findings.push_back(where + "nói về " + report.stream + ", không phải " + stream + ".");
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
    struct Tree {
        TileReader reader;
        std::string note;
        std::int64_t size;
    };
    // Under the cosigned checkpoint what it covers, the newest events under the log's own.
    std::vector<Tree> trees;
    for (const std::string name : {"checkpoint.cosigned", "checkpoint"}) {
        const auto text = read_file(folder / name).value_or("");
        if (const auto note = parse_note(text))
            trees.push_back({TileReader(folder, note->size), text, note->size});
    }
    if (trees.empty()) throw DamagedFile("Tệp checkpoint thiếu hoặc hỏng");
    const auto rows =
        connection.query("SELECT " + std::string(sealed_columns) +
                             " FROM ledger.event WHERE stream = $1 AND idx < $2 ORDER BY seq",
                         {stream, trees.back().size});
    std::string out;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto sealed = sealed_at(rows, row);
        const auto& tree = sealed.index < trees.front().size ? trees.front() : trees.back();
        out += json::write(HistoryLine{receipt_of(tree.reader, tree.note, sealed)}) + "\n";
    }
    return out;
}

}  // namespace chilang::ledger
