// Time-based codes and the text form of their secrets.
#pragma once

#include "identity/identity.hpp"

namespace chilang::identity {

std::string to_base32(std::string_view bytes);  // without padding
std::int64_t totp_step(Instant now);            // 30-second steps since 1970
std::string totp_code_of_step(std::string_view base32_secret, std::int64_t step);

}  // namespace chilang::identity
