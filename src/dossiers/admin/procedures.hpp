// Versions of procedures: checked by a validator, answered for by a person, in force from a day.
//
// A version that was published is never edited: a new one follows it, and dossiers keep the version
// of their receipt. The national catalogue has errors (a fee of 100 đồng for 100.000, notes typed
// as papers of quantity 0), so what the validator finds must be mended or looked at before
// publishing.
#pragma once

#include "dossiers/service.hpp"

#include <string>
#include <vector>

namespace chilang::dossiers {

struct Finding {
    std::string field;      // as in the form
    std::string sentence;   // what is doubtful, and what to do
    bool blocking = false;  // true: cannot be published; false: somebody must have looked at it
};
BOOST_DESCRIBE_STRUCT(Finding, (), (field, sentence, blocking))
std::vector<Finding> findings(const Procedure& procedure);  // pure

enum class Standing { in_force, to_come, draft, ended };
BOOST_DESCRIBE_ENUM(Standing, in_force, to_come, draft, ended)
Standing standing(const Procedure& version, Date today);

// The draft of a procedure, or nullptr.
const Procedure* draft_of(const Procedures& procedures, std::int64_t id);

// Saves a draft: id 0 is a new procedure, else the next version of that one (or its draft again).
// Number, version and dates are not the form's business. Problems: the fields of the form.
Result<Procedure> save_draft(Service& service, const identity::Actor& by, Procedure form,
                             Instant now);

struct Publishing {
    std::int64_t id = 0;
    std::optional<Date> from;
    bool doubts_seen = false;
};
// Publishes the draft. Problems: "tu_ngay", "da_xem", and the fields of blocking findings.
Result<Procedure> publish(Service& service, const identity::Actor& by, const Publishing& form,
                          Instant now);

struct Ending {
    std::int64_t id = 0;
    std::optional<Date> day;  // first day on which it is no longer offered
};
Result<Procedure> end_procedure(Service& service, const identity::Actor& by, const Ending& form,
                                Instant now);

}  // namespace chilang::dossiers
