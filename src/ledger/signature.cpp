// Signing by libsodium; the key files of the folder.
#include "ledger/signature.hpp"

#include "base/id.hpp"
#include "base/sha256.hpp"
#include "ledger/tiles.hpp"

#include <sodium.h>
#include <stdexcept>

namespace chilang::ledger {

namespace {

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool good_name(std::string_view name) {
    return !name.empty() && name.find_first_of(" +\n\r\t") == name.npos;
}

}  // namespace

std::string VerifierKey::id() const {
    const std::string data = name + "\n" + static_cast<char>(type) + public_key;
    return std::string(view(sha256(data)).substr(0, 4));
}

std::string VerifierKey::text() const {
    return name + "+" + to_hex(id()) + "+" + to_base64(static_cast<char>(type) + public_key);
}

std::optional<VerifierKey> VerifierKey::parse(std::string_view text) {
    const auto first = text.find('+');
    const auto second = first == text.npos ? first : text.find('+', first + 1);
    if (second == text.npos) return std::nullopt;
    const auto raw = from_base64(text.substr(second + 1));
    if (!raw || raw->size() != 33 || ((*raw)[0] != 1 && (*raw)[0] != 4)) return std::nullopt;
    VerifierKey key{std::string(text.substr(0, first)), static_cast<KeyType>((*raw)[0]),
                    raw->substr(1)};
    if (!good_name(key.name) || to_hex(key.id()) != text.substr(first + 1, second - first - 1))
        return std::nullopt;
    return key;
}

bool verify_signature(std::string_view public_key, std::string_view message,
                      std::string_view signature) {
    return public_key.size() == crypto_sign_PUBLICKEYBYTES &&
           signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(bytes(signature), bytes(message), message.size(),
                                       bytes(public_key)) == 0;
}

std::string open_secret(const std::filesystem::path& file, std::size_t size) {
    if (auto found = read_file(file)) {
        if (found->size() != size)
            throw std::runtime_error("Tệp khóa " + file.string() + " sai độ dài");
        return *found;
    }
    const std::string secret = random_bytes(size);
    write_durably(file, secret);  // made with mode 0600
    return secret;
}

SigningKey SigningKey::open(const std::filesystem::path& file, std::string name, KeyType type) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    if (!good_name(name)) throw std::runtime_error("Tên khóa không hợp lệ: " + name);
    const std::string seed = open_secret(file, crypto_sign_SEEDBYTES);
    SigningKey key;
    key.secret_.resize(crypto_sign_SECRETKEYBYTES);
    key.verifier_ = {std::move(name), type, std::string(crypto_sign_PUBLICKEYBYTES, '\0')};
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(key.verifier_.public_key.data()),
                             reinterpret_cast<unsigned char*>(key.secret_.data()), bytes(seed));
    return key;
}

std::string SigningKey::sign(std::string_view message) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         bytes(message), message.size(), bytes(secret_));
    return signature;
}

}  // namespace chilang::ledger
