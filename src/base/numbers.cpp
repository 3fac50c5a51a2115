// Numbers as people in Viet Nam read them: dots between thousands, a comma before decimals, money
// in words on receipts and decisions.
//
// All arithmetic is on integers (128 bits inside of ratio), so that a printed percentage is exactly
// the quotient of the two counted numbers, rounded once.
#include "base/text.hpp"

#include <cstdlib>

namespace chilang::text {

namespace {

__extension__ typedef __int128 Wide;

constexpr int kDecimalsMax = 9;

std::int64_t power_of_ten(int exponent) {
    std::int64_t value = 1;
    for (int i = 0; i < exponent; ++i) value *= 10;
    return value;
}

std::uint64_t magnitude(std::int64_t value) {
    return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

std::string grouped(std::uint64_t value) {
    const std::string digits = std::to_string(value);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += '.';
        out += digits[i];
    }
    return out;
}

int decimals_within_limits(int decimals) {
    return decimals < 0 ? 0 : decimals > kDecimalsMax ? kDecimalsMax : decimals;
}

// numerator / denominator * scale in units of 10^-decimals; halves go away from zero.
std::int64_t scaled_ratio(std::int64_t numerator, std::int64_t denominator, int decimals,
                          std::int64_t scale) {
    const Wide dividend = Wide{numerator} * scale * power_of_ten(decimals);
    const bool negative = (dividend < 0) != (denominator < 0);
    const Wide above = dividend < 0 ? -dividend : dividend;
    const Wide below = denominator < 0 ? -Wide{denominator} : Wide{denominator};
    const Wide rounded = (above * 2 + below) / (below * 2);
    return static_cast<std::int64_t>(negative ? -rounded : rounded);
}

constexpr const char* kDigits[] = {"không", "một", "hai", "ba",  "bốn",
                                   "năm",   "sáu", "bảy", "tám", "chín"};

void add_word(std::string& out, std::string_view word) {
    if (!out.empty()) out += ' ';
    out += word;
}

// 0 < value < 1000. `full`: something stands before it, so "không trăm" and "linh" are spoken.
void add_group(std::string& out, int value, bool full) {
    const int hundreds = value / 100, tens = value / 10 % 10, ones = value % 10;
    if (hundreds > 0 || full) {
        add_word(out, kDigits[hundreds]);
        add_word(out, "trăm");
    }
    if (tens == 0) {
        if (ones == 0) return;
        if (hundreds > 0 || full) add_word(out, "linh");
        add_word(out, kDigits[ones]);
        return;
    }
    if (tens == 1) {
        add_word(out, "mười");
    } else {
        add_word(out, kDigits[tens]);
        add_word(out, "mươi");
    }
    if (ones == 0) return;
    if (ones == 5)
        add_word(out, "lăm");
    else if (tens > 1 && ones == 1)
        add_word(out, "mốt");
    else if (tens > 1 && ones == 4)
        add_word(out, "tư");
    else
        add_word(out, kDigits[ones]);
}

// value > 0. Above 999 999 999 the words for the thousands of millions are spoken before "tỷ".
void add_words(std::string& out, std::uint64_t value, bool full) {
    constexpr std::uint64_t billion = 1'000'000'000;
    if (value >= billion) {
        add_words(out, value / billion, full);
        add_word(out, "tỷ");
        value %= billion;
        full = true;
    }
    const struct {
        std::uint64_t unit;
        const char* name;
    } groups[] = {{1'000'000, "triệu"}, {1'000, "nghìn"}, {1, ""}};
    for (const auto& group : groups) {
        const int part = static_cast<int>(value / group.unit % 1000);
        if (part == 0) continue;
        add_group(out, part, full);
        if (*group.name != '\0') add_word(out, group.name);
        full = true;
    }
}

}  // namespace

std::string number(std::int64_t value) {
    return (value < 0 ? "-" : "") + grouped(magnitude(value));
}

std::string ratio(std::int64_t numerator, std::int64_t denominator, int decimals,
                  std::int64_t scale) {
    if (denominator == 0) return "–";
    decimals = decimals_within_limits(decimals);
    const std::int64_t value = scaled_ratio(numerator, denominator, decimals, scale);
    const auto unit = static_cast<std::uint64_t>(power_of_ten(decimals));
    std::string out = (value < 0 ? "-" : "") + grouped(magnitude(value) / unit);
    if (decimals > 0) {
        const std::string digits = std::to_string(magnitude(value) % unit);
        out += ',';
        out.append(static_cast<std::size_t>(decimals) - digits.size(), '0');
        out += digits;
    }
    return out;
}

double ratio_value(std::int64_t numerator, std::int64_t denominator, int decimals,
                   std::int64_t scale) {
    if (denominator == 0) return 0;
    decimals = decimals_within_limits(decimals);
    return static_cast<double>(scaled_ratio(numerator, denominator, decimals, scale)) /
           static_cast<double>(power_of_ten(decimals));
}

std::string pad2(std::int64_t value) {
    return (value >= 0 && value < 10 ? "0" : "") + std::to_string(value);
}

std::string money(std::int64_t dong) {
    return number(dong) + "\u00a0đ";
}

std::string money_in_words(std::int64_t dong) {
    if (dong == 0) return "không đồng";
    std::string out = dong < 0 ? "âm" : "";
    add_words(out, magnitude(dong), false);
    return out + " đồng";
}

}  // namespace chilang::text
