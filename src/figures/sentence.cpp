// A figure in words, made from the same predicate that counts it.
#include "base/text.hpp"
#include "figures/predicate.hpp"
#include "figures/state.hpp"

namespace chilang::figures {

namespace {

struct Sentences {
    const Figures& figures;
    std::string period;  // "trong kỳ từ 01/01/2023 đến 14/06/2023"
    std::string moment;  // "tại thời điểm 16:30 ngày 14/06/2023"

    std::string of(const Metric& metric) const {
        if (metric.kind == MetricKind::ratio) {
            const auto* above = figures.metric(metric.numerator);
            const auto* below = figures.metric(metric.denominator);
            return above->title + " chia cho " + lower_first(below->title) +
                   ". Tử số: " + lower_first(of(*above)) + ". Mẫu số: " + lower_first(of(*below));
        }
        const auto& entity = figures.entity(metric.entity);
        const auto phrase = [&](int attribute) {
            return entity.attributes.at(static_cast<std::size_t>(attribute)).phrase;
        };
        const auto condition = to_words(metric.where, entity);
        const auto also = condition.empty() ? std::string() : condition + " và ";
        switch (metric.kind) {
            case MetricKind::distinct:
                return "Đếm số " + phrase(metric.distinct_of) + " khác nhau của các " +
                       entity.noun + " có " + also + phrase(metric.time_attribute) + " " + period;
            case MetricKind::stock:
                return "Đếm " + entity.noun + " có " + also + phrase(metric.entered) + " đã đến" +
                       (metric.left < 0 ? "" : " và " + phrase(metric.left) + " chưa đến") + " " +
                       moment;
            default:
                return "Đếm " + entity.noun + " có " + also + phrase(metric.time_attribute) + " " +
                       period;
        }
    }
    static std::string lower_first(std::string text) {
        if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
            text[0] = static_cast<char>(text[0] + 32);
        if (text.starts_with("Đ")) text.replace(0, 2, "đ");
        return text;
    }
};

std::string with_own_words(const Metric& metric, std::string counted) {
    if (metric.sentence.empty()) return counted;
    return metric.sentence + (metric.sentence.ends_with('.') ? "" : ".") + " " + counted;
}

}  // namespace

std::string Figures::definition(const Metric& metric) const {
    const Sentences sentences{*this, "trong kỳ", "tại thời điểm báo cáo"};
    return with_own_words(metric, sentences.of(metric)) + ".";
}

std::string Figures::definition(const Query& query) const {
    const auto ready = read();  // metrics are planned
    const auto& metric = state_->find(query.metric).metric;
    const auto places = state_->places.now();
    const auto at = from_microseconds(as_of(query));
    const Sentences sentences{*this, "trong kỳ từ " + show(query.from) + " đến " + show(query.to),
                              at == start_of(query.to + 1) - std::chrono::microseconds(1)
                                  ? "vào cuối ngày " + show(query.to)
                                  : "tại thời điểm " + show(at)};
    auto text = with_own_words(metric, sentences.of(metric));
    const auto& entity = this->entity(
        metric.kind == MetricKind::ratio ? this->metric(metric.numerator)->entity : metric.entity);
    for (const auto& [name, code] : query.filter)
        for (const auto& attribute : entity.attributes) {
            if (attribute.name != name) continue;
            if (code.empty()) text += ", chưa có " + attribute.phrase;
            for (const auto& label : attribute.labels)
                if (label.code == code) text += ", " + attribute.phrase + " là " + label.text;
        }
    if (query.agency != 0) return text + ", tại " + places->agency(query.agency).name + ".";
    const auto& unit = query.unit == 0 ? places->province() : places->unit(query.unit);
    return text + ", tại " + Sentences::lower_first(places->full_name(unit)) + ".";
}

}  // namespace chilang::figures
