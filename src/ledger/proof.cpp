// Writing and reading tlog-proof texts.
#include "ledger/proof.hpp"

#include "base/text.hpp"

namespace chilang::ledger {

namespace {
constexpr std::string_view header = "c2sp.org/tlog-proof@v1\n";
}

std::string write_proof(const TlogProof& proof) {
    std::string out(header);
    out += "extra " + to_base64(proof.extra) + "\nindex " + std::to_string(proof.index) + "\n";
    for (const auto& hash : proof.hashes) out += to_base64(view(hash)) + "\n";
    return out + "\n" + proof.checkpoint;
}

std::optional<TlogProof> parse_proof(std::string_view text) {
    if (text.size() > 1 << 20 || !text.starts_with(header)) return std::nullopt;
    text.remove_prefix(header.size());
    const auto blank = text.find("\n\n");
    if (blank == text.npos) return std::nullopt;
    TlogProof proof;
    proof.checkpoint = text.substr(blank + 2);
    text = text.substr(0, blank);
    bool have_index = false, have_extra = false;
    for (const auto& line : text::split(text, '\n')) {
        if (!have_index && !have_extra && line.starts_with("extra ")) {
            auto extra = from_base64(std::string_view(line).substr(6));
            if (!extra) return std::nullopt;
            proof.extra = std::move(*extra);
            have_extra = true;
        } else if (!have_index) {
            if (!line.starts_with("index ")) return std::nullopt;
            const auto index = text::parse_integer(std::string_view(line).substr(6));
            if (!index || *index < 0 || "index " + std::to_string(*index) != line)
                return std::nullopt;
            proof.index = *index;
            have_index = true;
        } else {
            const auto raw = from_base64(line);
            if (!raw || raw->size() != 32 || proof.hashes.size() == 63) return std::nullopt;
            Hash hash;
            std::copy(raw->begin(), raw->end(), hash.bytes.begin());
            proof.hashes.push_back(hash);
        }
    }
    if (!have_index) return std::nullopt;
    return proof;
}

}  // namespace chilang::ledger
