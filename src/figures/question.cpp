#include "figures/question.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace chilang::figures {

namespace {

constexpr Date earliest = {-25567};  // 01/01/1900
constexpr Date latest = {84006};     // 01/01/2200

std::optional<Date> date_arg(const http::Request& request, std::string_view name,
                             Problems& problems) {
    const auto text = request.arg(name);
    if (text.empty()) return std::nullopt;
    auto date = parse_date(text);
    if (!date) date = parse_shown_date(text);
    if (date && *date >= earliest && *date <= latest) return date;
    problems.push_back({"bad_date", std::string(name),
                        "Ngày không đọc được; hãy viết theo dạng 2023-06-14 hoặc 14/06/2023"});
    return std::nullopt;
}

const Entity& entity_of(const Figures& figures, const Metric& metric) {
    return figures.entity(metric.kind == MetricKind::ratio
                              ? figures.metric(metric.numerator)->entity
                              : metric.entity);
}

const Attribute* split_named(const Entity& entity, std::string_view name) {
    for (const auto& attribute : entity.attributes)
        if (attribute.split && attribute.name == name) return &attribute;
    return nullptr;
}

void read_splits(const http::Request& request, const Entity& entity, Query& query,
                 Problems& problems) {
    for (auto& name : text::split(request.arg("split"), ',')) {
        if (!split_named(entity, name))
            problems.push_back(
                {"unknown_split", "split", "Không tách được số liệu theo «" + name + "»"});
        query.split_by.push_back(std::move(name));
    }
    if (query.split_by.size() > 3)
        problems.push_back(
            {"too_many_splits", "split", "Chỉ tách được theo nhiều nhất 3 tiêu chí"});
    for (const auto& [name, value] : request.query) {
        if (name != "filter" || value.empty()) continue;
        const auto colon = std::min(value.find(':'), value.size());
        const auto code = colon < value.size() ? value.substr(colon + 1) : "";
        const auto* attribute = split_named(entity, value.substr(0, colon));
        const bool fits =
            attribute &&
            (code.empty() || std::any_of(attribute->labels.begin(), attribute->labels.end(),
                                         [&](const Label& l) { return l.code == code; }));
        if (fits)
            query.filter.emplace_back(attribute->name, code);
        else
            problems.push_back({"unknown_filter", "filter", "Không lọc được theo «" + value + "»"});
    }
}

}  // namespace

Result<Query> read_query(const http::Request& request, const Figures& figures,
                         const places::Places& places, const std::string& metric) {
    Problems problems;
    Query query{.metric = metric, .now = request.now};
    query.to = date_arg(request, "to", problems).value_or(date_of(request.now));
    const auto from = date_arg(request, "from", problems);
    query.from = from.value_or(make_date(civil(query.to).year, 1, 1));
    if (problems.empty() && query.from > query.to)
        problems.push_back(
            {"period_reversed", "from", "Ngày bắt đầu phải không muộn hơn ngày kết thúc"});
    if (const auto unit = request.arg("unit"); !unit.empty()) {
        const auto* found = places.by_code(unit, query.to);
        // A district of 2023 stays answerable over a period that ends after 30/06/2025.
        if (!found) found = places.by_code(unit, query.from);
        if (found)
            query.unit = found->id;
        else
            problems.push_back(
                {"unknown_unit", "unit", "Không có đơn vị hành chính mang mã này trong kỳ"});
    }
    if (const auto agency = request.arg("agency"); !agency.empty()) {
        if (const auto* found = places.agency_by_code(agency))
            query.agency = found->id;
        else
            problems.push_back({"unknown_agency", "agency", "Không có cơ quan mang mã này"});
    }
    if (const auto* known = figures.metric(metric))
        read_splits(request, entity_of(figures, *known), query, problems);
    if (!problems.empty()) return problems;
    return query;
}

std::string write_query(const Query& query, const places::Places& places) {
    auto out = "from=" + to_iso(query.from) + "&to=" + to_iso(query.to);
    if (query.unit != 0 && query.unit != places.province().id)
        out += "&unit=" + text::escape_url(places.unit(query.unit).code);
    if (query.agency != 0) out += "&agency=" + text::escape_url(places.agency(query.agency).code);
    for (const auto& [name, code] : query.filter)
        out += "&filter=" + text::escape_url(name + ":" + code);
    return out;
}

}  // namespace chilang::figures
