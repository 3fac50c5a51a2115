// Writing and reading signed notes.
#include "ledger/note.hpp"

#include <charconv>

namespace chilang::ledger {

namespace {

constexpr std::int64_t latest_second = 253'402'300'799;  // the end of the year 9999
constexpr std::string_view dash = "\xE2\x80\x94 ";       // em dash and a space

std::string signature_line(const VerifierKey& key, const std::string& signature) {
    return std::string(dash) + key.name + " " + to_base64(key.id() + signature) + "\n";
}

std::string cosigned_message(std::string_view body, std::int64_t seconds) {
    return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(body);
}

// Cuts one line off; nothing when no newline is left.
std::optional<std::string_view> take_line(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == text.npos) return std::nullopt;
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::int64_t> size_of(std::string_view digits) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (value < 0 || std::to_string(value) != digits) return std::nullopt;
    return value;
}

}  // namespace

std::string note_body(std::string_view origin, std::int64_t size, const Hash& root) {
    return std::string(origin) + "\n" + std::to_string(size) + "\n" + to_base64(view(root)) + "\n";
}

std::string sign_note(const std::string& body, const SigningKey& key) {
    return body + "\n" + signature_line(key.verifier(), key.sign(body));
}

std::string cosign(const std::string& body, const SigningKey& key, Instant at) {
    const auto seconds = to_microseconds(at) / 1'000'000;
    std::string stamp;
    for (int shift = 56; shift >= 0; shift -= 8) stamp += static_cast<char>(seconds >> shift);
    return signature_line(key.verifier(), stamp + key.sign(cosigned_message(body, seconds)));
}

std::optional<NoteSignature> parse_signature_line(std::string_view line) {
    if (!line.starts_with(dash)) return std::nullopt;
    line.remove_prefix(dash.size());
    const auto space = line.find(' ');
    if (space == line.npos || space == 0) return std::nullopt;
    const auto raw = from_base64(line.substr(space + 1));
    if (!raw || raw->size() < 5) return std::nullopt;
    return NoteSignature{std::string(line.substr(0, space)), raw->substr(0, 4), raw->substr(4)};
}

std::optional<Note> parse_note(std::string_view text) {
    if (text.size() > 65536) return std::nullopt;
    const auto blank = text.find("\n\n");
    if (blank == text.npos) return std::nullopt;
    Note note;
    note.body = text.substr(0, blank + 1);
    std::string_view body = note.body;
    const auto origin = take_line(body), size = take_line(body), root = take_line(body);
    if (!origin || origin->empty() || !size || !root) return std::nullopt;
    const auto count = size_of(*size);
    const auto hash = from_base64(*root);
    if (!count || !hash || hash->size() != 32) return std::nullopt;
    note.origin = *origin;
    note.size = *count;
    std::copy(hash->begin(), hash->end(), note.root.bytes.begin());
    text.remove_prefix(blank + 2);
    while (!text.empty()) {
        const auto line = take_line(text);
        if (!line) return std::nullopt;
        auto signature = parse_signature_line(*line);
        if (!signature) return std::nullopt;
        note.signatures.push_back(std::move(*signature));
    }
    if (note.signatures.empty()) return std::nullopt;
    return note;
}

bool signed_by(const Note& note, const VerifierKey& key) {
    if (key.type == KeyType::cosignature) return cosigned_at(note, key).has_value();
    for (const auto& one : note.signatures)
        if (one.name == key.name && one.key_id == key.id())
            return verify_signature(key.public_key, note.body, one.signature);
    return false;
}

std::optional<Instant> cosigned_at(const Note& note, const VerifierKey& key) {
    for (const auto& one : note.signatures) {
        if (one.name != key.name || one.key_id != key.id()) continue;
        if (one.signature.size() != 72) return std::nullopt;
        std::uint64_t stamp = 0;
        for (int i = 0; i < 8; ++i)
            stamp = stamp << 8 | static_cast<std::uint8_t>(one.signature[i]);
        const auto seconds = static_cast<std::int64_t>(stamp);
        if (seconds < 0 || seconds > latest_second) return std::nullopt;
        if (!verify_signature(key.public_key, cosigned_message(note.body, seconds),
                              std::string_view(one.signature).substr(8)))
            return std::nullopt;
        return from_microseconds(seconds * 1'000'000);
    }
    return std::nullopt;
}

}  // namespace chilang::ledger
