// The wrapping of OpenSSL's EVP digest. HMAC is built from two hashes here (RFC 2104, RFC 4231),
// because EVP_MAC fetches and allocates at each call, which for 40-byte tokens is most of the time.
#include "base/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace chilang {

namespace {

constexpr std::size_t kBlockBytes = 64;

const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (fetched == nullptr) throw std::runtime_error("OpenSSL has no SHA-256");
    return fetched;
}

void require(int success) {
    if (success != 1) throw std::runtime_error("OpenSSL failed to hash");
}

Sha256& hasher_of_thread() {
    thread_local Sha256 hasher;
    return hasher;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_) throw std::bad_alloc();
    require(EVP_DigestInit_ex2(context_.get(), algorithm(), nullptr));
}

void Sha256::add(std::string_view data) {
    require(EVP_DigestUpdate(context_.get(), data.data(), data.size()));
}

Hash Sha256::finish() {
    Hash hash;
    require(EVP_DigestFinal_ex(context_.get(), hash.bytes.data(), nullptr));
    require(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr));
    return hash;
}

Hash sha256(std::string_view data) {
    Sha256& hasher = hasher_of_thread();
    hasher.add(data);
    return hasher.finish();
}

Hash hmac_sha256(std::string_view key, std::string_view data) {
    std::array<char, kBlockBytes> block{};
    Hash short_key;
    if (key.size() > kBlockBytes) {
        short_key = sha256(key);
        key = view(short_key);
    }
    if (!key.empty()) std::memcpy(block.data(), key.data(), key.size());
    Sha256& hasher = hasher_of_thread();
    for (char& c : block) c ^= 0x36;
    hasher.add({block.data(), block.size()});
    hasher.add(data);
    const Hash inner = hasher.finish();
    for (char& c : block) c ^= 0x36 ^ 0x5c;
    hasher.add({block.data(), block.size()});
    hasher.add(view(inner));
    OPENSSL_cleanse(block.data(), block.size());
    OPENSSL_cleanse(short_key.bytes.data(), short_key.bytes.size());
    return hasher.finish();
}

bool constant_time_equal(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           (left.empty() || CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0);
}

}  // namespace chilang
