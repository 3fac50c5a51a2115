// Figures: a metric is defined once and computed from events, live; every figure opens into exactly
// the records that it counts.
//
// A module describes its record (`Entity`: attributes with their SQL and their Vietnamese words)
// and folds events into attribute values. A metric is a predicate over those attributes plus a time
// attribute. The one predicate is compiled three ways: the in-memory fold, the SQL of the drill
// list, and the sentence that explains the figure. Parents are summed at read over the unit tree of
// the date asked for; percentages keep numerator and denominator.
#pragma once

#include "base/describe.hpp"
#include "base/instant.hpp"
#include "db/db.hpp"
#include "ledger/ledger.hpp"
#include "places/places.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::figures {

// ---- what a module registers -------------------------------------------------------------------

enum class AttributeKind { category, instant, number };  // number: small integer id, e.g. procedure

struct Label {
    std::string code, text;
};  // "online", "trực tuyến"

struct Attribute {
    std::string name;  // "channel"
    AttributeKind kind = AttributeKind::category;
    std::string sql;     // expression over the entity's table: "d.channel"
    std::string phrase;  // noun phrase of sentences: "kênh nộp", "thời điểm tiếp nhận"
    std::vector<Label> labels;  // of a category, in order of value 0, 1, 2 …
    bool split = false;         // may figures be split by it?
};

// One column of the records behind a figure, as the API and the drill page show it. Never personal.
struct RecordColumn {
    enum class Kind { text, number, instant };
    std::string name;   // JSON member: "received_at"
    std::string sql;    // "d.received_at"
    std::string label;  // column head of the page: "Tiếp nhận"; empty: API only
    Kind kind = Kind::text;
    std::vector<Label> labels;  // words of codes, for the page
};

struct Entity {
    std::string name;                          // "dossier"
    std::string noun;                          // "hồ sơ"
    std::string from;                          // SQL FROM for drill lists: "dossiers.dossier d"
    std::string id_sql;                        // "d.id"
    std::string agency_sql;                    // "d.agency": the leaf that figures are summed over
    std::vector<Attribute> attributes;         // at most 64
    std::vector<RecordColumn> record_columns;  // empty: the attributes themselves
    std::string record_href;                   // "/ho-so/{id}/lich-su"; empty: rows are no links
};

// The value of an attribute: category index, microseconds, or number; `none` when unknown.
using Code = std::int64_t;
inline constexpr Code none = INT64_MIN;

// What one event changes about one record: attribute index -> new value. `agency` 0 keeps the leaf.
struct Change {
    Id record{};
    std::int64_t agency = 0;
    bool remove = false;  // the record is no longer counted
    std::vector<std::pair<int, Code>> set;
};
using Fold = std::function<void(const ledger::Event&, std::vector<Change>&)>;

// ---- predicates --------------------------------------------------------------------------------

struct Predicate {
    enum class Op { always, all, any, negate, is, in, known, not_after, after, at_most, above };
    Op op = Op::always;
    int attribute = -1, other = -1;  // not_after, after: two instants; at_most, above: value
    std::vector<Code> values;
    std::vector<Predicate> parts;
};
Predicate all_of(std::vector<Predicate> parts);
Predicate any_of(std::vector<Predicate> parts);
Predicate not_(Predicate part);
Predicate is(int attribute, Code value);
Predicate in(int attribute, std::vector<Code> values);
Predicate known(int attribute);

// ---- metrics -----------------------------------------------------------------------------------

enum class MetricKind { flow, stock, ratio, distinct };
BOOST_DESCRIBE_ENUM(MetricKind, flow, stock, ratio, distinct)

struct Metric {
    std::string id;     // "dossiers_online_pct"; ids of the catalogue, stable
    std::string title;  // "Tỷ lệ tiếp nhận trực tuyến"
    MetricKind kind = MetricKind::flow;
    std::string entity;  // "dossier"
    Predicate where;
    int time_attribute = -1;  // flow, distinct: counted when it lies in the period
    // stock: counted when entered <= as-of instant and not (left <= as-of)
    int entered = -1, left = -1;
    int distinct_of = -1;                // distinct: which attribute's values are counted
    std::string numerator, denominator;  // ratio: ids of two metrics
    int decimals = 0;
    std::string measure;       // "hồ sơ", "%", "dịch vụ"
    std::string owner, basis;  // agency and legal basis, Vietnamese
    enum class Better { higher, lower, neutral } better = Better::neutral;
    std::string sentence;  // definition for metrics that a predicate alone cannot say
};

// ---- asking ------------------------------------------------------------------------------------

struct Query {
    std::string metric;
    Date from{}, to{};                  // inclusive
    std::int64_t unit = 0;              // unit id; 0: the province
    std::int64_t agency = 0;            // or one agency
    std::vector<std::string> split_by;  // names of split attributes, at most three
    std::vector<std::pair<std::string, std::string>> filter;  // split attribute = code
    Instant now{};  // for stocks whose `to` lies in the future
};

struct Figure {
    std::string id;
    double value = 0;  // a percentage is rounded half up to the printed decimals
    std::int64_t numerator = 0, denominator = 1;
    bool occurs = true;  // false: denominator 0, prints "không phát sinh"
    std::string unit;    // GSO code
    Date from{}, to{};
    std::int64_t position = 0;  // ledger events folded
    std::string text;           // as printed: "135.408", "93,37%"
};
BOOST_DESCRIBE_STRUCT(Figure, (),
                      (id, value, numerator, denominator, occurs, unit, from, to, position, text))

struct SplitRow {
    std::vector<std::string> codes, labels;
    std::int64_t numerator = 0, denominator = 1;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(SplitRow, (), (codes, labels, numerator, denominator, text))

struct UnitRow {
    std::int64_t unit = 0, agency = 0;  // one of them
    std::string code, name;
    std::int64_t numerator = 0, denominator = 1;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(UnitRow, (), (unit, agency, code, name, numerator, denominator, text))

struct DayPoint {
    Date day{};
    std::int64_t numerator = 0, denominator = 1;
};
BOOST_DESCRIBE_STRUCT(DayPoint, (), (day, numerator, denominator))

// The drill list's WHERE, ready for the entity's FROM; parameters are $1 … in `params`.
struct Drill {
    std::string from, where;
    db::Params params;
};

class Reading;

class Figures {
public:
    explicit Figures(const places::Directory& places);
    ~Figures();

    void add_entity(Entity entity, Fold fold);
    void add_metric(Metric metric);
    const std::vector<Metric>& metrics() const;
    const Metric* metric(std::string_view id) const;
    const Entity& entity(std::string_view name) const;

    void consume(std::span<const ledger::Sealed> events);  // the follower
    void rebuild(db::Pool& pool,
                 const ledger::Ledger& ledger);  // fold all from index 0 into a fresh set, swap
    // Called after every consume, on the follower's thread, without a lock: for live pages.
    void on_change(std::function<void(std::int64_t position)> listener);
    std::int64_t position() const;
    Hash hash() const;  // over all cells: equal for equal history

    Figure value(const Query& query) const;  // throws std::out_of_range for an unknown metric
    std::vector<SplitRow> split(const Query& query) const;
    // Child units of the query's unit on `to` (and the agencies directly at it), summing to the
    // whole.
    std::vector<UnitRow> children(const Query& query) const;
    std::vector<DayPoint> by_day(
        const Query& query) const;  // of a stock: the level at each day's end
    // Several figures at one position: hold the reading, ask, let go. Never ask `Figures` itself
    // meanwhile from the same thread.
    Reading read() const;
    std::string definition(const Metric& metric) const;  // Vietnamese sentence
    std::string definition(const Query& query) const;    // with period and unit in words
    Drill drill(const Query& query) const;  // numerator's records; of a distinct: all its records

private:
    friend class Reading;
    struct State;
    std::unique_ptr<State> state_;
};

// All answers of one reading belong to one ledger position.
class Reading {
public:
    explicit Reading(const Figures& figures) : state_(*figures.state_), lock_(mutex(figures)) {}
    std::int64_t position() const;
    Figure value(const Query& query) const;
    std::vector<SplitRow> split(const Query& query) const;
    std::vector<UnitRow> children(const Query& query) const;
    std::vector<DayPoint> by_day(const Query& query) const;

private:
    static std::shared_mutex& mutex(const Figures& figures);
    const Figures::State& state_;
    std::shared_lock<std::shared_mutex> lock_;
};

}  // namespace chilang::figures
