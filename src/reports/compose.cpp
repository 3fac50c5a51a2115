#include "reports/compose.hpp"

#include "reports/check.hpp"

#include <set>

namespace chilang::reports {
namespace {

bool is_period(std::string_view name) {
    return name == "from" || name == "to";
}

std::set<std::string> needed(const Outline& outline) {
    std::set<std::string> names = figures_of_relations();
    for (const Paragraph& paragraph : outline.paragraphs)
        for (const Part& part : paragraph.parts)
            if (!part.figure.empty() && !is_period(part.figure)) names.insert(part.figure);
    return names;
}

}  // namespace

Composed compose(const Outline& outline, const figures::Figures& figures, Instant now) {
    Composed report{.outline = outline, .draft_mark = "DỰ THẢO"};
    // A step may be folded in between two reads: take all again until they agree on the position.
    for (int attempt = 0; attempt < 5; ++attempt) {
        report.figures.clear();
        report.position = figures.position();
        bool agree = true;
        for (const std::string& name : needed(outline)) {
            const figures::Query query{
                .metric = name, .from = outline.from, .to = outline.to, .now = now};
            const figures::Metric* metric = figures.metric(name);
            if (!metric) throw std::out_of_range("mẫu báo cáo nhắc tới chỉ số chưa có: " + name);
            BoundFigure bound{
                figures.value(query), metric->title, figures.definition(query),
                "/so-lieu/" + name + "?from=" + to_iso(outline.from) + "&to=" + to_iso(outline.to)};
            agree = agree && bound.figure.position == report.position;
            report.figures.emplace(name, std::move(bound));
        }
        if (agree) break;
    }
    return report;
}

std::string prose_of(const Part& part, const Outline& outline) {
    if (part.figure == "from") return show(outline.from);
    if (part.figure == "to") return show(outline.to);
    return part.prose;
}

}  // namespace chilang::reports
