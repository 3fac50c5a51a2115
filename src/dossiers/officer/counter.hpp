// What the counter knows before the officer has typed anything: the card, the person's open
// dossiers, what is usually received here.
#pragma once

#include "dossiers/service.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::dossiers {

// Filled in from the QR code of the identity card, which is not signed: to compare with the card.
struct Card {
    std::string citizen_id, name, address;
};
// Seven parts with "|": id, old id, name, birth, sex, residence, issued.
std::optional<Card> read_card(std::string_view scanned);

struct Earlier {
    Id id{};
    std::string code;
    std::int64_t procedure = 0;
    Status status = Status::submitted;
    Instant submitted_at{};
};
BOOST_DESCRIBE_STRUCT(Earlier, (), (id, code, procedure, status, submitted_at))
// Open dossiers of this person within the officer's reach, newest first; not the one that the
// command `own_key` made, for a form sent twice is no second dossier. Finding one is a look at
// personal data and written down as such.
std::vector<Earlier> earlier_of(Service& service, const identity::Actor& actor,
                                std::string_view citizen_id, std::string_view own_key, Instant now);

// The procedures most received by this agency of late, most frequent first.
std::vector<const Procedure*> usual_at(Service& service, const Procedures& procedures,
                                       std::int64_t agency);

}  // namespace chilang::dossiers
