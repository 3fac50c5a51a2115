#include "dossiers/timeline.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "dossiers/rules.hpp"
#include "html/kit.hpp"

namespace chilang::dossiers {

std::string public_name(std::string_view actor) {
    return actor == "citizen" ? "Người nộp" : "Cơ quan giải quyết";
}

std::string OfficialNames::operator()(std::string_view actor) {
    constexpr std::string_view prefix = "position/";
    if (!actor.starts_with(prefix)) return public_name(actor);
    const auto [name, first] = names_.try_emplace(std::string(actor));
    if (first)
        if (const auto position = text::parse_integer(actor.substr(prefix.size())))
            name->second = identity_.name_of_position(connection_, *position);
    return name->second;
}

html::View timeline_view(const std::vector<ledger::ProvenEvent>& events, const NameOf& name_of) {
    html::Timeline timeline;
    for (auto proven = events.rbegin(); proven != events.rend(); ++proven) {
        const ledger::Event& event = proven->event;
        html::TimelineEvent shown;
        shown.title = ledger::kind(static_cast<std::uint8_t>(event.kind)).label;
        shown.actor = name_of(event.actor);
        shown.when = show(event.at);
        shown.when_iso = to_iso(event.at);
        if (const auto facts = json::read<StepFacts>(event.payload)) shown.note = facts->note;
        shown.proof = proven->index ? html::TimelineEvent::Proof::sealed
                                    : html::TimelineEvent::Proof::waiting;
        if (proven->index) {
            shown.proof_index = text::number(*proven->index);
            shown.proof_href = "/api/v1/ledger/proof/" + to_string(event.id);
        }
        timeline.events.push_back(std::move(shown));
    }
    return html::view(timeline);
}

}  // namespace chilang::dossiers
