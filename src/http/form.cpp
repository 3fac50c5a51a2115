// Urlencoded forms, percent signs and cookies.
#include "http/form.hpp"

#include "base/text.hpp"

namespace chilang::http {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string lower(std::string_view ascii) {
    std::string out(ascii);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
        }
    }
    return out;
}

bool is_plain_text(std::string_view bytes) {
    return bytes.find('\0') == bytes.npos && text::is_utf8(bytes);
}

FormFault parse_urlencoded(std::string_view text, const FormLimits& limits, Pairs& out) {
    while (!text.empty()) {
        const auto amp = text.find('&');
        const std::string_view pair = text.substr(0, amp);
        text = amp == text.npos ? std::string_view() : text.substr(amp + 1);
        if (pair.empty()) continue;
        if (out.size() >= limits.fields_max) return FormFault::too_many;
        const auto equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals), Plus::space);
        auto value = percent_decode(
            equals == pair.npos ? std::string_view() : pair.substr(equals + 1), Plus::space);
        if (!name || !value) return FormFault::malformed;
        if (!is_plain_text(*name) || !is_plain_text(*value)) return FormFault::not_utf8;
        if (name->size() > limits.name_max || value->size() > limits.value_max)
            return FormFault::too_many;
        out.emplace_back(std::move(*name), std::move(*value));
    }
    return FormFault::none;
}

Pairs parse_cookies(std::string_view header) {
    Pairs out;
    while (!header.empty() && out.size() < 64) {
        const auto end = header.find(';');
        const std::string_view pair = text::trim(header.substr(0, end));
        header = end == header.npos ? std::string_view() : header.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals == pair.npos || equals == 0) continue;
        std::string_view value = pair.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (is_plain_text(pair)) out.emplace_back(pair.substr(0, equals), value);
    }
    return out;
}

}  // namespace chilang::http
