// The state machine of a witness; the order of the checks is that of C2SP tlog-witness.
#include "ledger/witness.hpp"

#include "base/text.hpp"
#include "ledger/merkle.hpp"
#include "ledger/tiles.hpp"

#include <stdexcept>

namespace chilang::ledger {

namespace {

struct Request {
    std::int64_t old_size = 0;
    merkle::Proof proof;
    Note note;
};

std::optional<Hash> hash_of(std::string_view base64) {
    const auto raw = from_base64(base64);
    if (!raw || raw->size() != 32) return std::nullopt;
    Hash hash;
    std::copy(raw->begin(), raw->end(), hash.bytes.begin());
    return hash;
}

std::optional<Request> parse(std::string_view body) {
    const auto blank = body.find("\n\n");
    if (blank == body.npos || !body.starts_with("old ")) return std::nullopt;
    const auto lines = text::split(body.substr(4, blank - 4), '\n');
    if (lines.empty()) return std::nullopt;
    const auto size = text::parse_integer(lines[0]);
    if (!size || *size < 0 || std::to_string(*size) != lines[0] || lines.size() > 64)
        return std::nullopt;
    Request request{*size, {}, {}};
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto hash = hash_of(lines[i]);
        if (!hash) return std::nullopt;
        request.proof.push_back(*hash);
    }
    auto note = parse_note(body.substr(blank + 2));
    if (!note) return std::nullopt;
    request.note = std::move(*note);
    return request;
}

}  // namespace

Witness::Witness(std::filesystem::path folder, std::string name,
                 const std::vector<std::string>& log_keys)
    : folder_(std::move(folder)),
      key_(SigningKey::open(folder_ / "witness.key", std::move(name), KeyType::cosignature)) {
    for (const auto& text : log_keys) {
        auto key = VerifierKey::parse(text);
        if (!key || key->type != KeyType::note)
            throw std::runtime_error("Khóa công khai của sổ cái không đúng dạng: " + text);
        logs_[key->name] = *key;
    }
    const auto state = read_file(folder_ / "seen").value_or("");
    for (const auto& line : text::split(state, '\n')) {
        if (line.empty()) continue;
        const auto words = text::split(line, ' ');
        const auto size = words.size() == 3 ? text::parse_integer(words[1]) : std::nullopt;
        const auto root = words.size() == 3 ? hash_of(words[2]) : std::nullopt;
        // A witness that forgot would vouch for anything: better none than that.
        if (!size || !root) throw std::runtime_error("Tệp trạng thái của nhân chứng hỏng");
        seen_[words[0]] = {*size, *root};
    }
}

void Witness::save(const std::map<std::string, Seen>& seen) const {
    std::string text;
    for (const auto& [origin, one] : seen)
        text += origin + " " + std::to_string(one.size) + " " + to_base64(view(one.root)) + "\n";
    write_durably(folder_ / "seen", text);
}

WitnessAnswer Witness::add_checkpoint(std::string_view body, Instant now) {
    const auto request = parse(body);
    if (!request) return {400, "text/plain; charset=utf-8", "malformed request\n"};
    const auto& note = request->note;
    const auto log = logs_.find(note.origin);
    if (log == logs_.end()) return {404, "text/plain; charset=utf-8", "unknown log\n"};
    if (!signed_by(note, log->second)) return {403, "text/plain; charset=utf-8", "no valid signature\n"};
    if (request->old_size > note.size)
        return {400, "text/plain; charset=utf-8", "old size above checkpoint size\n"};
    const std::lock_guard lock(mutex_);
    auto seen = seen_;
    auto& last = seen[note.origin];
    if (last.size == 0) last.root = merkle::empty_root();
    const WitnessAnswer conflict{409, "text/x.tlog.size", std::to_string(last.size) + "\n"};
    if (request->old_size != last.size) return conflict;
    if (note.size == last.size && note.root != last.root) return conflict;
    if (!merkle::verify_consistency(last.size, last.root, note.size, note.root, request->proof))
        return {422, "text/plain; charset=utf-8", "consistency proof does not verify\n"};
    last = {note.size, note.root};
    save(seen);
    seen_ = std::move(seen);
    return {200, "text/plain; charset=utf-8", cosign(note.body, key_, now)};
}

}  // namespace chilang::ledger
