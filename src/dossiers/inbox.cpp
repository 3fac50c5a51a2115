// The lists. An open list is ordered by what is due first; a closed or searched one by the newest.
//
// Words are looked up as prefixes in the GIN index. Tabs are conditions in SQL, written once; the
// texts that come out are few, so each is prepared once per connection.
#include "dossiers/inbox.hpp"

#include "base/text.hpp"

namespace chilang::dossiers {

namespace {

struct TabRow {
    std::string_view label, address, where;
};
// $2 is now.
constexpr std::string_view open =
    "status IN ('submitted', 'accepted', 'processing', 'waiting_applicant', 'deciding')";
constexpr std::string_view paused = "(status = 'waiting_applicant' AND pauses <> '[]'::jsonb)";
constexpr std::array<TabRow, 8> tabs{{
    {"Chờ tiếp nhận", "cho-tiep-nhan", "status = 'submitted'"},
    {"Đang xử lý", "dang-xu-ly", "status IN ('accepted', 'processing')"},
    {"Chờ bổ sung", "cho-bo-sung", "status = 'waiting_applicant'"},
    {"Chờ ký", "cho-ky", "status = 'deciding'"},
    {"Sắp đến hạn 24 giờ", "sap-den-han",
     "due_at >= $2::timestamptz AND due_at < $2::timestamptz + interval '24 hours'"},
    {"Quá hạn", "qua-han", "due_at < $2::timestamptz"},
    {"Đã xong", "da-xong", "status IN ('resolved', 'returned', 'refused', 'stopped', 'withdrawn')"},
    {"Tất cả", "tat-ca", "true"},
}};

const TabRow& row(Tab tab) {
    return tabs[static_cast<std::size_t>(tab)];
}
bool by_clock(Tab tab) {
    return tab == Tab::soon || tab == Tab::overdue;
}
bool newest_first(const InboxQuery& query) {
    return query.tab == Tab::done || query.tab == Tab::all || !query.search.empty();
}

std::string where(Tab tab) {
    std::string sql(row(tab).where);
    if (by_clock(tab)) sql += " AND " + std::string(open) + " AND NOT " + std::string(paused);
    return sql;
}

// "microseconds~uuid"
struct Cursor {
    Instant at{};
    Id id{};
};
std::optional<Cursor> read_cursor(std::string_view text) {
    const auto tilde = text.find('~');
    if (tilde == text.npos) return std::nullopt;
    const auto micro = text::parse_integer(text.substr(0, tilde));
    const auto id = parse_id(text.substr(tilde + 1));
    if (!micro || !id) return std::nullopt;
    return Cursor{from_microseconds(*micro), *id};
}

}  // namespace

std::string_view label(Tab tab) {
    return row(tab).label;
}
std::string_view address(Tab tab) {
    return row(tab).address;
}
std::optional<Tab> tab_of(std::string_view address) {
    for (std::size_t i = 0; i < tabs.size(); ++i)
        if (tabs[i].address == address) return static_cast<Tab>(i);
    return std::nullopt;
}

std::string search_query(std::string_view typed) {
    std::string query, word;
    int words = 0;
    for (const char c : text::fold(typed) + ' ') {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += c;
        } else if (!word.empty()) {
            if (++words <= 12) query += (query.empty() ? "" : " & ") + word + ":*";
            word.clear();
        }
    }
    return query;
}

InboxPage list(db::Connection& connection, const InboxQuery& query) {
    const bool newest = newest_first(query);
    std::string sql =
        "SELECT id, code, applicant->>'name' AS applicant, procedure, agency, channel, status, "
        "submitted_at,"
        " received_at, due_at, resolved_at, verdict, assignee, " +
        std::string(paused) +
        " AS paused FROM dossiers.dossier WHERE agency = ANY($1::bigint[]) AND $2::timestamptz IS "
        "NOT NULL AND " +
        where(query.tab);
    db::Params params{query.agencies, query.now, static_cast<std::int64_t>(query.limit) + 1};
    const auto next = [&params](auto value) {
        params.emplace_back(std::move(value));
        return "$" + std::to_string(params.size());
    };
    if (const std::string words = search_query(query.search); !words.empty())
        sql += " AND to_tsvector('simple', search) @@ to_tsquery('simple', " + next(words) + ")";
    if (query.assignee) sql += " AND assignee = " + next(*query.assignee);
    const auto cursor = read_cursor(query.after);
    if (cursor && newest) sql += " AND id < " + next(cursor->id);
    if (cursor && !newest)
        sql += " AND (coalesce(due_at, submitted_at), id) > (" + next(cursor->at) +
               "::timestamptz, " + next(cursor->id) + "::uuid)";
    sql += newest ? " ORDER BY id DESC" : " ORDER BY coalesce(due_at, submitted_at), id";
    sql += " LIMIT $3::bigint";
    InboxPage page{connection.query(sql, params).as<InboxRow>(), {}};
    if (page.rows.size() > query.limit) {
        page.rows.resize(query.limit);
        const InboxRow& last = page.rows.back();
        page.next = std::to_string(to_microseconds(last.due_at.value_or(last.submitted_at))) + '~' +
                    to_string(last.id);
    }
    return page;
}

std::array<std::int64_t, 8> count_tabs(db::Connection& connection, const InboxQuery& query) {
    static const std::string sql = [] {
        std::string text = "SELECT ";
        for (const Tab tab : {Tab::intake, Tab::processing, Tab::supplement, Tab::deciding,
                              Tab::soon, Tab::overdue})
            text += (tab == Tab::intake ? "count(*) FILTER (WHERE " : ", count(*) FILTER (WHERE ") +
                    where(tab) + ")";
        return text +
               " FROM dossiers.dossier WHERE agency = ANY($1::bigint[]) AND $2::timestamptz IS NOT "
               "NULL AND " +
               std::string(open);
    }();
    std::array<std::int64_t, 8> counts;
    counts.fill(-1);
    const db::Rows rows = connection.query(sql, {query.agencies, query.now});
    for (std::size_t i = 0; i < 6; ++i) counts[i] = rows.at(0, i).integer();
    return counts;
}

}  // namespace chilang::dossiers
