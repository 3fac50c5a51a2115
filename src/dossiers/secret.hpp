// Dossier codes and look-up secrets.
//
// A code is public and guessable (agency, day, number); so a look-up by the public needs the secret
// of the receipt too. Only its hash is stored. It is derived from the command's key, so that a
// repeated submission gives the same receipt although nobody kept the secret.
#pragma once

#include "base/id.hpp"
#include "base/instant.hpp"

#include <string>
#include <string_view>

namespace chilang::dossiers {

std::string code_counter(std::string_view agency_code, Date day);  // name of the lane's counter
std::string dossier_code(std::string_view agency_code, Date day, std::int64_t number);

// Ten signs of 32, without the look-alikes 0, O, 1 and I: 50 bits.
std::string make_secret(const Hash& house_key, std::string_view command_key);
Hash secret_hash(const Id& dossier, std::string_view secret);
// Forgives spaces, dashes and small letters; takes the same time for any wrong secret.
bool secret_matches(const Id& dossier, const Hash& stored, std::string_view typed);

}  // namespace chilang::dossiers
