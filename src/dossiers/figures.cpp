// Dossiers and procedures as records of figures; ids as in domain/figures.md, part I.2.2.
//
// "Received" counts on received_at: a dossier that still waits for its intake check, or was refused
// there, is not received. A result is on time when it was signed by the due date in force.
// Withdrawn and stopped dossiers are neither resolved nor open. A dossier that waits for its
// applicant while the law stops the clock is not overdue; one that waits while the clock runs is.
#include "dossiers/figures.hpp"

#include "dossiers/facts_reader.hpp"
#include "dossiers/rules.hpp"

#include "base/json.hpp"

#include <unordered_map>

namespace chilang::dossiers {

namespace {

using figures::Attribute;
using figures::AttributeKind;
using figures::Change;
using figures::Code;
using figures::Metric;
using figures::MetricKind;
using Better = figures::Metric::Better;

enum At {
    channel,
    level,
    status,
    verdict,
    procedure,
    field,
    received_at,
    due_at,
    resolved_at,
    returned_at,
    left_at,
    overdue_from,
    warn_from,
    warn_to
};

constexpr std::int64_t day_us = 86'400'000'000;
constexpr const char* owner = "Văn phòng UBND tỉnh";
constexpr const char* basis =
    "Nghị định 61/2018/NĐ-CP, Nghị định 107/2021/NĐ-CP, Nghị định 42/2022/NĐ-CP";

template <class E>
std::vector<figures::Label> labels() {
    std::vector<figures::Label> out;
    const auto names = type_of<E>().labels;
    for (std::size_t i = 0; i < names.size(); ++i)
        out.push_back({names[i], std::string(label(static_cast<E>(i)))});
    return out;
}

Attribute category(std::string name, std::string sql, std::string phrase,
                   std::vector<figures::Label> words) {
    return {std::move(name),   AttributeKind::category, std::move(sql),
            std::move(phrase), std::move(words),        true};
}
Attribute moment(std::string name, std::string sql, std::string phrase) {
    return {std::move(name), AttributeKind::instant, std::move(sql), std::move(phrase), {}, false};
}

// The SQL of a drill list must say exactly what the fold below says.
constexpr const char* left_sql = "coalesce(d.resolved_at, d.closed_at)";
constexpr const char* paused_sql = "(d.status = 'waiting_applicant' AND d.pauses <> '[]'::jsonb)";

figures::Entity dossier_entity(const std::vector<figures::Label>& fields) {
    const std::string left = left_sql, paused = paused_sql;
    figures::Entity e;
    e.name = "dossier";
    e.noun = "hồ sơ";
    e.from =
        "dossiers.dossier d JOIN dossiers.procedure p ON p.id = d.procedure AND p.version = "
        "d.procedure_version";
    e.id_sql = "d.id";
    e.agency_sql = "d.agency";
    e.attributes = {
        category("channel", "d.channel", "kênh nộp", labels<Channel>()),
        category("level", "p.level", "mức độ dịch vụ", labels<ServiceLevel>()),
        category("status", "d.status", "trạng thái", labels<Status>()),
        category("verdict", "d.verdict", "kết quả so với hạn", labels<Verdict>()),
        {"procedure", AttributeKind::number, "d.procedure", "thủ tục", {}, false},
        category("field", "p.field", "lĩnh vực", fields),
        moment("received_at", "d.received_at", "thời điểm tiếp nhận"),
        moment("due_at", "d.due_at", "hạn trả kết quả"),
        moment("resolved_at", "d.resolved_at", "thời điểm có kết quả"),
        moment("returned_at", "d.returned_at", "thời điểm trả kết quả"),
        moment("left_at", left, "thời điểm kết thúc"),
        moment("overdue_from",
               "CASE WHEN " + paused + " OR " + left + " <= d.due_at THEN NULL ELSE d.due_at END",
               "thời điểm bắt đầu quá hạn"),
        moment("warn_from",
               "CASE WHEN " + paused + " OR " + left +
                   " <= d.due_at - interval '24 hours' THEN NULL ELSE d.due_at - interval '24 "
                   "hours' END",
               "thời điểm còn 24 giờ đến hạn"),
        moment("warn_to", "least(d.due_at, " + left + ")", "thời điểm hết diện sắp đến hạn"),
    };
    using Column = figures::RecordColumn;
    e.record_columns = {
        {"code", "d.code", "Mã hồ sơ", Column::Kind::text, {}},
        {"procedure", "p.name", "Thủ tục", Column::Kind::text, {}},
        {"channel", "d.channel", "Kênh nộp", Column::Kind::text, labels<Channel>()},
        {"status", "d.status", "Trạng thái", Column::Kind::text, labels<Status>()},
        {"received_at", "d.received_at", "Tiếp nhận", Column::Kind::instant, {}},
        {"due_at", "d.due_at", "Hạn trả", Column::Kind::instant, {}},
        {"resolved_at", "d.resolved_at", "Có kết quả", Column::Kind::instant, {}},
        {"verdict", "d.verdict", "So với hạn", Column::Kind::text, labels<Verdict>()},
    };
    e.record_href = "/ho-so/{id}/lich-su";
    return e;
}

Code optional(int value) {
    return value < 0 ? figures::none : value;
}

// "dossier/<uuid>" -> the record.
std::optional<Id> record_of(const std::string& stream) {
    constexpr std::string_view prefix = "dossier/";
    if (!stream.starts_with(prefix)) return std::nullopt;
    return parse_id(std::string_view(stream).substr(prefix.size()));
}

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
using FieldCodes = std::unordered_map<std::string, Code, TextHash, std::equal_to<>>;

figures::Fold dossier_fold(FieldCodes fields) {
    return [fields = std::move(fields)](const ledger::Event& event, std::vector<Change>& changes) {
        if (event.kind < kinds::submitted.number || event.kind > kinds::returned.number) return;
        QuickFacts f;
        const auto record = record_of(event.stream);
        if (!record || !read_quick(event.payload, f)) return;
        const Code none = figures::none;
        const Code left = f.resolved_at != none ? f.resolved_at : f.closed_at;
        const auto ended_by = [left](Code instant) { return left != INT64_MIN && left <= instant; };
        const bool due = f.due_at != none, runs = due && !f.paused;
        const Code warn = due ? f.due_at - day_us : none;
        const auto found = fields.find(f.field);
        Change change;
        change.record = *record;
        change.agency = f.agency;
        change.set = {{channel, f.channel},
                      {level, f.level},
                      {status, f.status},
                      {verdict, optional(f.verdict)},
                      {procedure, f.procedure},
                      {field, found == fields.end() ? none : found->second},
                      {received_at, f.received_at},
                      {due_at, f.due_at},
                      {resolved_at, f.resolved_at},
                      {returned_at, f.returned_at},
                      {left_at, left},
                      {overdue_from, runs && !ended_by(f.due_at) ? f.due_at : none},
                      {warn_from, runs && !ended_by(warn) ? warn : none},
                      {warn_to, due && left != none ? std::min(f.due_at, left)
                                : due               ? f.due_at
                                                    : left}};
        changes.push_back(std::move(change));
    };
}

Metric count(std::string id, std::string title, MetricKind kind, figures::Predicate where) {
    Metric m;
    m.id = std::move(id);
    m.title = std::move(title);
    m.kind = kind;
    m.entity = "dossier";
    m.where = std::move(where);
    m.measure = "hồ sơ";
    m.owner = owner;
    m.basis = basis;
    return m;
}
Metric flow(std::string id, std::string title, int time, figures::Predicate where = {}) {
    Metric m = count(std::move(id), std::move(title), MetricKind::flow, std::move(where));
    m.time_attribute = time;
    return m;
}
Metric stock(std::string id, std::string title, int entered, int left) {
    Metric m = count(std::move(id), std::move(title), MetricKind::stock, {});
    m.entered = entered;
    m.left = left;
    m.better = Better::lower;
    return m;
}
Metric percent(std::string id, std::string title, std::string numerator, std::string denominator,
               Better better) {
    Metric m = count(std::move(id), std::move(title), MetricKind::ratio, {});
    m.numerator = std::move(numerator);
    m.denominator = std::move(denominator);
    m.decimals = 2;
    m.measure = "%";
    m.better = better;
    return m;
}
Metric services(std::string id, std::string title, figures::Predicate where) {
    Metric m = count(std::move(id), std::move(title), MetricKind::distinct, std::move(where));
    m.time_attribute = received_at;
    m.distinct_of = procedure;
    m.measure = "dịch vụ";
    m.better = Better::higher;
    return m;
}

void dossier_metrics(figures::Figures& to) {
    const auto online = figures::is(channel, static_cast<Code>(Channel::online));
    const auto by_hand = figures::in(
        channel, {static_cast<Code>(Channel::counter), static_cast<Code>(Channel::post)});
    const auto in_time = figures::in(
        verdict, {static_cast<Code>(Verdict::early), static_cast<Code>(Verdict::on_time)});
    const auto late = figures::is(verdict, static_cast<Code>(Verdict::late));
    const auto served = figures::in(
        level, {static_cast<Code>(ServiceLevel::partial), static_cast<Code>(ServiceLevel::full)});
    to.add_metric(flow("dossiers_received", "Hồ sơ tiếp nhận", received_at));
    to.add_metric(
        flow("dossiers_direct", "Hồ sơ tiếp nhận trực tiếp, bưu chính", received_at, by_hand));
    to.add_metric(percent("dossiers_direct_pct", "Tỷ lệ tiếp nhận trực tiếp, bưu chính",
                          "dossiers_direct", "dossiers_received", Better::lower));
    to.add_metric(flow("dossiers_online", "Hồ sơ tiếp nhận trực tuyến", received_at, online));
    to.add_metric(percent("dossiers_online_pct", "Tỷ lệ tiếp nhận trực tuyến", "dossiers_online",
                          "dossiers_received", Better::higher));
    to.add_metric(flow("dossiers_resolved", "Hồ sơ đã giải quyết", resolved_at));
    to.add_metric(
        flow("dossiers_ontime", "Hồ sơ giải quyết trước hạn, đúng hạn", resolved_at, in_time));
    to.add_metric(percent("dossiers_ontime_pct", "Tỷ lệ giải quyết trước hạn, đúng hạn",
                          "dossiers_ontime", "dossiers_resolved", Better::higher));
    to.add_metric(flow("dossiers_late", "Hồ sơ giải quyết chậm hạn", resolved_at, late));
    to.add_metric(percent("dossiers_late_pct", "Tỷ lệ giải quyết chậm hạn", "dossiers_late",
                          "dossiers_resolved", Better::lower));
    to.add_metric(services("services_used", "Dịch vụ có phát sinh hồ sơ", served));
    to.add_metric(services("services_used_online", "Dịch vụ có phát sinh hồ sơ trực tuyến",
                           figures::all_of({served, online})));
    Metric used = percent("services_used_online_pct", "Tỷ lệ dịch vụ có hồ sơ trực tuyến",
                          "services_used_online", "services_used", Better::higher);
    to.add_metric(std::move(used));
    to.add_metric(stock("dossiers_open", "Hồ sơ đang giải quyết", received_at, left_at));
    to.add_metric(
        stock("dossiers_overdue", "Hồ sơ quá hạn chưa giải quyết", overdue_from, left_at));
    to.add_metric(stock("dossiers_due_24h", "Hồ sơ đến hạn trong 24 giờ", warn_from, warn_to));
}

// ---- procedures
// ----------------------------------------------------------------------------------

enum Of { service_level, synced, portal_level, valid_from, valid_to };

figures::Entity procedure_entity() {
    figures::Entity e;
    e.name = "procedure";
    e.noun = "dịch vụ công";
    // The id that events use, made of number and version: each version counts for its own days.
    e.from = "(SELECT * FROM dossiers.procedure WHERE published) p";
    e.id_sql = "lpad(to_hex(p.id + ((p.version - 1)::bigint << 32)), 32, '0')::uuid";
    e.agency_sql = "p.department";
    e.attributes = {
        category("level", "p.level", "mức độ dịch vụ", labels<ServiceLevel>()),
        category("synced", "CASE WHEN p.portal_synced THEN 'yes' ELSE 'no' END",
                 "đồng bộ với Cổng quốc gia", {{"no", "chưa đồng bộ"}, {"yes", "đã đồng bộ"}}),
        category("portal_level", "p.portal_level", "mức độ công khai trên Cổng quốc gia",
                 labels<ServiceLevel>()),
        moment("valid_from", "(p.valid_from::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')",
               "ngày công bố"),
        moment("valid_to", "(p.valid_to::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')",
               "ngày hết hiệu lực"),
    };
    using Column = figures::RecordColumn;
    e.record_columns = {
        {"code", "p.code", "Mã thủ tục", Column::Kind::text, {}},
        {"name", "p.name", "Tên thủ tục", Column::Kind::text, {}},
        {"field", "p.field", "Lĩnh vực", Column::Kind::text, {}},
        {"level", "p.level", "Mức độ", Column::Kind::text, labels<ServiceLevel>()},
        {"portal_level", "p.portal_level", "Trên Cổng quốc gia", Column::Kind::text,
         labels<ServiceLevel>()},
        {"certainty",
         "p.certainty",
         "Nguồn",
         Column::Kind::text,
         {{"sure", "công bố"}, {"doubtful", "cần kiểm tra"}, {"generated", "mẫu minh họa"}}},
    };
    return e;
}

void procedure_fold(const ledger::Event& event, std::vector<Change>& changes) {
    if (event.kind < kinds::procedure_published.number ||
        event.kind > kinds::procedure_closed.number)
        return;
    const auto read = json::read<ProcedureFacts>(event.payload);
    if (!read) return;
    const ProcedureFacts& f = *read;
    Change change;
    if (f.ends) {
        change.record = procedure_id(f.procedure, *f.ends);
        change.agency = f.department;
        change.set = {{valid_to, to_microseconds(start_of(f.valid_from))}};
        changes.push_back(change);
    }
    change.record = procedure_id(f.procedure, f.version.value_or(1));
    change.agency = f.department;
    change.set = {
        {service_level, static_cast<Code>(f.level)},
        {synced, f.portal_synced ? 1 : 0},
        {portal_level, f.portal_level ? static_cast<Code>(*f.portal_level) : figures::none},
        {valid_from, to_microseconds(start_of(f.valid_from))},
        {valid_to, f.valid_to ? to_microseconds(start_of(*f.valid_to)) : figures::none}};
    changes.push_back(std::move(change));
}

void procedure_metrics(figures::Figures& to) {
    const auto add = [&to](std::string id, std::string title, std::string measure,
                           figures::Predicate where) {
        Metric m = stock(std::move(id), std::move(title), valid_from, valid_to);
        m.entity = "procedure";
        m.measure = std::move(measure);
        m.where = std::move(where);
        m.better = Better::neutral;
        to.add_metric(std::move(m));
    };
    const auto of = [](Of attribute, ServiceLevel level) {
        return figures::is(attribute, static_cast<Code>(level));
    };
    add("services_total", "Dịch vụ công cung cấp", "dịch vụ", {});
    add("services_level2", "Dịch vụ cung cấp thông tin", "dịch vụ",
        of(service_level, ServiceLevel::information));
    add("services_partial", "Dịch vụ công trực tuyến một phần", "dịch vụ",
        of(service_level, ServiceLevel::partial));
    add("services_full", "Dịch vụ công trực tuyến toàn trình", "dịch vụ",
        of(service_level, ServiceLevel::full));
    add("npp_synced", "Thủ tục đồng bộ với Cổng Dịch vụ công quốc gia", "TTHC",
        figures::is(synced, 1));
    add("npp_online", "Dịch vụ công khai trên Cổng Dịch vụ công quốc gia", "dịch vụ",
        figures::in(portal_level, {static_cast<Code>(ServiceLevel::partial),
                                   static_cast<Code>(ServiceLevel::full)}));
    add("npp_partial", "Dịch vụ một phần trên Cổng Dịch vụ công quốc gia", "dịch vụ",
        of(portal_level, ServiceLevel::partial));
    add("npp_full", "Dịch vụ toàn trình trên Cổng Dịch vụ công quốc gia", "dịch vụ",
        of(portal_level, ServiceLevel::full));
}

}  // namespace

void register_figures(figures::Figures& to, const Procedures& procedures) {
    std::vector<figures::Label> words;
    FieldCodes codes;
    for (const std::string& name : procedures.fields()) {
        std::string written = json::quote(name);  // payloads carry it in JSON's form
        codes.emplace(written.substr(1, written.size() - 2), static_cast<Code>(words.size()));
        words.push_back({name, name});
    }
    to.add_entity(dossier_entity(words), dossier_fold(std::move(codes)));
    dossier_metrics(to);
    to.add_entity(procedure_entity(), procedure_fold);
    procedure_metrics(to);
}

}  // namespace chilang::dossiers
