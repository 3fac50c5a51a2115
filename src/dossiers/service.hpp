// The service: load, decide, save the row and its event in one transaction. It decides nothing.
//
// `submit` and `act` answer through `done`, on the write lane's thread after the commit (or at once
// when there is nothing to commit); the *_and_wait forms are for jobs, bulk actions and tests, and
// try again when somebody else was faster.
#pragma once

#include "db/lane.hpp"
#include "dossiers/catalogue.hpp"
#include "dossiers/recent.hpp"
#include "dossiers/rules.hpp"
#include "files/files.hpp"
#include "platform/platform.hpp"
#include "workdays/workdays.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace chilang::identity {
struct Actor;
}

namespace chilang::dossiers {

struct NewDossier {
    std::string procedure;  // its code
    std::int64_t agency = 0;
    Channel channel = Channel::online;
    Applicant applicant;
    std::vector<files::StoredFile> files;  // kept already; named in the same transaction
    std::vector<int> brought;              // components handed in on paper, by number from 1
    std::string key;                       // idempotency key; empty: none
};

// What the applicant gets. The secret is told to the applicant only.
struct Receipt {
    Id id{};
    std::string code;
    std::string secret;
    Status status = Status::submitted;
    Instant submitted_at{};
    std::optional<Instant> due_at;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (id, code, secret, status, submitted_at, due_at))

struct Answer {
    enum class Kind {
        done,
        replayed,
        refused,
        conflict,
        missing,
        forbidden,
        unavailable
    } kind = Kind::done;
    Problems problems;
    Receipt receipt;  // of submit
    Dossier dossier;  // of act: as it is now
    bool ok() const { return kind == Kind::done || kind == Kind::replayed; }
};
using Answered = std::function<void(Answer)>;

struct Act {
    Id dossier{};
    Step step;
    std::vector<files::StoredFile> files;  // brought with the step
    std::optional<std::int64_t> seen;  // number of the last event on the page that the person saw
    std::string key;
};

class Service {
public:
    explicit Service(Platform& platform);

    // `actor`: "citizen" or "position/12". Of a citizen the channel is always online.
    void submit(NewDossier dossier, const std::string& actor, Instant now, Answered done);
    Answer submit_and_wait(NewDossier dossier, const std::string& actor, Instant now);

    // A null actor is the applicant, whose secret the caller has checked.
    void act(Act act, const identity::Actor* actor, Instant now, Answered done);
    Answer act_and_wait(const Act& act, const identity::Actor* actor, Instant now);

    std::optional<Dossier> find(const Id& id) const;
    std::optional<Dossier> find(std::string_view code) const;
    // The version that the dossier froze. Throws std::logic_error when the catalogue lacks it.
    const Procedure& procedure(const Dossier& dossier, const Procedures& procedures) const;
    // Writes the event of looking at an applicant's data, once in ten minutes for one person and
    // dossier.
    void looked_at(const identity::Actor& actor, const Dossier& dossier, std::string_view reason,
                   Instant now);

    std::shared_ptr<const Procedures> procedures() const { return catalogue_.now(); }
    Catalogue& catalogue() { return catalogue_; }
    // By which new promises are counted and hours left are told.
    const time::Calendar& calendar() const { return platform_.workdays.latest(); }
    // By which the dossier's own promise was counted: the calendar as known at its receipt.
    const time::Calendar& calendar_of(const Dossier& dossier) const {
        return dossier.received_at ? platform_.workdays.as_of(*dossier.received_at) : calendar();
    }
    Platform& platform() const { return platform_; }
    // The steps committed here: told before their commands are answered.
    const Changes& changes() const { return changes_; }

private:
    Platform& platform_;
    Changes changes_;
    Catalogue catalogue_;
    std::mutex looks_mutex_;
    std::map<std::pair<std::int64_t, Id>, Instant> looks_;  // account and dossier -> last event
};

// The idempotency key of what was sent with a form or a header: empty when nothing was. What no key
// of ours looks like is hashed, so that it fits the index.
std::string command_key(std::string_view prefix, std::string_view sent);

// May this person take this step on this dossier? Scope by agency, right by the table; what an
// applicant does may be recorded for them by those who receive.
bool permitted(const identity::Actor& actor, const Dossier& dossier, Action action);
bool in_reach(const identity::Actor& actor, const Dossier& dossier);

}  // namespace chilang::dossiers
