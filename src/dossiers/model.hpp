// Procedures, dossiers and their steps: the words of the one-stop mechanism as types.
//
// A dossier changes only by actions (accept, assign, ask for a supplement …); its status is what
// they left behind. Which action is possible in which status, and whose right it needs, is the
// table `transitions` in rules.cpp. The dossier freezes the version of its procedure at receipt.
#pragma once

#include "base/describe.hpp"
#include "ledger/event.hpp"
#include "time/deadline.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace chilang::dossiers {

// NĐ 42/2022: information only, partial, full online service.
enum class ServiceLevel { information, partial, full };
BOOST_DESCRIBE_ENUM(ServiceLevel, information, partial, full)

enum class Channel { counter, online, post };
BOOST_DESCRIBE_ENUM(Channel, counter, online, post)

// Codes of the national portal beside each (TT 01/2018; domain/tthc.md §1.3).
enum class Status {
    submitted,          // 1: sent online, waits for the intake check
    accepted,           // 2: received, the clock runs
    refused,            // 3: refused at intake, with reason
    processing,         // 4: assigned to a specialist
    waiting_applicant,  // 5: supplement asked for
    deciding,           // 4: result drafted, waits for the leader
    withdrawn,          // 7: by the applicant; not "resolved"
    stopped,            // 8: by the agency (form 05), with ground
    resolved,           // 9: result signed; the on-time test stops here
    returned            // 10: result handed over
};
BOOST_DESCRIBE_ENUM(Status, submitted, accepted, refused, processing, waiting_applicant, deciding,
                    withdrawn, stopped, resolved, returned)

enum class Verdict { early, on_time, late };
BOOST_DESCRIBE_ENUM(Verdict, early, on_time, late)

enum class Outcome { approved, rejected };  // both are a resolution inside the time limit
BOOST_DESCRIBE_ENUM(Outcome, approved, rejected)

enum class ProcedureScope { province, district, commune };  // which tier of agency handles it
BOOST_DESCRIBE_ENUM(ProcedureScope, province, district, commune)

enum class LimitUnit { working_day, working_hour, calendar_day, month };
BOOST_DESCRIBE_ENUM(LimitUnit, working_day, working_hour, calendar_day, month)

enum class PausePolicy { keep, extend, restart };
BOOST_DESCRIBE_ENUM(PausePolicy, keep, extend, restart)

struct Component {  // one paper or datum that the procedure asks for
    std::string name;
    std::string source;  // "data" (the state has it), "upload", "original"
    bool required = true;
    int copies = 1;
};
BOOST_DESCRIBE_STRUCT(Component, (), (name, source, required, copies))

struct Procedure {
    std::int64_t id = 0;  // dense from 1: the number used in figures
    std::string code;     // "1.001193"
    std::string name;
    std::string field;            // lĩnh vực: "Hộ tịch"
    std::int64_t department = 0;  // agency in charge of the field
    ProcedureScope scope = ProcedureScope::commune;
    ServiceLevel level = ServiceLevel::full;
    int limit_amount = 0;  // 0: same day
    LimitUnit limit_unit = LimitUnit::working_day;
    PausePolicy pause_policy = PausePolicy::keep;
    std::string pause_clause;  // law that lets the clock pause; empty with `keep`
    std::int64_t fee_dong = 0;
    std::string fee_note;
    std::vector<Component> components;
    std::string result_name;  // "Giấy khai sinh"
    std::string basis;        // "QĐ 163/QĐ-BTP; TT 85/2019/TT-BQP"
    std::string certainty;  // "sure", "doubtful", "generated": generated samples are marked as such
    bool portal_synced = false;                // linked with the national portal
    std::optional<ServiceLevel> portal_level;  // published there, and as what
    int version = 1;
    Date valid_from{};
    std::optional<Date> valid_to;
    bool published = true;                     // false: a draft, never offered
    std::optional<std::int64_t> confirmed_by;  // position that answers for the version's content
    std::optional<Date> confirmed_on;
};
BOOST_DESCRIBE_STRUCT(Procedure, (),
                      (id, code, name, field, department, scope, level, limit_amount, limit_unit,
                       pause_policy, pause_clause, fee_dong, fee_note, components, result_name,
                       basis, certainty, portal_synced, portal_level, version, valid_from, valid_to,
                       published, confirmed_by, confirmed_on))

struct Applicant {  // personal data: never in events, logs or URLs
    std::string name;
    std::string citizen_id;  // 12 digits, or empty
    std::string phone;
    std::string email;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(Applicant, (), (name, citizen_id, phone, email, address))

struct PauseSpan {
    Instant from{};
    std::optional<Instant> to;
};
BOOST_DESCRIBE_STRUCT(PauseSpan, (), (from, to))

struct Dossier {
    Id id{};
    std::string code;  // "H37.12-230614-0001": gap-free per agency and day
    std::int64_t procedure = 0;
    int procedure_version = 1;
    std::int64_t agency = 0;  // competent agency
    Channel channel = Channel::online;
    Status status = Status::submitted;
    Instant submitted_at{};
    std::optional<Instant> received_at;   // the clock's start: complete and correct
    std::optional<Instant> due_at;        // in force
    std::optional<Instant> first_due_at;  // as promised at receipt
    std::optional<Instant> resolved_at;
    std::optional<Instant> returned_at;
    std::optional<Instant> closed_at;  // refused, stopped or withdrawn: ended without a result
    std::optional<Verdict> verdict;
    std::optional<Outcome> outcome;
    std::vector<PauseSpan> pauses;
    int supplements = 0;
    int extensions = 0;
    std::optional<std::int64_t> assignee;  // position
    Applicant applicant;
    Hash secret{};      // SHA-256 of the look-up secret printed on the receipt
    ledger::Head head;  // stream "dossier/<id>"
};
// Row mapping: columns of dossiers.dossier; `applicant` and `pauses` are jsonb, head is two
// columns.
BOOST_DESCRIBE_STRUCT(Dossier, (),
                      (id, code, procedure, procedure_version, agency, channel, status,
                       submitted_at, received_at, due_at, first_due_at, resolved_at, returned_at,
                       closed_at, verdict, outcome, pauses, supplements, extensions, assignee,
                       applicant, secret, head))

// Words for people, in one place.
std::string_view label(Status status);  // "Đang giải quyết"
std::string_view label(Channel channel);
std::string_view label(ServiceLevel level);
std::string_view label(Verdict verdict);
std::string_view label(LimitUnit unit);
int portal_code(Status status);          // 1 … 10
bool is_open(Status status);             // somebody still has to do something before the result
bool is_paused(const Dossier& dossier);  // waits for the applicant while the law stops the clock

}  // namespace chilang::dossiers
