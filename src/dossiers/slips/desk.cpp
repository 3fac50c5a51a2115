#include "dossiers/slips/desk.hpp"

#include "identity/identity.hpp"
#include "ledger/ledger.hpp"

namespace chilang::dossiers {

std::optional<std::string> slip_pdf(Service& service, const Dossier& dossier, Slip slip,
                                    Instant now, const std::string& secret, Copies copies) {
    Platform& platform = service.platform();
    const auto procedures = service.procedures();
    const auto places = platform.places.now();
    const std::string stream = dossier_stream(dossier.id);
    auto connection = platform.pool.lease();
    SlipSource source{.dossier = dossier,
                      .procedure = service.procedure(dossier, *procedures),
                      .places = *places,
                      .calendar = service.calendar_of(dossier),
                      .events = platform.ledger.stream(*connection, stream),
                      .files = platform.files.of(*connection, stream),
                      .name_of = OfficialNames(platform.identity, *connection),
                      .public_url = platform.public_url,
                      .secret = secret,
                      .now = now};
    auto first = print(slip, source);
    if (!first) return std::nullopt;
    std::vector<paper::Document> documents{std::move(*first)};
    if (copies == Copies::with_the_agencys) {
        source.secret.clear();
        documents.push_back(*print(slip, source));
    }
    return paper::pdf(documents);
}

std::string slip_file_name(const Dossier& dossier, Slip slip) {
    return std::string(address(slip)) + "-" + dossier.code + ".pdf";
}

}  // namespace chilang::dossiers
