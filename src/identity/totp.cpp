// Codes of an authenticator app (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits), the form that every
// app on a phone reads. SHA-1 is what RFC 6238 and the apps agree on; HMAC with it is unbroken.
#include "identity/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace chilang::identity {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";  // RFC 4648 §6

std::string from_base32(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto value = kAlphabet.find(c);
        if (value == kAlphabet.npos) continue;
        bits = bits << 5 | static_cast<std::uint32_t>(value);
        if ((count += 5) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xff);
    }
    return out;
}

}  // namespace

std::string to_base32(std::string_view bytes) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 5;) out += kAlphabet[bits >> (count -= 5) & 31];
    }
    if (count > 0) out += kAlphabet[bits << (5 - count) & 31];
    return out;
}

std::int64_t totp_step(Instant now) {
    return to_microseconds(now) / 30'000'000;
}

std::string totp_code_of_step(std::string_view base32_secret, std::int64_t step) {
    const std::string key = from_base32(base32_secret);
    std::array<unsigned char, 8> message{};
    for (std::size_t i = 8; i-- > 0; step >>= 8)
        message[i] = static_cast<unsigned char>(step & 0xff);
    std::array<unsigned char, 20> mac{};
    unsigned int length = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
         mac.data(), &length);
    const std::size_t at = mac[19] & 15;
    const std::uint32_t value = (mac[at] & 0x7fu) << 24 |
                                static_cast<std::uint32_t>(mac[at + 1]) << 16 |
                                static_cast<std::uint32_t>(mac[at + 2]) << 8 | mac[at + 3];
    const std::string digits = std::to_string(value % 1'000'000);
    return std::string(6 - digits.size(), '0') + digits;
}

std::string totp_code(std::string_view base32_secret, Instant now) {
    return totp_code_of_step(base32_secret, totp_step(now));
}

}  // namespace chilang::identity
