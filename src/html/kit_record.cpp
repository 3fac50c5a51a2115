// A record and what is told about it: facts, history, tasks, figures, the confirmation, the paper.
#include "html/kit.hpp"
#include "html/tone.hpp"

namespace chilang::html {

namespace {

View texts(const std::vector<std::string>& lines) {
    View list = View::list();
    for (const auto& line : lines) list.add(line);
    return list;
}

}  // namespace

View view(const SummaryList& list) {
    View facts = View::list();
    for (const Fact& fact : list.facts) {
        const bool missing = fact.value.empty() && fact.lines.empty() && !fact.tag && !fact.clock;
        facts.add({{"key", fact.key},
                   {"value", fact.value},
                   {"lines", texts(fact.lines)},
                   {"href", fact.href},
                   {"change_href", fact.change_href},
                   {"change_label", fact.change_label},
                   {"source", fact.source},
                   {"tag", fact.tag ? view(*fact.tag) : View()},
                   {"clock", fact.clock ? view(*fact.clock) : View()},
                   {"is_missing", missing},
                   {"missing", fact.missing}});
    }
    return {{"title", list.title}, {"facts", std::move(facts)}};
}

View view(const Timeline& timeline) {
    using Proof = TimelineEvent::Proof;
    static constexpr const char* classes[] = {"", "waiting", "sealed", "broken"};
    View events = View::list();
    for (const TimelineEvent& event : timeline.events) {
        std::string word;
        if (event.proof == Proof::sealed) word = "Đã niêm phong, số " + event.proof_index;
        if (event.proof == Proof::waiting) word = "Đang niêm phong";
        if (event.proof == Proof::broken) word = "Bằng chứng không khớp";
        events.add({{"title", event.title},
                    {"actor", event.actor},
                    {"when", event.when},
                    {"when_iso", event.when_iso},
                    {"note", event.note},
                    {"tone", tone_class(event.tone)},
                    {"proof", classes[static_cast<int>(event.proof)]},
                    {"proof_word", word},
                    {"proof_href", event.proof_href}});
    }
    return {{"events", std::move(events)}};
}

View view(const Banner& banner) {
    static constexpr const char* kinds[] = {"info", "success", "warning", "error"};
    return {{"kind", kinds[static_cast<int>(banner.kind)]},
            {"role", banner.kind == Banner::Kind::error ? "alert" : "status"},
            {"title", banner.title},
            {"text", banner.text},
            {"link_label", banner.link_label},
            {"link_href", banner.link_href}};
}

View view(const TaskList& list) {
    static constexpr const char* classes[] = {"done", "todo", "doing", "blocked", "error"};
    static constexpr const char* words[] = {"Đã xong", "Chưa làm", "Đang làm", "Chưa thể làm",
                                            "Có lỗi"};
    View sections = View::list();
    for (const TaskSection& section : list.sections) {
        View tasks = View::list();
        for (const Task& task : section.tasks) {
            const auto state = static_cast<int>(task.state);
            tasks.add({{"label", task.label},
                       {"href", task.href},
                       {"hint", task.hint},
                       {"state", classes[state]},
                       {"word", words[state]}});
        }
        sections.add({{"title", section.title}, {"tasks", std::move(tasks)}});
    }
    return {{"sections", std::move(sections)}};
}

View view(const FigureTile& tile) {
    return {{"id", tile.id},
            {"label", tile.label},
            {"number", tile.number},
            {"unit", tile.unit},
            {"sentence", tile.sentence},
            {"change", tile.change},
            {"tone", tone_class(tile.tone)},
            {"word", tile.word},
            {"freshness", tile.freshness},
            {"freshness_iso", tile.freshness_iso},
            {"stale", tile.stale},
            {"href", tile.href},
            {"has_drawing", !tile.drawing.empty()},
            {"drawing", tile.drawing},
            {"twin_href", tile.twin_href}};
}

View view(const Confirmation& confirmation) {
    return {{"title", confirmation.title},      {"code_label", confirmation.code_label},
            {"code", confirmation.code},        {"secret_label", confirmation.secret_label},
            {"secret", confirmation.secret},    {"has_next", !confirmation.next.empty()},
            {"next", texts(confirmation.next)}, {"contact", confirmation.contact}};
}

View view(const RecordHead& head) {
    View actions = View::list();
    for (const Button& button : head.actions) actions.add(view(button));
    return {{"title", head.title},
            {"code", head.code},
            {"tag", head.tag ? view(*head.tag) : View()},
            {"clock", head.clock ? view(*head.clock) : View()},
            {"has_actions", !head.actions.empty()},
            {"actions", std::move(actions)}};
}

View view(const Freshness& freshness) {
    return {{"text", freshness.text}, {"iso", freshness.iso}, {"stale", freshness.stale}};
}

View view(const SheetHead& head) {
    return {{"agency_above", head.agency_above},
            {"agency", head.agency},
            {"place_date", head.place_date},
            {"number", head.number}};
}

}  // namespace chilang::html
