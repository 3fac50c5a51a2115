#include "figures/api.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "figures/figures.hpp"
#include "figures/list.hpp"
#include "figures/question.hpp"
#include "http/http.hpp"

namespace chilang::figures {

struct CatalogueItem {
    std::string id, title;
    MetricKind kind = MetricKind::flow;
    std::string measure;
    int decimals = 0;
    std::string definition, owner, basis, numerator, denominator;
    std::vector<std::string> splits;
};
BOOST_DESCRIBE_STRUCT(CatalogueItem, (),
                      (id, title, kind, measure, decimals, definition, owner, basis, numerator,
                       denominator, splits))

struct FigureAnswer {
    std::string id, title;
    double value = 0;
    std::string text;
    bool occurs = true;
    std::int64_t numerator = 0, denominator = 1;
    std::string unit;
    std::optional<std::string> agency;
    Date from{}, to{};
    std::int64_t position = 0;
    std::string definition;
    std::optional<std::vector<SplitRow>> splits;
    std::optional<std::vector<UnitRow>> children;
};
BOOST_DESCRIBE_STRUCT(FigureAnswer, (),
                      (id, title, value, text, occurs, numerator, denominator, unit, agency, from,
                       to, position, definition, splits, children))

namespace {

http::Response unknown_metric() {
    return http::problem(404, "Không có chỉ tiêu này");
}

http::Response catalogue(const Figures& figures) {
    std::vector<CatalogueItem> items;
    for (const auto& m : figures.metrics()) {
        CatalogueItem item{
            m.id,    m.title, m.kind,      m.measure,     m.decimals, figures.definition(m),
            m.owner, m.basis, m.numerator, m.denominator, {}};
        for (const auto& attribute : counted_entity(figures, m).attributes)
            if (attribute.split) item.splits.push_back(attribute.name);
        items.push_back(std::move(item));
    }
    return http::json(json::write(items));
}

http::Response one(const Figures& figures, const places::Directory& directory,
                   const http::Request& request) {
    const std::string id(request.param("id"));
    const auto* metric = figures.metric(id);
    if (!metric) return unknown_metric();
    const auto places = directory.now();
    const auto query = read_query(request, figures, *places, id);
    if (!query) return http::problem(422, "Câu hỏi chưa đúng", query.problems());
    FigureAnswer answer{.id = id, .title = metric->title};
    {
        const auto reading = figures.read();
        const auto figure = reading.value(*query);
        answer.value = figure.value;
        answer.text = figure.text;
        answer.occurs = figure.occurs;
        answer.numerator = figure.numerator;
        answer.denominator = figure.denominator;
        answer.unit = figure.unit;
        answer.from = figure.from;
        answer.to = figure.to;
        answer.position = figure.position;
        if (!query->split_by.empty()) answer.splits = reading.split(*query);
        if (request.arg("children") == "1") answer.children = reading.children(*query);
    }
    if (query->agency != 0) answer.agency = places->agency(query->agency).code;
    answer.definition = figures.definition(*query);
    return http::json(json::write(answer));
}

std::string value_json(const RecordColumn& column, const std::optional<std::string>& value) {
    if (!value) return "null";
    if (column.kind == RecordColumn::Kind::number) return *value;
    if (column.kind == RecordColumn::Kind::instant)
        if (const auto instant = parse_instant(*value)) return json::quote(to_iso(*instant));
    return json::quote(*value);
}

http::Response records(const Figures& figures, const Platform& platform,
                       const http::Request& request) {
    const std::string id(request.param("id"));
    const auto* metric = figures.metric(id);
    if (!metric) return unknown_metric();
    const auto places = platform.places.now();
    const auto query = read_query(request, figures, *places, id);
    Problems problems;
    if (!query) problems = query.problems();
    std::int64_t limit = 50;
    if (const auto text = request.arg("limit"); !text.empty()) {
        limit = text::parse_integer(text).value_or(0);
        if (limit < 1 || limit > 1000)
            problems.push_back({"bad_limit", "limit", "Số dòng phải là số nguyên từ 1 đến 1000"});
    }
    std::optional<Id> after;
    if (const auto text = request.arg("cursor"); !text.empty()) {
        after = parse_id(text);
        if (!after) problems.push_back({"bad_cursor", "cursor", "Con trỏ trang không đúng dạng"});
    }
    if (!problems.empty()) return http::problem(422, "Câu hỏi chưa đúng", problems);
    auto lease = platform.pool.lease();
    const auto list = list_records(figures, *lease, *query, static_cast<std::size_t>(limit), after);
    const auto columns = list_columns(counted_entity(figures, *metric));
    std::string out = "{\"total\":" + std::to_string(list.total) + ",\"items\":[";
    for (const auto& record : list.records) {
        if (!out.ends_with('[')) out += ',';
        out += "{\"id\":\"" + to_string(record.id) + "\",\"agency\":" +
               (record.agency == 0 ? "null" : json::quote(places->agency(record.agency).code));
        for (std::size_t i = 0; i < columns.size(); ++i)
            out +=
                "," + json::quote(columns[i].name) + ":" + value_json(columns[i], record.values[i]);
        out += '}';
    }
    out += "],\"next\":" + (list.next ? json::quote(to_string(*list.next)) : std::string("null")) +
           "}";
    return http::json(std::move(out));
}

}  // namespace

void install_api(Platform& platform) {
    const http::Pairs query = {
        {"from", "first day, inclusive; default: 1 January of the year of `to`"},
        {"to", "last day, inclusive; default: today (Asia/Ho_Chi_Minh)"},
        {"unit", "GSO code of a unit, as of `to`; default: the province"},
        {"agency", "code of one agency"},
        {"filter", "split attribute and code, channel:online; may repeat"}};
    auto more = query;
    more.emplace_back("split", "names of split attributes with commas, at most three");
    more.emplace_back("children", "1: also the figure of each child unit");
    auto pages = query;
    pages.emplace_back("limit", "records a page, 1 to 1000; default 50");
    pages.emplace_back("cursor", "`next` of the page before");
    auto& figures = platform.figures;
    platform.router.add({http::Method::get,
                         "/api/v1/figures",
                         "public",
                         "none",
                         [&figures](http::Request&) { return catalogue(figures); },
                         {.summary = "The catalogue of metrics",
                          .query = {},
                          .output = &type_of<std::vector<CatalogueItem>>()}});
    platform.router.add({http::Method::get,
                         "/api/v1/figures/{id}",
                         "public",
                         "none",
                         [&figures, &places = platform.places](http::Request& request) {
                             return one(figures, places, request);
                         },
                         {.summary = "One figure at one ledger position",
                          .query = more,
                          .output = &type_of<FigureAnswer>()}});
    platform.router.add({http::Method::get,
                         "/api/v1/figures/{id}/records",
                         "public",
                         "none",
                         [&figures, platform](http::Request& request) {
                             return records(figures, platform, request);
                         },
                         {.summary = "The records that the figure counts", .query = pages}});
}

}  // namespace chilang::figures
