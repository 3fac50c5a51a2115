// The records behind a figure, as SQL: what the fold counts, asked of the tables.
#include "figures/predicate.hpp"
#include "figures/state.hpp"

namespace chilang::figures {

Drill Figures::drill(const Query& query) const {
    const auto ready = read();  // metrics are planned
    const auto& found = state_->find(query.metric);
    const auto& plan =
        found.metric.kind == MetricKind::ratio ? state_->find(found.metric.numerator) : found;
    const auto& metric = plan.metric;
    const auto& entity = state_->entities[plan.entity].entity;
    const auto sql = [&](int attribute) {
        return entity.attributes[static_cast<std::size_t>(attribute)].sql;
    };
    Drill drill{.from = entity.from, .where = "", .params = {}};
    const auto bind = [&](db::Param param) {
        drill.params.push_back(std::move(param));
        return "$" + std::to_string(drill.params.size());
    };
    drill.where = to_sql(metric.where, entity, drill.params);
    if (metric.kind == MetricKind::stock) {
        const auto at = bind(from_microseconds(as_of(query)));
        drill.where += " AND " + sql(metric.entered) + " <= " + at + "::timestamptz";
        if (metric.left >= 0)
            drill.where += " AND (" + sql(metric.left) + " IS NULL OR " + sql(metric.left) + " > " +
                           at + "::timestamptz)";
    } else {
        drill.where += " AND " + sql(metric.time_attribute) + " >= " + bind(start_of(query.from)) +
                       "::timestamptz";
        drill.where += " AND " + sql(metric.time_attribute) + " < " + bind(start_of(query.to + 1)) +
                       "::timestamptz";
        if (metric.kind == MetricKind::distinct)
            drill.where += " AND " + sql(metric.distinct_of) + " IS NOT NULL";
    }
    for (const auto& [name, code] : query.filter)
        for (const auto& attribute : entity.attributes)
            if (attribute.name == name)
                drill.where +=
                    " AND " + attribute.sql + (code.empty() ? " IS NULL" : " = " + bind(code));
    const auto agencies = agencies_of(*state_->places.now(), query);
    if (!agencies.empty())
        drill.where += " AND " + entity.agency_sql + " = ANY(" + bind(agencies) + "::bigint[])";
    return drill;
}

}  // namespace chilang::figures
