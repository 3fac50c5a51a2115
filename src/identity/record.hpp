// One change of something that administrators keep — the calendar, an agency, a procedure — with
// its event, in one transaction. Accounts have their own head in their row (State::act).
#pragma once

#include "identity/identity.hpp"

namespace chilang {
struct Platform;
}

namespace chilang::identity {

struct Change {
    std::string stream;  // "calendar", "agency/12", "procedure/17"
    ledger::Kind kind;
    std::string payload;  // canonical JSON without personal data
    std::vector<db::Statement> statements;
};
// Not tried again when somebody else was faster: what was checked may no longer hold. The problem
// has then the code "changed_meanwhile" and no field.
Result<Done> record(Platform& platform, const Actor& by, Instant now, const Change& change);

}  // namespace chilang::identity
