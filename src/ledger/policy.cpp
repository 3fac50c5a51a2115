// Checking the signatures of one checkpoint.
#include "ledger/policy.hpp"

#include <algorithm>

namespace chilang::ledger {

namespace {

bool is_by(const NoteSignature& signature, const VerifierKey& key) {
    return signature.name == key.name && signature.key_id == key.id();
}

}  // namespace

NoteReport check_note(const Note& note, const Policy& policy) {
    NoteReport report;
    const auto log = VerifierKey::parse(policy.log_key);
    if (!log || log->type != KeyType::note) {
        report.findings.push_back("Khóa công khai của sổ cái không đúng dạng.");
        return report;
    }
    if (note.origin != log->name)
        report.findings.push_back("Điểm niêm phong thuộc sổ khác: " + note.origin + ".");
    if (!signed_by(note, *log))
        report.findings.push_back("Chữ ký của sổ cái trên điểm niêm phong không đúng.");
    std::vector<VerifierKey> known{*log};
    for (const auto& text : policy.witness_keys) {
        const auto key = VerifierKey::parse(text);
        if (!key || key->type != KeyType::cosignature) {
            report.findings.push_back("Khóa của nhân chứng không đúng dạng: " + text + ".");
            continue;
        }
        // The same key twice is one witness.
        if (std::any_of(known.begin(), known.end(),
                        [&](const auto& one) { return one.public_key == key->public_key; }))
            continue;
        known.push_back(*key);
        const bool there =
            std::any_of(note.signatures.begin(), note.signatures.end(),
                        [&](const auto& signature) { return is_by(signature, *key); });
        if (!there) continue;
        if (const auto at = cosigned_at(note, *key))
            report.witnesses.push_back({key->name, *at});
        else
            report.findings.push_back("Chữ ký của nhân chứng " + key->name + " không đúng.");
    }
    for (const auto& signature : note.signatures)
        if (std::none_of(known.begin(), known.end(),
                         [&](const auto& key) { return is_by(signature, key); }))
            report.strangers.push_back(signature.name);
    if (report.witnesses.size() < policy.quorum)
        report.findings.push_back("Cần " + std::to_string(policy.quorum) +
                                  " nhân chứng ký, chỉ có " +
                                  std::to_string(report.witnesses.size()) + ".");
    return report;
}

}  // namespace chilang::ledger
