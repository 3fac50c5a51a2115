#include "dossiers/secret.hpp"

#include "base/sha256.hpp"

namespace chilang::dossiers {

namespace {

constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
static_assert(alphabet.size() == 32);

std::string two(int value) {
    return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

std::string day_part(Date day) {
    const CivilDay d = civil(day);
    return two(d.year % 100) + two(d.month) + two(d.day);
}

}  // namespace

std::string code_counter(std::string_view agency_code, Date day) {
    return "dossier/" + std::string(agency_code) + '/' + day_part(day);
}

std::string dossier_code(std::string_view agency_code, Date day, std::int64_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    return std::string(agency_code) + '-' + day_part(day) + '-' + digits;
}

std::string make_secret(const Hash& house_key, std::string_view command_key) {
    const Hash mac =
        hmac_sha256(view(house_key), "look-up secret of a dossier\n" + std::string(command_key));
    std::string secret;
    for (int i = 0; i < 10; ++i) secret += alphabet[mac.bytes[static_cast<std::size_t>(i)] & 31];
    return secret;
}

Hash secret_hash(const Id& dossier, std::string_view secret) {
    return sha256(to_string(dossier) + ':' + std::string(secret));
}

bool secret_matches(const Id& dossier, const Hash& stored, std::string_view typed) {
    std::string secret;
    for (const char c : typed) {
        if (c == ' ' || c == '-' || c == '.') continue;
        secret += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return constant_time_equal(view(secret_hash(dossier, secret)), view(stored));
}

}  // namespace chilang::dossiers
