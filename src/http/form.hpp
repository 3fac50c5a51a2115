// Readers of what browsers send: addresses, forms, cookies. Pure functions over bytes, fuzzed.
//
// They refuse instead of guessing: a broken percent sign, bytes that are not UTF-8, a NUL, more
// fields than any page of ours has. Cleaning (NFC, blanks) is left to the modules' forms.
#pragma once

#include "http/http.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::http {

enum class FormFault { none, malformed, too_many, not_utf8 };

struct FormLimits {
    std::size_t fields_max = 512;
    std::size_t uploads_max = 64;
    std::size_t name_max = 128;          // bytes
    std::size_t value_max = 256 * 1024;  // bytes of one text field
};

enum class Plus { as_is, space };
// Nothing for "%4", "%zz". The result may be any bytes.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

// UTF-8 without NUL: what every name, value and path must be.
bool is_plain_text(std::string_view bytes);

// application/x-www-form-urlencoded, also the query of an address. Appends to `out`.
FormFault parse_urlencoded(std::string_view text, const FormLimits& limits, Pairs& out);

// multipart/form-data (RFC 7578) with the boundary of `content_type`.
FormFault parse_multipart(std::string_view body, std::string_view content_type,
                          const FormLimits& limits, Pairs& fields, std::vector<Upload>& uploads);

// "a=1; b=2"; what is not a pair is passed over, as browsers may hold strangers' cookies.
Pairs parse_cookies(std::string_view header);

std::string lower(std::string_view ascii);

}  // namespace chilang::http
