// The rules of the one-stop mechanism: pure decisions. (state, command, actor, now) -> decision.
//
// No clock, no SQL, no HTTP. The same functions decide for the counter, the API and the
// demonstration load. A decision is the dossier as it will be, plus the event to append. Law: NĐ
// 61/2018/NĐ-CP as amended by NĐ 107/2021/NĐ-CP, TT 01/2018/TT-VPCP; domain notes name each clause.
#pragma once

#include "base/result.hpp"
#include "dossiers/model.hpp"
#include "time/calendar.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chilang::dossiers {

// Numbers 40-52 of the ledger's kinds; 60-62 are the catalogue's.
namespace kinds {
extern const ledger::Kind submitted, accepted, refused, assigned, supplement_asked, supplemented,
    drafted, sent_back, resolved, extended, stopped, withdrawn, returned;
// Of the catalogue, 60-69: stream "procedure/<id>", payload ProcedureFacts.
extern const ledger::Kind procedure_published, procedure_updated, procedure_closed,
    procedure_drafted;
std::vector<ledger::Kind> all();
}  // namespace kinds

enum class Action {
    accept,
    refuse,
    assign,
    ask_supplement,
    supplement,
    draft,
    send_back,
    approve,
    reject,
    extend,
    stop,
    withdraw,
    hand_over
};
BOOST_DESCRIBE_ENUM(Action, accept, refuse, assign, ask_supplement, supplement, draft, send_back,
                    approve, reject, extend, stop, withdraw, hand_over)

struct Defect {  // one line of form 02: what is missing, why, how to mend it
    std::string component, fault, remedy;
};
BOOST_DESCRIBE_STRUCT(Defect, (), (component, fault, remedy))

struct Step {  // what the person asked for
    Action action = Action::accept;
    std::string reason;           // refuse, reject, send_back, extend, stop, withdraw
    std::string clause;           // law behind a refusal, extension or stop
    std::vector<Defect> defects;  // ask_supplement: all of them, once
    std::optional<std::int64_t> assignee;
    std::optional<Instant> new_due;  // extend: the new promise
};
BOOST_DESCRIBE_STRUCT(Step, (), (action, reason, clause, defects, assignee, new_due))

struct Facts {  // what the rules may know besides the dossier
    const Procedure& procedure;
    const time::Calendar& calendar;
    std::string actor;  // "position/12", "citizen"
    Instant now;
    std::vector<int> handed_in;  // of a new dossier: numbers of its components, from 1
};

struct Decision {
    Dossier dossier;  // as it will be (head not yet moved)
    ledger::Kind kind;
    std::string payload;  // canonical JSON without personal data; carries what figures need
};

// What every event's payload holds, so that figures fold from events alone.
struct StepFacts {
    std::string code;
    std::int64_t procedure = 0, agency = 0;
    std::string field;
    ServiceLevel level = ServiceLevel::full;
    Channel channel = Channel::online;
    Status status = Status::submitted;
    std::optional<Instant> received_at, due_at, resolved_at, returned_at;
    std::optional<Instant> closed_at;
    bool paused = false;  // the clock stands still by law
    std::optional<Verdict> verdict;
    std::string note;  // reason, clause or defects as the law wants them recorded; no names
    // What the statutory papers print, word for word; absent where the step has none.
    std::optional<std::string> reason, clause;
    std::optional<std::vector<Defect>> defects;
    std::optional<std::vector<int>> handed_in;
};
BOOST_DESCRIBE_STRUCT(StepFacts, (),
                      (code, procedure, agency, field, level, channel, status, received_at, due_at,
                       resolved_at, returned_at, closed_at, paused, verdict, note, reason, clause,
                       defects, handed_in))

// What an event of the catalogue holds.
struct ProcedureFacts {
    std::int64_t procedure = 0;  // its dense number
    std::string code, field;
    std::int64_t department = 0;
    ServiceLevel level = ServiceLevel::full;
    bool portal_synced = false;
    std::optional<ServiceLevel> portal_level;
    Date valid_from{};
    std::optional<Date> valid_to;
    std::optional<int> version;  // left out: the first
    std::optional<int> ends;     // the version that ends on this one's first day
};
BOOST_DESCRIBE_STRUCT(ProcedureFacts, (),
                      (procedure, code, field, department, level, portal_synced, portal_level,
                       valid_from, valid_to, version, ends))
ProcedureFacts facts_of(const Procedure& procedure);
// A version as an id, for figures: each version is a record of its own, in force for its days.
Id procedure_id(std::int64_t procedure, int version = 1);
std::string procedure_stream(std::int64_t procedure);  // "procedure/17"
std::string dossier_stream(const Id& dossier);         // "dossier/0188b7c2-…"

// Until when the intake check of an online dossier must answer: 8 working hours (NĐ 45/2020 Điều
// 14).
Instant intake_due(const Dossier& dossier, const time::Calendar& calendar);
// The due date with its reasoning, computed again from the dossier's own history. Without
// `received_at` there is none. Extensions are promises of a leader: the trace names them.
time::Deadline due_of(const Dossier& dossier, const Procedure& procedure,
                      const time::Calendar& calendar, Instant now);

// Of a component: what its field is called in forms and answers, from 1: "component_1".
std::string component_field(int number);
int component_of(std::string_view field);  // 0: the field is none of a component
// The components that a dossier of this channel cannot do without and that are not among
// `handed_in`: online what can be sent, at the counter everything that the state does not have.
Problems missing_components(const Procedure& procedure, Channel channel,
                            const std::vector<int>& handed_in);

// A new dossier. Online: status submitted. Counter and post: accepted at once, clock running.
Result<Decision> decide_submit(Dossier draft, const Facts& facts);
Result<Decision> decide(const Dossier& dossier, const Step& step, const Facts& facts);

struct Transition {
    Action action;
    std::vector<Status> from;
    std::string_view right;  // identity right, or "applicant"
    std::string_view label;  // button: "Tiếp nhận hồ sơ"
};
const std::vector<Transition>& transitions();
const Transition& transition(Action action);
bool possible(const Dossier& dossier, Action action);  // by its status and its history

}  // namespace chilang::dossiers
