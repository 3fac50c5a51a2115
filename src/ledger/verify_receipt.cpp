// Checking one receipt: signature of the log, inclusion, and what the leaf commits to.
#include "ledger/verify.hpp"

#include "base/json.hpp"
#include "ledger/leaf.hpp"
#include "ledger/proof.hpp"

namespace chilang::ledger {

Findings verify_receipt(std::string_view receipt, std::string_view public_key) {
    const auto key = VerifierKey::parse(public_key);
    if (!key) return {"Khóa công khai của sổ cái không đúng dạng."};
    const auto proof = parse_proof(receipt);
    if (!proof) return {"Biên nhận không đúng dạng tlog-proof: tệp hỏng hoặc thiếu."};
    const auto note = parse_note(proof->checkpoint);
    if (!note) return {"Điểm niêm phong trong biên nhận không đúng dạng."};
    Findings findings;
    if (note->origin != key->name) findings.push_back("Biên nhận thuộc sổ khác: " + note->origin + ".");
    if (!signed_by(*note, *key))
        findings.push_back("Chữ ký của sổ cái trên điểm niêm phong không đúng.");
    const auto extra = json::read<ReceiptExtra>(proof->extra);
    const auto bytes = extra ? from_hex(extra->leaf) : std::nullopt;
    const auto leaf = bytes ? parse_leaf(*bytes) : std::nullopt;
    if (!leaf) {
        findings.push_back("Lá của sự kiện trong biên nhận không đọc được.");
        return findings;
    }
    if (!merkle::verify_inclusion(merkle::leaf_hash(*bytes), proof->index, note->size, proof->hashes,
                                  note->root))
        findings.push_back("Sự kiện số " + std::to_string(proof->index) +
                           " không nằm trong cây đã niêm phong.");
    if (extra->salt.has_value() != extra->payload.has_value())
        findings.push_back("Biên nhận thiếu muối hoặc nội dung của sự kiện.");
    else if (extra->payload && commitment(*extra->salt, *extra->payload) != leaf->commitment)
        findings.push_back("Nội dung của sự kiện " + to_string(leaf->id) +
                           " đã bị sửa: không khớp cam kết trong lá.");
    return findings;
}

}  // namespace chilang::ledger
