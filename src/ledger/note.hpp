// Checkpoints as signed notes (C2SP tlog-checkpoint, signed-note, tlog-cosignature).
//
// Body: origin, size, root in base64, each on its line. After an empty line come the signatures,
// "— name base64(key id ‖ signature)". A cosignature of a witness carries its time in front.
#pragma once

#include "base/instant.hpp"
#include "base/id.hpp"
#include "ledger/signature.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::ledger {

struct NoteSignature {
    std::string name;
    std::string key_id;     // 4 bytes
    std::string signature;  // 64 bytes, or 72 with the time of a cosignature
};

struct Note {
    std::string body;  // with its last newline
    std::string origin;
    std::int64_t size = 0;
    Hash root{};
    std::vector<NoteSignature> signatures;
};

std::string note_body(std::string_view origin, std::int64_t size, const Hash& root);
std::string sign_note(const std::string& body, const SigningKey& key);  // body, blank, one line
// The line of a witness; `at` is cut to seconds.
std::string cosign(const std::string& body, const SigningKey& key, Instant at);

// Strict: anything but a well-formed checkpoint of at most 64 KiB answers nothing.
std::optional<Note> parse_note(std::string_view text);
std::optional<NoteSignature> parse_signature_line(std::string_view line);  // without newline

// True when a signature of that key is there and right. Signatures of other keys are ignored.
bool signed_by(const Note& note, const VerifierKey& key);
// When the witness with that key signed; empty when its signature is missing or wrong.
std::optional<Instant> cosigned_at(const Note& note, const VerifierKey& key);

}  // namespace chilang::ledger
