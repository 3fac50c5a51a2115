// The write lane: the one way in which commands change the database.
//
// A command is its idempotency key, the counters it takes numbers from, and a function that builds
// its write set once the numbers are known. One thread takes up to 50 waiting commands, commits
// them in ONE pipelined transaction, and answers each after the commit. When a statement of one
// fails, the transaction is rolled back and done again without it, so that a bad command harms
// nobody else. Numbers are gap-free: a counter row is touched in the lane only, inside the
// transaction that uses the number. A commit whose outcome is unknown (the connection broke) is
// answered only once the database has said what became of it.
#pragma once

#include "base/result.hpp"
#include "db/db.hpp"

#include <cstdint>
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
    std::string key;                    // idempotency key; empty: none
    std::string fingerprint;            // hash of the request; the key with another one is refused
    std::vector<std::string> counters;  // names: "dossier/H37.12/230614"; each gives one number
    // Pure and quick. May be called again with other numbers, when the batch is done again; a
    // refusal gives its numbers back.
    std::function<Result<WriteSet>(std::span<const std::int64_t> numbers)> build;
};

struct Outcome {
    enum class Kind {
        committed,   // durable
        replayed,    // the key was committed before: `answer` is the old one
        conflict,    // an Expect::one_row statement touched no row: load again, decide again
        refused,     // build() said no, or a named constraint was violated: see problems
        unavailable  // the database is gone or full: nothing was acknowledged. Code
                     // "outcome_unknown": it may yet be committed, ask again with the same key
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
        std::function<void()>
            after_commit;  // once a batch, on the lane's thread, after the answers
        std::function<Problem(const std::string& constraint)>
            explain;  // named constraint -> sentence
    };
    WriteLane(std::string url, Options options);  // connects at the first command
    ~WriteLane();                                 // finishes what is queued, then stops

    // Calls `done` on the lane's thread after the commit (or the refusal); it must not wait for the
    // lane. Full queue: `unavailable`, at once and on the caller's thread.
    void submit(Command command, std::function<void(Outcome)> done);
    // The same, waiting.
    Outcome run(Command command);

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Forgets the keys of commands committed before this moment; how many. For a daily job.
std::size_t forget_idempotency_keys(Connection& connection, Instant before);

}  // namespace chilang::db
