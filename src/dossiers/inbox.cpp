// The lists. An open list is ordered by what is due first; a closed or searched one by the newest.
//
// A page needs fifty rows, so no plan may touch all that match. Each agency's rows are read in
// their order from an index and merged; what is common among the newest dossiers is found by
// walking them newest first, so far and no further; only what is rare is asked of the word index,
// which must fetch and sort all that it finds. Tabs are conditions in SQL, written once; the texts
// that come out are few, so each is prepared once per connection.
#include "dossiers/inbox.hpp"

#include "base/text.hpp"

#include <algorithm>

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

std::vector<std::string> search_words(std::string_view typed) {
    constexpr std::size_t most = 12;
    std::vector<std::string> words;
    std::string word;
    for (const char c : text::fold(typed) + ' ') {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += c;
        } else if (!word.empty()) {
            if (words.size() < most) words.push_back(word);
            word.clear();
        }
    }
    return words;
}

std::string prefix_query(const std::vector<std::string>& words) {
    std::string query;
    for (const std::string& word : words) query += (query.empty() ? "" : " & ") + word + ":*";
    return query;
}

namespace {

// How many dossiers a walk looks at before it gives up: some milliseconds. What it can't find fifty
// of is in fewer than one in eighty of the newest dossiers.
constexpr std::string_view walk_most = "4000";
// Up to here each agency's own index is read first; beyond it the newest of the whole province are
// likely to be in reach, and walking them reads far less.
constexpr std::size_t few_agencies = 8;

// What a row of the list is made of. Named, not `*`: PostgreSQL sets up every column at every level
// of every branch, and that is most of what such a short query costs.
constexpr std::string_view columns =
    "id, code, applicant, procedure, agency, channel, status, submitted_at, received_at, due_at,"
    " resolved_at, verdict, assignee, pauses";

constexpr std::string_view due_order = "coalesce(due_at, submitted_at), id";
constexpr std::string_view new_order = "id DESC";

// Words that so many dossiers have that the word index had better not be asked for them beside
// others, since it gathers all places of each first: the beginning of every code, short numbers, one
// letter. Of other words even the commonest is gathered sooner than the rows of the rest are read.
bool is_common(const std::string& word) {
    return word.size() == 1 ||
           (word.size() <= 3 && word.find_first_of("0123456789") != word.npos);
}
// A day of a code, or a telephone number: no walk would find fifty.
bool is_rare(const std::string& word) {
    return word.size() >= 6 && word.find_first_not_of("0123456789") == word.npos;
}

// One page's question: its conditions, and the ways to answer it. All ways give the same rows.
class Question {
public:
    explicit Question(const InboxQuery& query)
        : query_(query),
          newest_(newest_first(query)),
          words_(search_words(query.search)),
          params_{query.agencies, query.now, static_cast<std::int64_t>(query.limit) + 1} {
        filters_ = "$2::timestamptz IS NOT NULL AND " + where(query.tab);
        if (query.assignee) filters_ += " AND assignee = " + next(*query.assignee);
        const auto cursor = read_cursor(query.after);
        if (cursor && newest_) after_ = " AND id < " + next(cursor->id) + "::uuid";
        if (cursor && !newest_)
            after_ = " AND (" + std::string(due_order) + ") > (" + next(cursor->at) +
                     "::timestamptz, " + next(cursor->id) + "::uuid)";
    }

    std::vector<InboxRow> answer(db::Connection& connection) const {
        const bool wide = query_.agencies.size() > few_agencies;
        if (words_.empty() && (!newest_ || !wide)) return by_agency(connection);
        if (std::ranges::none_of(words_, is_rare)) {
            auto rows = walk(connection);
            if (rows.size() > query_.limit) return rows;
        }
        return words_.empty() ? by_agency(connection) : by_words(connection);
    }

private:
    // The first rows of each agency in the order of its index, merged. Of a few agencies PostgreSQL
    // reads no more rows than it gives out (Merge Append); of many it sorts each one's first.
    std::vector<InboxRow> by_agency(db::Connection& connection) const {
        const std::string order(newest_ ? new_order : due_order);
        const auto first_of = [&](const std::string& agency) {
            return "(SELECT " + std::string(columns) +
                   " FROM dossiers.dossier WHERE agency = " + agency + " AND " + filters_ + after_ +
                   " ORDER BY " + order + " LIMIT $3::bigint)";
        };
        std::string from;
        if (query_.agencies.empty() || query_.agencies.size() > few_agencies)
            from = "SELECT d.* FROM unnest($1::bigint[]) AS reach(unit) CROSS JOIN LATERAL " +
                   first_of("reach.unit") + " d";
        else
            for (std::size_t i = 1; i <= query_.agencies.size(); ++i)
                from += (i > 1 ? " UNION ALL " : "") +
                        first_of("($1::bigint[])[" + std::to_string(i) + ']');
        return rows(connection, '(' + from + ')', "", order, params_);
    }

    // The newest dossiers, one after another, until there are enough or it gets too long.
    std::vector<InboxRow> walk(db::Connection& connection) const {
        const std::string unit =
            query_.agencies.size() == 1 ? "agency = ($1::bigint[])[1]" : "true";
        std::string wanted = "agency = ANY($1::bigint[]) AND " + filters_;
        db::Params params = params_;
        if (!words_.empty()) wanted += " AND " + in_text(words_, params);
        return rows(connection,
                    "(SELECT " + std::string(columns) + ", search FROM dossiers.dossier WHERE " +
                        unit + after_ + " ORDER BY id DESC LIMIT " + std::string(walk_most) + ")",
                    " WHERE " + wanted, std::string(new_order), params);
    }

    // All that have the words, by the word index: only their ids are sorted. The planner cannot
    // know how rare the words are; the materialised list keeps it from any other way, and IS TRUE
    // makes of the reach a hash table instead of a join or a long row of comparisons.
    std::vector<InboxRow> by_words(db::Connection& connection) const {
        db::Params params = params_;
        std::vector<std::string> asked, common;
        for (const std::string& word : words_) (is_common(word) ? common : asked).push_back(word);
        if (asked.empty()) asked.swap(common);
        std::string wanted = filters_ + after_;
        if (!common.empty()) wanted += " AND " + in_text(common, params);
        params.emplace_back(prefix_query(asked));
        return rows(connection,
                    "(WITH found AS MATERIALIZED (SELECT id FROM dossiers.dossier WHERE"
                    " to_tsvector('simple', search) @@ to_tsquery('simple', $" +
                        std::to_string(params.size()) +
                        ") AND (agency IN (SELECT unnest($1::bigint[]))) IS TRUE AND " + wanted +
                        ") SELECT " + std::string(columns) +
                        " FROM (SELECT id FROM found ORDER BY id DESC LIMIT"
                        " $3::bigint) f JOIN dossiers.dossier USING (id))",
                    "", std::string(new_order), params);
    }

    // The condition that a row has words with these beginnings. `search` is words with blanks
    // between them, so the beginning of one follows a blank. (The word index agrees but for such
    // words as 3e10x, which it takes for two.)
    static std::string in_text(const std::vector<std::string>& words, db::Params& params) {
        std::vector<std::string> patterns;
        for (const std::string& word : words) patterns.push_back("% " + word + '%');
        params.emplace_back(patterns);
        return "' ' || search LIKE ALL ($" + std::to_string(params.size()) + "::text[])";
    }

    static std::vector<InboxRow> rows(db::Connection& connection, const std::string& from,
                                      const std::string& filter, const std::string& order,
                                      const db::Params& params) {
        return connection
            .query(
                "SELECT id, code, applicant->>'name' AS applicant, procedure, agency, channel,"
                " status, submitted_at, received_at, due_at, resolved_at, verdict, assignee, " +
                    std::string(paused) + " AS paused FROM " + from + " d" + filter + " ORDER BY " +
                    order + " LIMIT $3::bigint",
                params)
            .as<InboxRow>();
    }

    std::string next(db::Param value) {
        params_.emplace_back(std::move(value));
        return '$' + std::to_string(params_.size());
    }

    const InboxQuery& query_;
    bool newest_;
    std::vector<std::string> words_;
    db::Params params_;  // $1 agencies, $2 now, $3 one row more than the page has
    std::string filters_, after_;
};

}  // namespace

InboxPage list(db::Connection& connection, const InboxQuery& query) {
    InboxPage page{Question(query).answer(connection), {}};
    if (page.rows.size() > query.limit) {
        page.rows.resize(query.limit);
        const InboxRow& last = page.rows.back();
        page.next = std::to_string(to_microseconds(last.due_at.value_or(last.submitted_at))) + '~' +
                    to_string(last.id);
    }
    return page;
}

TabCount count_tabs(db::Connection& connection, const InboxQuery& query) {
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
    TabCount counts;
    counts.fill(-1);
    const db::Rows rows = connection.query(sql, {query.agencies, query.now});
    for (std::size_t i = 0; i < 6; ++i) counts[i] = rows.at(0, i).integer();
    return counts;
}

}  // namespace chilang::dossiers
