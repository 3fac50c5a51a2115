// The write lane: the one way in which commands change the database.
//
// A command is its idempotency key, the counters it takes numbers from, and a function that builds
// its write set once the numbers are known. One thread takes up to 50 waiting commands, commits them
// in ONE pipelined transaction, and answers each after the commit. When any of them fails, the
// transaction is rolled back and the commands are replayed one by one, so that a bad command harms
// nobody else. Numbers are gap-free: a counter row is touched in the lane only, inside the
// transaction that uses the number.
#pragma once

#include "base/result.hpp"
#include "db/db.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace chilang::db {

struct WriteSet {
    std::vector<Statement> statements;
    std::string answer;  // JSON kept with the idempotency key and given back to the caller
};

struct Command {
    std::string key;                       // idempotency key; empty: none
    std::string fingerprint;               // hash of the request; same key + other fingerprint is refused
    std::vector<std::string> counters;     // names: "dossier/H37.12/230614"
    std::function<Result<WriteSet>(std::span<const std::int64_t> numbers)> build;  // pure, quick
};

struct Outcome {
    enum class Kind {
        committed,      // durable
        replayed,       // the key was committed before: `answer` is the old one
        conflict,       // an Expect::one_row statement touched no row: load again, decide again
        refused,        // build() said no, or a named constraint was violated: see problems
        unavailable     // the database is gone or full: nothing was acknowledged
    };
    Kind kind;
    std::string answer;
    Problems problems;
    bool ok() const { return kind == Kind::committed || kind == Kind::replayed; }
};

class WriteLane {
public:
    struct Options {
        std::size_t batch_max = 50;
        std::size_t queue_max = 4096;
        std::function<void()> after_commit;  // called once a batch, on the lane's thread
        std::function<Problem(const std::string& constraint)> explain;  // named constraint -> sentence
    };
    WriteLane(std::string url, Options options);
    ~WriteLane();  // finishes what is queued, then stops

    // Calls `done` on the lane's thread after the commit (or the refusal). Full queue: unavailable.
    void submit(Command command, std::function<void(Outcome)> done);
    // The same, waiting.
    Outcome run(Command command);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace chilang::db
