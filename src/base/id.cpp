// Identifiers, hexadecimal and Base64.
//
// Randomness comes from the kernel at each call (getrandom): no state to seed, to share between
// threads or to duplicate by a fork. One id costs about half a microsecond, far below the row that
// carries it.
#include "base/id.hpp"

#include <sys/random.h>

#include <cerrno>
#include <cstddef>
#include <system_error>

namespace chilang {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void fill_random(void* target, std::size_t count) {
    auto* out = static_cast<char*>(target);
    while (count > 0) {
        const ssize_t got = getrandom(out, count, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "getrandom");
        }
        out += got;
        count -= static_cast<std::size_t>(got);
    }
}

// By table: whether a digit of an id is a letter is a coin's toss, which branches lose half the
// time.
constexpr auto kHexValues = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 10; ++i) values[static_cast<std::size_t>('0' + i)] = std::int8_t(i);
    for (int i = 0; i < 6; ++i)
        values[static_cast<std::size_t>('a' + i)] = values[static_cast<std::size_t>('A' + i)] =
            std::int8_t(10 + i);
    return values;
}();

int hex_value(char c) {
    return kHexValues[static_cast<unsigned char>(c)];
}

int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

bool read_hex(std::string_view hex, std::uint8_t* out) {
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        const int high = hex_value(hex[i]), low = hex_value(hex[i + 1]);
        if (high < 0 || low < 0) return false;
        *out++ = static_cast<std::uint8_t>(high << 4 | low);
    }
    return true;
}

}  // namespace

// RFC 9562 §5.7: 48 bits of milliseconds, version 7, 74 random bits around the variant.
Id new_id(std::int64_t unix_ms) {
    Id id;
    for (int i = 0; i < 6; ++i)
        id.bytes[i] =
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(unix_ms) >> (40 - 8 * i));
    fill_random(id.bytes.data() + 6, 10);
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

std::string to_string(const Id& id) {
    std::string out(36, '-');
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
        out[at++] = kHexDigits[id.bytes[i] >> 4];
        out[at++] = kHexDigits[id.bytes[i] & 15];
    }
    return out;
}

std::optional<Id> parse_id(std::string_view text) {
    static constexpr std::uint8_t places[] = {0,  2,  4,  6,  9,  11, 14, 16,
                                              19, 21, 24, 26, 28, 30, 32, 34};
    if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' ||
        text[23] != '-')
        return std::nullopt;
    Id id;
    int wrong = 0;  // negative once a digit was none
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        const int high = hex_value(text[places[i]]), low = hex_value(text[places[i] + 1u]);
        wrong |= high | low;
        id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return wrong < 0 ? std::nullopt : std::optional(id);
}

std::optional<Hash> parse_hash(std::string_view hex) {
    Hash hash;
    if (hex.size() != 2 * hash.bytes.size() || !read_hex(hex, hash.bytes.data()))
        return std::nullopt;
    return hash;
}

std::string to_hex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kHexDigits[byte >> 4];
        out += kHexDigits[byte & 15];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string out(hex.size() / 2, '\0');
    if (!read_hex(hex, reinterpret_cast<std::uint8_t*>(out.data()))) return std::nullopt;
    return out;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const auto byte = [&](std::size_t k) -> std::uint32_t {
            return k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U;
        };
        const std::uint32_t group = byte(0) << 16 | byte(1) << 8 | byte(2);
        out += kBase64[group >> 18];
        out += kBase64[group >> 12 & 63];
        out += left > 1 ? kBase64[group >> 6 & 63] : '=';
        out += left > 2 ? kBase64[group & 63] : '=';
    }
    return out;
}

// Strict (RFC 4648 §3.3, §3.5): padding required, no other characters, unused bits zero, so that
// each value has exactly one text.
std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        std::size_t kept = 4;
        if (last && text[i + 3] == '=') kept = text[i + 2] == '=' ? 2 : 3;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const int value = k < kept ? base64_value(text[i + k]) : 0;
            if (value < 0) return std::nullopt;
            group = group << 6 | static_cast<std::uint32_t>(value);
        }
        if ((kept == 2 && (group & 0xffff) != 0) || (kept == 3 && (group & 0xff) != 0))
            return std::nullopt;
        for (std::size_t k = 0; k + 1 < kept; ++k)
            out += static_cast<char>(group >> (16 - 8 * k) & 0xff);
    }
    return out;
}

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    fill_random(out.data(), count);
    return out;
}

}  // namespace chilang
