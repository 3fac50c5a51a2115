#include "dossiers/officer/counter.hpp"

#include "base/text.hpp"
#include "dossiers/secret.hpp"
#include "dossiers/store.hpp"
#include "ledger/ledger.hpp"

namespace chilang::dossiers {

namespace {

constexpr std::string_view open_of_person =
    "SELECT id, code, procedure, status, submitted_at FROM dossiers.dossier"
    " WHERE applicant->>'citizen_id' = $1 AND agency = ANY($2::bigint[]) AND status IN"
    " ('submitted', 'accepted', 'processing', 'waiting_applicant', 'deciding')"
    " ORDER BY id DESC LIMIT 5";
constexpr std::string_view usual_of_agency =
    "SELECT procedure FROM (SELECT procedure FROM dossiers.dossier WHERE agency = $1"
    " ORDER BY id DESC LIMIT 300) newest GROUP BY procedure ORDER BY count(*) DESC, procedure"
    " LIMIT 8";

}  // namespace

std::optional<Card> read_card(std::string_view scanned) {
    const auto parts = text::split(text::clean(scanned), '|');
    if (parts.size() < 6 || parts[0].size() != 12 || text::digits_only(parts[0]).size() != 12)
        return std::nullopt;
    return Card{parts[0], text::clean(parts[2]), text::clean(parts[5])};
}

std::vector<Earlier> earlier_of(Service& service, const identity::Actor& actor,
                                std::string_view citizen_id, std::string_view own_key,
                                Instant now) {
    const std::string digits = text::digits_only(citizen_id);
    if (digits.size() != 12) return {};
    auto connection = service.platform().pool.lease();
    const std::string own = make_secret(service.platform().ledger.stream_key(), own_key);
    std::vector<Earlier> found;
    for (const Earlier& earlier :
         connection->query(open_of_person, {digits, actor.agencies}).as<Earlier>()) {
        const auto dossier = load(*connection, earlier.id);
        if (!dossier || secret_matches(dossier->id, dossier->secret, own)) continue;
        service.looked_at(actor, *dossier, "đối chiếu khi tiếp nhận", now);
        found.push_back(earlier);
    }
    return found;
}

std::vector<const Procedure*> usual_at(Service& service, const Procedures& procedures,
                                       std::int64_t agency) {
    std::vector<const Procedure*> found;
    auto connection = service.platform().pool.lease();
    const auto rows = connection->query(usual_of_agency, {agency});
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (const Procedure* procedure = procedures.find(rows.at(i, 0).integer()))
            found.push_back(procedure);
    return found;
}

}  // namespace chilang::dossiers
