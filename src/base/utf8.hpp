// Reading UTF-8 one code point at a time, and the few classes of characters that text cares for.
//
// Only base uses it: others have text::clean, text::fold and text::length.
#pragma once

#include <cstddef>
#include <string_view>

namespace chilang::utf8 {

struct CodePoint {
    char32_t value;
    std::size_t size;  // bytes to step over, at least 1
    bool valid;        // false: not UTF-8 here (Unicode 15 table 3-7); step over one byte
};

inline bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// The code point at `at` (must be inside of `text`). Overlong forms and surrogates are invalid.
inline CodePoint decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t k) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[at + k]));
    };
    const char32_t first = byte(0);
    const std::size_t left = text.size() - at;
    const auto follows = [&](std::size_t count) {
        if (left <= count) return false;
        for (std::size_t k = 1; k <= count; ++k)
            if (!is_continuation(text[at + k])) return false;
        return true;
    };
    if (first < 0x80) return {first, 1, true};
    if (first >= 0xc2 && first < 0xe0 && follows(1))
        return {(first & 0x1f) << 6 | (byte(1) & 0x3f), 2, true};
    if (first >= 0xe0 && first < 0xf0 && follows(2)) {
        const char32_t c = (first & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
        if (c >= 0x800 && (c < 0xd800 || c > 0xdfff)) return {c, 3, true};
    }
    if (first >= 0xf0 && first < 0xf5 && follows(3)) {
        const char32_t c = (first & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 |
                           (byte(3) & 0x3f);
        if (c >= 0x10000 && c <= 0x10ffff) return {c, 4, true};
    }
    return {0xfffd, 1, false};
}

inline bool is_combining_mark(char32_t c) {
    return c >= 0x300 && c < 0x370;
}

// Spaces of any width, and the line separators.
inline bool is_space(char32_t c) {
    return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

// Nothing to see: control characters, zero-width characters, and the direction marks with which a
// text can be made to look like another one (Unicode TR 36 §2).
inline bool is_invisible(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

}  // namespace chilang::utf8
