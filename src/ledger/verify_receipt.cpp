// Checking one receipt: signatures, inclusion, and what the leaf commits to.
#include "ledger/verify.hpp"

#include "base/json.hpp"
#include "ledger/leaf.hpp"
#include "ledger/proof.hpp"

namespace chilang::ledger {

namespace {

std::string word_of(int number) {
    for (const auto& kind : kinds())
        if (kind.number == number) return std::string(kind.label);
    return "loại số " + std::to_string(number);
}

// The name that a receipt tells must be that of the number in its leaf; names and numbers are never
// used again, so the register of this program speaks for every one that it knows.
void check_kind(const ReceiptExtra& extra, const Leaf& leaf, ReceiptReport& report) {
    report.kind = word_of(leaf.kind);
    for (const auto& kind : kinds())
        if ((kind.name == extra.kind) != (kind.number == leaf.kind)) {
            report.findings.push_back("Biên nhận nói loại sự kiện là “" + extra.kind +
                                      "”, nhưng lá ghi “" + report.kind + "”.");
            return;
        }
}

void check_content(const ReceiptExtra& extra, const Leaf& leaf, ReceiptReport& report) {
    if (extra.salt.has_value() != extra.payload.has_value()) {
        report.findings.push_back("Biên nhận thiếu muối hoặc nội dung của sự kiện.");
        return;
    }
    report.erased = !extra.payload;
    if (report.erased) return;
    const auto opened =
        commitment(leaf.version, *extra.salt, {extra.stream, extra.actor}, *extra.payload);
    if (opened != leaf.commitment) {
        report.findings.push_back((leaf.version == 1
                                       ? "Nội dung của sự kiện "
                                       : "Nội dung, hồ sơ hoặc người thực hiện của sự kiện ") +
                                  to_string(leaf.id) + " đã bị sửa: không khớp cam kết trong lá.");
        return;
    }
    report.payload = *extra.payload;
    if (leaf.version == 1) return;
    report.stream = extra.stream;
    report.actor = extra.actor;
}

}  // namespace

ReceiptReport verify_receipt(std::string_view receipt, const Policy& policy) {
    ReceiptReport report;
    const auto fail = [&](std::string finding) {
        report.findings.push_back(std::move(finding));
        return report;
    };
    const auto proof = parse_proof(receipt);
    if (!proof) return fail("Biên nhận không đúng dạng tlog-proof: tệp hỏng hoặc thiếu.");
    const auto note = parse_note(proof->checkpoint);
    if (!note) return fail("Điểm niêm phong trong biên nhận không đúng dạng.");
    auto signatures = check_note(*note, policy);
    report.findings = std::move(signatures.findings);
    report.witnesses = std::move(signatures.witnesses);
    report.strangers = std::move(signatures.strangers);
    report.index = proof->index;
    report.size = note->size;
    const auto extra = json::read<ReceiptExtra>(proof->extra);
    const auto bytes = extra ? from_hex(extra->leaf) : std::nullopt;
    const auto leaf = bytes ? parse_leaf(*bytes) : std::nullopt;
    if (!leaf) return fail("Lá của sự kiện trong biên nhận không đọc được.");
    report.at = leaf->at;
    if (!merkle::verify_inclusion(merkle::leaf_hash(*bytes), proof->index, note->size,
                                  proof->hashes, note->root))
        report.findings.push_back("Sự kiện số " + std::to_string(proof->index) +
                                  " không nằm trong cây đã niêm phong.");
    check_kind(*extra, *leaf, report);
    check_content(*extra, *leaf, report);
    return report;
}

}  // namespace chilang::ledger
