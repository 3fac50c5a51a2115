#include "base/text.hpp"
#include "figures/state.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::figures {

std::string printed(const Metric& metric, std::int64_t numerator, std::int64_t denominator) {
    if (metric.kind != MetricKind::ratio) return text::number(numerator);
    if (denominator == 0) return "không phát sinh";
    const bool percent = metric.measure == "%";
    return text::ratio(numerator, denominator, metric.decimals, percent ? 100 : 1) +
           (percent ? "%" : "");
}

Ask Figures::State::ask(const MetricPlan& plan, const Query& query, const Leaves& leaves,
                        const std::vector<std::string>& split_by) const {
    const auto& attributes = entities[plan.entity].entity.attributes;
    const auto& columns = set->entities[plan.entity].cubes[plan.cube].columns();
    const auto dimension = [&](std::string_view name, int& attribute) {
        for (std::size_t i = 0; i < attributes.size(); ++i)
            if (attributes[i].name == name && attributes[i].split) {
                attribute = static_cast<int>(i);
                return columns.dimension_of(attribute);
            }
        throw std::out_of_range("figures: no split " + std::string(name));
    };
    Ask ask{.predicate = plan.predicate,
            .from = query.from.days,
            .to = query.to.days,
            .group_of_leaf = leaves.group_of_leaf,
            .other_leaves = leaves.other_leaves,
            .groups = leaves.groups};
    int attribute = 0;
    for (const auto& name : split_by) ask.split.push_back(dimension(name, attribute));
    for (const auto& [name, code] : query.filter) {
        const int d = dimension(name, attribute);
        const auto& labels = attributes[static_cast<std::size_t>(attribute)].labels;
        std::size_t digit = 0;
        while (!code.empty() && digit < labels.size() && labels[digit].code != code) ++digit;
        if (digit == labels.size()) throw std::out_of_range("figures: no value " + code);
        ask.filter.emplace_back(d, static_cast<std::uint8_t>(code.empty() ? 0 : digit + 1));
    }
    return ask;
}

std::vector<std::int64_t> Figures::State::count_one(
    const MetricPlan& plan, const Query& query, const Leaves& leaves,
    const std::vector<std::string>& split_by) const {
    const auto& entity = set->entities[plan.entity];
    const auto& cube = entity.cubes[plan.cube];
    auto ask = this->ask(plan, query, leaves, split_by);
    if (plan.metric.kind != MetricKind::stock) {
        if (ask.from > ask.to) return std::vector<std::int64_t>(cube.cells(ask));
        return cube.tally(ask);
    }
    const Code at = as_of(query);
    const bool inside_a_day = at != to_microseconds(start_of(query.to + 1)) - 1;
    ask.to = inside_a_day ? day_of(at) - 1 : day_of(at);
    auto counts = cube.tally(ask);
    if (inside_a_day) cube.advance(ask, entity.records, at, counts);
    return counts;
}

Figures::State::Counts Figures::State::count(const MetricPlan& plan, const Query& query,
                                             const Leaves& leaves,
                                             const std::vector<std::string>& split_by) const {
    if (plan.metric.kind != MetricKind::ratio) {
        auto counts = count_one(plan, query, leaves, split_by);
        std::vector<std::int64_t> ones(counts.size(), 1);
        return {std::move(counts), std::move(ones)};
    }
    Counts counts{count_one(find(plan.metric.numerator), query, leaves, split_by),
                  count_one(find(plan.metric.denominator), query, leaves, split_by)};
    if (counts.numerators.size() != counts.denominators.size())
        throw std::logic_error("figures: the parts of " + plan.metric.id + " split differently");
    return counts;
}

std::int64_t Reading::position() const {
    return state_.set->position;
}

Figure Reading::value(const Query& query) const {
    const auto places = state_.places.now();
    const auto& plan = state_.find(query.metric);
    const auto counts = state_.count(plan, query, leaves_of(*places, query), {});
    Figure figure{.id = plan.metric.id,
                  .numerator = counts.numerators[0],
                  .denominator = counts.denominators[0],
                  .from = query.from,
                  .to = query.to,
                  .position = position()};
    figure.occurs = figure.denominator != 0;
    if (plan.metric.kind == MetricKind::ratio)
        figure.value = text::ratio_value(figure.numerator, figure.denominator, plan.metric.decimals,
                                         plan.metric.measure == "%" ? 100 : 1);
    else
        figure.value = static_cast<double>(figure.numerator);
    figure.unit = query.unit == 0 ? places->province().code : places->unit(query.unit).code;
    figure.text = printed(plan.metric, figure.numerator, figure.denominator);
    return figure;
}

std::vector<SplitRow> Reading::split(const Query& query) const {
    if (query.split_by.size() > 3) throw std::out_of_range("figures: more than three splits");
    const auto places = state_.places.now();
    const auto& plan = state_.find(query.metric);
    const auto counts = state_.count(plan, query, leaves_of(*places, query), query.split_by);
    const auto& base =
        plan.metric.kind == MetricKind::ratio ? state_.find(plan.metric.denominator) : plan;
    std::vector<const Attribute*> attributes;
    for (const auto& name : query.split_by)
        for (const auto& attribute : state_.entities[base.entity].entity.attributes)
            if (attribute.name == name) attributes.push_back(&attribute);
    const bool ratio = plan.metric.kind == MetricKind::ratio;
    std::vector<SplitRow> rows;
    for (std::size_t cell = 0; cell < counts.numerators.size(); ++cell) {
        SplitRow row{.numerator = counts.numerators[cell],
                     .denominator = counts.denominators[cell]};
        if (row.numerator == 0 && (!ratio || row.denominator == 0)) continue;
        auto rest = cell;
        row.codes.resize(attributes.size());
        row.labels.resize(attributes.size());
        for (std::size_t i = attributes.size(); i-- > 0;) {
            const auto digit = rest % (attributes[i]->labels.size() + 1);
            rest /= attributes[i]->labels.size() + 1;
            row.codes[i] = digit == 0 ? "" : attributes[i]->labels[digit - 1].code;
            row.labels[i] = digit == 0 ? "chưa có" : attributes[i]->labels[digit - 1].text;
        }
        row.text = printed(plan.metric, row.numerator, row.denominator);
        rows.push_back(std::move(row));
    }
    return rows;
}

namespace {

// One group for each child, in the order in which pages show them.
std::vector<UnitRow> child_rows(const places::Places& places, const Query& query, Leaves& leaves) {
    const auto unit = query.unit == 0 ? places.province().id : query.unit;
    const auto on = tree_day(places, query);
    const auto mine = leaves_of(places, query);
    std::vector<UnitRow> rows;
    std::vector<std::int32_t> group_of_unit;
    for (const auto* child : places.children(unit, on)) {
        for (const auto below : places.subtree(child->id, on)) {
            const auto i = static_cast<std::size_t>(below);
            if (group_of_unit.size() <= i) group_of_unit.resize(i + 1, -1);
            group_of_unit[i] = static_cast<std::int32_t>(rows.size());
        }
        auto name =
            places.full_name(*child);  // the page says of what: "Huyện Tràng Định" is enough
        name.resize(std::min(name.find(", "), name.size()));
        rows.push_back({.unit = child->id, .code = child->code, .name = std::move(name)});
    }
    for (const auto& agency : places.agencies()) {
        const auto leaf = static_cast<std::size_t>(agency.id);
        const bool asked = leaf < mine.group_of_leaf.size() ? mine.group_of_leaf[leaf] >= 0
                                                            : mine.other_leaves >= 0;
        if (!asked) continue;
        if (leaves.group_of_leaf.size() <= leaf) leaves.group_of_leaf.resize(leaf + 1, -1);
        const auto i = static_cast<std::size_t>(agency.unit);
        auto group = i < group_of_unit.size() ? group_of_unit[i] : -1;
        if (group < 0) {
            group = static_cast<std::int32_t>(rows.size());
            rows.push_back({.agency = agency.id, .code = agency.code, .name = agency.name});
        }
        leaves.group_of_leaf[leaf] = group;
    }
    if (mine.other_leaves >= 0) {  // also records whose agency nobody knows
        leaves.other_leaves = static_cast<std::int32_t>(rows.size());
        if (leaves.group_of_leaf.empty()) leaves.group_of_leaf.resize(1, -1);
        leaves.group_of_leaf[0] = leaves.other_leaves;
        rows.push_back({.name = "Chưa rõ cơ quan"});
    }
    leaves.groups = static_cast<int>(rows.size());
    return rows;
}

}  // namespace

std::vector<UnitRow> Reading::children(const Query& query) const {
    if (query.agency != 0) return {};
    const auto places = state_.places.now();
    const auto& plan = state_.find(query.metric);
    Leaves leaves;
    auto rows = child_rows(*places, query, leaves);
    const auto counts = state_.count(plan, query, leaves, {});
    std::vector<UnitRow> shown;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        row.numerator = counts.numerators[i];
        row.denominator = counts.denominators[i];
        row.text = printed(plan.metric, row.numerator, row.denominator);
        const bool nothing =
            row.numerator == 0 && (plan.metric.kind != MetricKind::ratio || row.denominator == 0);
        if (nothing && row.unit == 0) continue;  // agencies without work; units always stand
        shown.push_back(std::move(row));
    }
    return shown;
}

std::vector<DayPoint> Reading::by_day(const Query& query) const {
    const auto places = state_.places.now();
    const auto leaves = leaves_of(*places, query);
    const auto& plan = state_.find(query.metric);
    auto to = query.to;
    if (to_microseconds(query.now) != 0) to = std::min(to, date_of(query.now));
    if (to < query.from) return {};
    const auto series = [&](const MetricPlan& part) {
        auto ask = state_.ask(part, query, leaves, {});
        ask.to = to.days;
        return state_.set->entities[part.entity].cubes[part.cube].by_day(ask);
    };
    const bool ratio = plan.metric.kind == MetricKind::ratio;
    const auto numerators = series(ratio ? state_.find(plan.metric.numerator) : plan);
    const auto denominators = ratio ? series(state_.find(plan.metric.denominator))
                                    : std::vector<std::int64_t>(numerators.size(), 1);
    std::vector<DayPoint> points;
    for (std::size_t i = 0; i < numerators.size(); ++i)
        points.push_back({query.from + static_cast<int>(i), numerators[i], denominators[i]});
    return points;
}

}  // namespace chilang::figures
