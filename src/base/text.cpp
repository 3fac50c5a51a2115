// Normalising, cutting, comparing and escaping text. The only file that includes ICU.
//
// NFC is asked of ICU only when a character is present that might change: Vietnamese as it is
// usually typed consists of characters below U+0300 and of U+1EA0..U+1EF9, which are NFC already.
#include "base/text.hpp"

#include "base/utf8.hpp"

#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <charconv>
#include <memory>
#include <stdexcept>

namespace chilang::text {

namespace {

void check(UErrorCode code, const char* what) {
    if (U_FAILURE(code)) throw std::runtime_error(std::string(what) + ": " + u_errorName(code));
}

// UTF-8 to NFC by way of UTF-16; bytes that are not UTF-8 become U+FFFD.
std::string normalize(std::string_view input) {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2* nfc = unorm2_getNFCInstance(&code);
    check(code, "unorm2_getNFCInstance");
    std::u16string wide(input.size() + 1, u'\0');
    std::int32_t length = 0;
    u_strFromUTF8WithSub(wide.data(), static_cast<std::int32_t>(wide.size()), &length, input.data(),
                         static_cast<std::int32_t>(input.size()), 0xfffd, nullptr, &code);
    check(code, "u_strFromUTF8WithSub");
    std::u16string composed(static_cast<std::size_t>(length) * 3 + 1, u'\0');
    const std::int32_t composed_length =
        unorm2_normalize(nfc, wide.data(), length, composed.data(),
                         static_cast<std::int32_t>(composed.size()), &code);
    check(code, "unorm2_normalize");
    std::string out(static_cast<std::size_t>(composed_length) * 3 + 1, '\0');
    std::int32_t out_length = 0;
    u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &out_length, composed.data(),
                composed_length, &code);
    check(code, "u_strToUTF8");
    out.resize(static_cast<std::size_t>(out_length));
    return out;
}

bool surely_normal(std::string_view input) {
    for (std::size_t i = 0; i < input.size();) {
        const utf8::CodePoint point = utf8::decode(input, i);
        const bool vietnamese = point.value >= 0x1ea0 && point.value <= 0x1ef9;
        if (!point.valid || (point.value >= 0x300 && !vietnamese)) return false;
        i += point.size;
    }
    return true;
}

bool is_line_end(char32_t c) {
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

// Drops what cannot be seen; runs of spaces become one space, and with `multiple` runs of line ends
// become one or two (a paragraph).
std::string tidy(std::string_view input, Lines lines) {
    std::string out;
    out.reserve(input.size());
    bool space = false;
    int line_ends = 0;
    for (std::size_t i = 0; i < input.size();) {
        const utf8::CodePoint point = utf8::decode(input, i);
        const std::string_view bytes = input.substr(i, point.size);
        i += point.size;
        if (is_line_end(point.value)) {
            const bool pair = point.value == '\r' && i < input.size() && input[i] == '\n';
            if (!pair && lines == Lines::multiple) ++line_ends;
            space = true;
        } else if (utf8::is_space(point.value)) {
            space = true;
        } else if (!utf8::is_invisible(point.value)) {
            if (!out.empty()) {
                if (line_ends > 0)
                    out.append(line_ends > 1 ? 2 : 1, '\n');
                else if (space)
                    out += ' ';
            }
            space = false;
            line_ends = 0;
            out += bytes;
        }
    }
    return out;
}

struct CloseCollator {
    void operator()(UCollator* collator) const { ucol_close(collator); }
};

const UCollator* vietnamese_collator() {
    thread_local const std::unique_ptr<UCollator, CloseCollator> collator = [] {
        UErrorCode code = U_ZERO_ERROR;
        std::unique_ptr<UCollator, CloseCollator> made{ucol_open("vi", &code)};
        check(code, "ucol_open");
        return made;
    }();
    return collator.get();
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const utf8::CodePoint point = utf8::decode(bytes, i);
        if (!point.valid) return false;
        i += point.size;
    }
    return true;
}

// Tidied first: a character that goes away may have stood between a letter and its mark.
std::string clean(std::string_view input, Lines lines) {
    if (surely_normal(input)) return tidy(input, lines);
    return tidy(normalize(tidy(normalize(input), lines)), lines);
}

std::string upper(std::string_view input) {
    UErrorCode code = U_ZERO_ERROR;
    std::u16string wide(input.size() + 1, u'\0');
    std::int32_t length = 0;
    u_strFromUTF8WithSub(wide.data(), static_cast<std::int32_t>(wide.size()), &length, input.data(),
                         static_cast<std::int32_t>(input.size()), 0xfffd, nullptr, &code);
    std::u16string capitals(static_cast<std::size_t>(length) * 3 + 1, u'\0');
    length = u_strToUpper(capitals.data(), static_cast<std::int32_t>(capitals.size()), wide.data(),
                          length, "vi", &code);
    std::string out(static_cast<std::size_t>(length) * 3 + 1, '\0');
    std::int32_t out_length = 0;
    u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &out_length, capitals.data(),
                length, &code);
    check(code, "u_strToUpper");
    out.resize(static_cast<std::size_t>(out_length));
    return out;
}

std::string_view trim(std::string_view input) {
    constexpr std::string_view spaces = " \t\r\n";
    const auto first = input.find_first_not_of(spaces);
    if (first == input.npos) return {};
    return input.substr(first, input.find_last_not_of(spaces) - first + 1);
}

std::vector<std::string> split(std::string_view input, char separator) {
    std::vector<std::string> pieces;
    if (input.empty()) return pieces;
    while (true) {
        const auto end = input.find(separator);
        pieces.emplace_back(input.substr(0, end));
        if (end == input.npos) return pieces;
        input.remove_prefix(end + 1);
    }
}

std::vector<std::string> words(std::string_view folded) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : folded) {
        const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (part) {
            word += c;
        } else if (!word.empty()) {
            out.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) out.push_back(std::move(word));
    return out;
}

std::size_t length(std::string_view utf8) {
    std::size_t count = 0;
    for (const char c : utf8) count += utf8::is_continuation(c) ? 0 : 1;
    return count;
}

std::string digits_only(std::string_view input) {
    std::string out;
    for (const char c : input)
        if (c >= '0' && c <= '9') out += c;
    return out;
}

int collate(std::string_view left, std::string_view right) {
    UErrorCode code = U_ZERO_ERROR;
    const UCollationResult result =
        ucol_strcollUTF8(vietnamese_collator(), left.data(), static_cast<std::int32_t>(left.size()),
                         right.data(), static_cast<std::int32_t>(right.size()), &code);
    check(code, "ucol_strcollUTF8");
    return static_cast<int>(result);
}

std::string escape_html(std::string_view input) {
    std::string out;
    out.reserve(input.size() + input.size() / 8);
    for (const char c : input) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    return out;
}

std::string escape_url(std::string_view input) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : input) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::optional<std::int64_t> parse_integer(std::string_view input) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(input.data(), input.data() + input.size(), value);
    if (error != std::errc{} || end != input.data() + input.size()) return std::nullopt;
    return value;
}

}  // namespace chilang::text
