// The inbox: lists of dossiers by what has to be done, and the search over all of them.
#pragma once

#include "db/db.hpp"
#include "dossiers/model.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace chilang::dossiers {

enum class Tab { intake, processing, supplement, deciding, soon, overdue, done, all };
BOOST_DESCRIBE_ENUM(Tab, intake, processing, supplement, deciding, soon, overdue, done, all)
std::string_view label(Tab tab);    // "Chờ tiếp nhận"
std::string_view address(Tab tab);  // "cho-tiep-nhan": its word in URLs
std::optional<Tab> tab_of(std::string_view address);

struct InboxQuery {
    std::vector<std::int64_t> agencies;  // reach of the person who asks
    Tab tab = Tab::processing;
    std::string search;  // words of code, name, phone, procedure; marks don't matter
    std::optional<std::int64_t> assignee;  // only what this position answers for
    std::string after;                     // cursor of the page before
    std::size_t limit = 50;
    Instant now{};
};

struct InboxRow {
    Id id{};
    std::string code;
    std::string applicant;  // personal: the name only
    std::int64_t procedure = 0;
    std::int64_t agency = 0;
    Channel channel = Channel::online;
    Status status = Status::submitted;
    Instant submitted_at{};
    std::optional<Instant> received_at, due_at, resolved_at;
    std::optional<Verdict> verdict;
    std::optional<std::int64_t> assignee;
    bool paused = false;
};
BOOST_DESCRIBE_STRUCT(InboxRow, (),
                      (id, code, applicant, procedure, agency, channel, status, submitted_at,
                       received_at, due_at, resolved_at, verdict, assignee, paused))

struct InboxPage {
    std::vector<InboxRow> rows;
    std::string next;  // cursor, or empty
};

InboxPage list(db::Connection& connection, const InboxQuery& query);
// How many are open under each tab; `done` and `all` are not counted (-1).
using TabCount = std::array<std::int64_t, 8>;
TabCount count_tabs(db::Connection& connection, const InboxQuery& query);

// What is looked for: "Nguyễn  văn" -> nguyen, van; each is the beginning of a word. At most
// twelve.
std::vector<std::string> search_words(std::string_view typed);
// nguyen, van -> "nguyen:* & van:*", for the word index.
std::string prefix_query(const std::vector<std::string>& words);

}  // namespace chilang::dossiers
