// Vietnamese text: one place for normalising, comparing and printing.
//
// All text inside the platform is UTF-8 in Unicode form NFC. `fold` is the one way to compare
// without diacritics; the same folded text is stored in the *_fold columns that search uses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::text {

bool is_utf8(std::string_view bytes);

// NFC, control characters removed (newlines kept when `multiline`), spaces collapsed and trimmed.
enum class Lines { single, multiple };
std::string clean(std::string_view input, Lines lines = Lines::single);

// "Đăng ký khai sinh" -> "dang ky khai sinh": lower case, no marks, đ -> d, single spaces.
// Composed and decomposed Latin letters meet; other scripts stay as they are (clean them first).
std::string fold(std::string_view input);

// "Bắc Sơn" -> "BẮC SƠN", for the heads of papers; screens show no words in capitals.
std::string upper(std::string_view input);

std::string_view trim(std::string_view input);
// "a,,b" -> a, "", b; an empty input has no pieces.
std::vector<std::string> split(std::string_view input, char separator);
std::vector<std::string> words(std::string_view folded);
std::size_t length(std::string_view utf8);  // in code points
std::string digits_only(std::string_view input);

// 135408 -> "135.408"
std::string number(std::int64_t value);
// numerator / denominator * scale, rounded half up (away from zero), comma as decimal mark:
// (130733, 132796, 2) is 98.4465… % -> "98,45". "–" when the denominator is 0. At most 9 decimals.
std::string ratio(std::int64_t numerator, std::int64_t denominator, int decimals,
                  std::int64_t scale = 100);
// The same as a plain number for the API: 98.45. 0 when the denominator is 0: look at it first.
double ratio_value(std::int64_t numerator, std::int64_t denominator, int decimals,
                   std::int64_t scale = 100);
// 8 -> "08"; 12 -> "12" (numbers below ten in official prose)
std::string pad2(std::int64_t value);
// 1234567 -> "1.234.567 đ" with a no-break space
std::string money(std::int64_t dong);
// 1234567 -> "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"
std::string money_in_words(std::int64_t dong);

// Collation order of Vietnamese: An < Ánh < Ân < Bích < Dương < Đặng. Negative, zero, positive.
int collate(std::string_view left, std::string_view right);

// & < > " ' become character references: for text and for quoted attributes.
std::string escape_html(std::string_view input);
// Everything but letters, digits and -._~ is percent-encoded (RFC 3986 §2.3).
std::string escape_url(std::string_view input);

// An optional minus and digits, nothing else; empty when it does not fit.
std::optional<std::int64_t> parse_integer(std::string_view input);

}  // namespace chilang::text
