#include "figures/list.hpp"

namespace chilang::figures {

std::vector<RecordColumn> list_columns(const Entity& entity) {
    if (!entity.record_columns.empty()) return entity.record_columns;
    std::vector<RecordColumn> columns;
    for (const auto& a : entity.attributes)
        columns.push_back({a.name, a.sql, a.phrase,
                           a.kind == AttributeKind::instant  ? RecordColumn::Kind::instant
                           : a.kind == AttributeKind::number ? RecordColumn::Kind::number
                                                             : RecordColumn::Kind::text,
                           a.labels});
    return columns;
}

const Entity& counted_entity(const Figures& figures, const Metric& metric) {
    if (metric.kind != MetricKind::ratio) return figures.entity(metric.entity);
    return counted_entity(figures, *figures.metric(metric.numerator));
}

RecordList list_records(const Figures& figures, db::Connection& connection, const Query& query,
                        std::size_t limit, const std::optional<Id>& after) {
    const auto& entity = counted_entity(figures, *figures.metric(query.metric));
    const auto columns = list_columns(entity);
    auto drill = figures.drill(query);
    RecordList list;
    list.total =
        connection
            .query("SELECT count(*) FROM " + drill.from + " WHERE " + drill.where, drill.params)
            .at(0, 0)
            .integer();
    std::string sql = "SELECT " + entity.id_sql + ", " + entity.agency_sql;
    for (const auto& column : columns) sql += ", " + column.sql;
    sql += " FROM " + drill.from + " WHERE " + drill.where;
    if (after) {
        drill.params.push_back(*after);
        sql += " AND " + entity.id_sql + " > $" + std::to_string(drill.params.size()) + "::uuid";
    }
    drill.params.push_back(limit + 1);
    sql += " ORDER BY " + entity.id_sql + " LIMIT $" + std::to_string(drill.params.size()) +
           "::bigint";
    const auto rows = connection.query(sql, drill.params);
    for (std::size_t i = 0; i < rows.size() && i < limit; ++i) {
        ListedRecord record{.id = rows.at(i, std::size_t{0}).id(), .values = {}};
        if (const auto agency = rows.at(i, std::size_t{1}); !agency.is_null())
            record.agency = agency.integer();
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto value = rows.at(i, c + 2);
            record.values.push_back(value.is_null() ? std::nullopt
                                                    : std::optional(std::string(value.text())));
        }
        list.records.push_back(std::move(record));
    }
    if (rows.size() > limit && !list.records.empty()) list.next = list.records.back().id;
    return list;
}

}  // namespace chilang::figures
