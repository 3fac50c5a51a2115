// Ed25519 keys and signatures, and their names in signed notes (C2SP signed-note, tlog-cosignature).
//
// A verifier key is "name+keyid+base64(type ‖ public key)"; type 0x01 signs notes, type 0x04 signs
// timestamped cosignatures. Secret keys live in one file, readable by the owner only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace chilang::ledger {

enum class KeyType : std::uint8_t { note = 1, cosignature = 4 };

struct VerifierKey {
    std::string name;
    KeyType type = KeyType::note;
    std::string public_key;  // 32 bytes
    std::string id() const;  // 4 bytes
    std::string text() const;
    static std::optional<VerifierKey> parse(std::string_view text);
};

bool verify_signature(std::string_view public_key, std::string_view message,
                      std::string_view signature);

class SigningKey {
public:
    // Reads the 32-byte seed, or makes it with mode 0600; throws std::runtime_error.
    static SigningKey open(const std::filesystem::path& file, std::string name, KeyType type);
    std::string sign(std::string_view message) const;  // 64 bytes
    const VerifierKey& verifier() const { return verifier_; }

private:
    std::string secret_;
    VerifierKey verifier_;
};

// A file of `size` random bytes, made with mode 0600 if it is not there.
std::string open_secret(const std::filesystem::path& file, std::size_t size);

}  // namespace chilang::ledger
