// The inbox against the plainest way to make a list: all rows read, filtered, sorted and cut here.
//
// Enough rows that a walk over the newest ends before the oldest, words from everywhere to nowhere,
// reaches of one, of some and of many agencies, page after page.
#include "dossiers/inbox.hpp"

#include "base/text.hpp"
#include "dossiers/testing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace chilang::dossiers {

namespace {

struct PlainRow {
    Id id{};
    std::int64_t agency = 0;
    std::string status, search;
    bool paused = false;
    Instant submitted_at{};
    std::optional<Instant> due_at;
    std::optional<std::int64_t> assignee;
};
BOOST_DESCRIBE_STRUCT(PlainRow, (),
                      (id, agency, status, search, paused, submitted_at, due_at, assignee))

const std::set<std::string> open_statuses{"submitted", "accepted", "processing",
                                          "waiting_applicant", "deciding"};

bool in_tab(const PlainRow& row, Tab tab, Instant now) {
    const bool ticking = open_statuses.contains(row.status) && !row.paused && row.due_at;
    switch (tab) {
        case Tab::intake:
            return row.status == "submitted";
        case Tab::processing:
            return row.status == "accepted" || row.status == "processing";
        case Tab::supplement:
            return row.status == "waiting_applicant";
        case Tab::deciding:
            return row.status == "deciding";
        case Tab::soon:
            return ticking && *row.due_at >= now && *row.due_at < now + std::chrono::hours(24);
        case Tab::overdue:
            return ticking && *row.due_at < now;
        case Tab::done:
            return !open_statuses.contains(row.status);
        case Tab::all:
            return true;
    }
    return false;
}

bool matches(const PlainRow& row, const InboxQuery& query) {
    if (std::ranges::find(query.agencies, row.agency) == query.agencies.end()) return false;
    if (!in_tab(row, query.tab, query.now)) return false;
    if (query.assignee && row.assignee != query.assignee) return false;
    for (const std::string& word : search_words(query.search))
        if ((' ' + row.search).find(' ' + word) == std::string::npos) return false;
    return true;
}

std::vector<Id> plainly(const std::vector<PlainRow>& all, const InboxQuery& query) {
    std::vector<const PlainRow*> found;
    for (const PlainRow& row : all)
        if (matches(row, query)) found.push_back(&row);
    const bool newest =
        query.tab == Tab::done || query.tab == Tab::all || !search_words(query.search).empty();
    std::ranges::sort(found, [&](const PlainRow* a, const PlainRow* b) {
        if (newest) return b->id < a->id;
        return std::pair(a->due_at.value_or(a->submitted_at), a->id) <
               std::pair(b->due_at.value_or(b->submitted_at), b->id);
    });
    std::vector<Id> ids;
    for (const PlainRow* row : found) ids.push_back(row->id);
    return ids;
}

// Ids rise with n. Word k stands in every k-th row or so; "xua" only in the oldest.
constexpr const char* many_rows = R"(
SELECT setseed(0.5);
INSERT INTO dossiers.dossier SELECT
  ('00000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid, 'H37.' || n, procedure,
  procedure_version, (SELECT agencies[1 + floor(random() * random() * 12 + 0 * n)]
      FROM (SELECT array_agg(id ORDER BY id) AS agencies FROM places.agency) a),
  channel, s, at, received, due, due, CASE WHEN s = 'resolved' THEN due END, NULL,
  CASE WHEN s = 'withdrawn' THEN due END, CASE WHEN s = 'resolved' THEN 'on_time' END,
  CASE WHEN s = 'resolved' THEN 'approved' END,
  CASE WHEN s = 'waiting_applicant' AND n % 2 = 0 THEN '[{"from": 1}]'::jsonb ELSE '[]' END, 0, 0,
  CASE WHEN n % 3 = 0 THEN 12 END, applicant, secret, stream_seq, stream_hash,
  'h37 ' || n || (SELECT coalesce(string_agg(' ' || word, ''), '') FROM unnest(
      '{nguyen,thi,than,nong,cap,giay,0912,hoang,hoa,tay,dang,1e5,99a,230614}'::text[]) WITH ORDINALITY
      w(word, k) WHERE random() * k + 0 * n < 1) || CASE WHEN n < 20 THEN ' xua' ELSE '' END
FROM dossiers.dossier d, LATERAL (
  SELECT n, s, at, CASE WHEN s <> 'submitted' THEN at END AS received,
         CASE WHEN s <> 'submitted' THEN at + interval '1 hour' * (n % 90) END AS due
  FROM (SELECT n, (ARRAY['submitted', 'processing', 'waiting_applicant', 'deciding', 'accepted',
                         'withdrawn', 'resolved', 'resolved'])[1 + n * 7919 % 8] AS s,
               timestamptz '2023-06-12 09:00+07' + interval '1 second' * (n % 97) AS at
        FROM generate_series(1, 4600) n) r) r;
ANALYZE dossiers.dossier)";

struct InboxTest : ::testing::Test {
    testing::House house;
    Service service{*house.platform};
    std::vector<PlainRow> all;
    std::vector<std::int64_t> agencies;

    void SetUp() override {
        NewDossier d;
        d.procedure = "1.001193";
        d.agency = house.agency().id;
        d.applicant = {"Hoàng Thị Mẫu", "020183000321", "0912 000 111", "", "thôn Bản Thí"};
        d.brought = {1, 2};
        ASSERT_TRUE(service.submit_and_wait(d, "citizen", house.now).ok());
        auto connection = house.database.pool().lease();
        connection->script(many_rows);
        all = connection
                  ->query(
                      "SELECT id, agency, status, search, status = 'waiting_applicant' AND"
                      " pauses <> '[]'::jsonb AS paused, submitted_at, due_at, assignee"
                      " FROM dossiers.dossier")
                  .as<PlainRow>();
        std::set<std::int64_t> found;
        for (const PlainRow& row : all) found.insert(row.agency);
        agencies.assign(found.begin(), found.end());
        ASSERT_GT(agencies.size(), 9u);
    }
    // Three pages after one another equal the first three pages of the plain list.
    void compare(db::Connection& connection, InboxQuery query) {
        const std::vector<Id> plain = plainly(all, query);
        std::size_t at = 0;
        for (int turn = 0; turn < 3; ++turn) {
            const InboxPage page = list(connection, query);
            const std::size_t left = std::min(query.limit, plain.size() - at);
            ASSERT_EQ(page.rows.size(), left);
            for (const InboxRow& row : page.rows) ASSERT_EQ(row.id, plain[at++]);
            ASSERT_EQ(page.next.empty(), at == plain.size());
            if (page.next.empty()) return;
            query.after = page.next;
        }
    }
};

TEST_F(InboxTest, EveryListEqualsThePlainOne) {
    auto connection = house.database.pool().lease();
    const std::vector<std::vector<std::int64_t>> reaches{{agencies.front()},
                                                         {agencies.back()},
                                                         {agencies[0], agencies[3], agencies[5]},
                                                         agencies,
                                                         {}};
    for (const auto& reach : reaches)
        for (const Tab tab : {Tab::intake, Tab::processing, Tab::supplement, Tab::deciding,
                              Tab::soon, Tab::overdue, Tab::done, Tab::all})
            for (const char* words : {"", "Nguyễn", "thi than", "h", "hoang 0912 1e5", "xua",
                                      "khong co", "99", "H37.4-230614", "h37 xua"})
                for (const bool mine : {false, true}) {
                    InboxQuery query{.agencies = reach,
                                     .tab = tab,
                                     .search = words,
                                     .limit = 7,
                                     .now = house.now};
                    if (mine) query.assignee = 12;
                    compare(*connection, query);
                    ASSERT_FALSE(HasFatalFailure())
                        << reach.size() << " agencies, " << label(tab) << ", '" << words << "'";
                }
}

TEST_F(InboxTest, TabsCountWhatTheyList) {
    auto connection = house.database.pool().lease();
    const InboxQuery query{.agencies = agencies, .now = house.now};
    const TabCount counts = count_tabs(*connection, query);
    for (std::size_t i = 0; i < 6; ++i) {
        const auto expected = std::ranges::count_if(
            all, [&](const PlainRow& row) { return in_tab(row, static_cast<Tab>(i), house.now); });
        EXPECT_EQ(counts[i], expected) << label(static_cast<Tab>(i));
        EXPECT_GT(counts[i], 0);
    }
    EXPECT_EQ(counts[7], -1);
}

TEST_F(InboxTest, WhatWasMadeIsRememberedForASecondOrUntilAStep) {
    Changes changes;
    Recent<std::vector<std::int64_t>, int> recent;
    int made = 0;
    Instant now = house.now;
    const auto ask = [&](const std::vector<std::int64_t>& reach) {
        return *recent.of(reach, changes.of(reach), now, [&] { return ++made; });
    };
    EXPECT_EQ(ask({1, 2}), 1);
    now += std::chrono::milliseconds(900);
    EXPECT_EQ(ask({1, 2}), 1);
    EXPECT_EQ(ask({1}), 2) << "another reach";
    changes.touch(2);
    EXPECT_EQ(ask({1, 2}), 3) << "a step in one of its agencies";
    EXPECT_EQ(ask({1}), 2) << "a step elsewhere";
    now += std::chrono::seconds(1);
    EXPECT_EQ(ask({1}), 4);
}

}  // namespace

}  // namespace chilang::dossiers
