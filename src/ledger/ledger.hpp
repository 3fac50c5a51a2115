// The sealed ledger: append in the business transaction, seal in order, prove for ever.
//
// A command appends its event with `append()` as one statement of its write set. The sealer moves
// committed events, in batches of at most 200 ms or 1,024, from ledger.intake to ledger.event with a
// gap-free index, extends the Merkle tree (C2SP tlog-tiles, immutable files), stores the checkpoint
// and only then signs it (Ed25519 signed note). Everyone who reads follows that index.
#pragma once

#include "base/result.hpp"
#include "db/db.hpp"
#include "db/lane.hpp"
#include "ledger/event.hpp"
#include "ledger/policy.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chilang::ledger {

struct Checkpoint {
    std::int64_t size = 0;
    Hash root{};
    std::string note;          // signed note, with cosignatures of witnesses if there are any
    Instant at{};
};

// One event with its proof, as pages show it.
struct ProvenEvent {
    Event event;
    std::optional<std::int64_t> index;   // empty: committed, not sealed yet (below a second)
};

class Ledger {
public:
    struct Options {
        std::filesystem::path folder;    // var/ledger: tiles, keys
        std::string origin = "chilang.langson/2026";
        int batch_ms = 100;
        std::size_t batch_max = 1024;
        std::vector<std::string> witnesses;   // URLs of `chilang witness`
        std::vector<std::string> witness_keys;  // whose cosignatures count; empty: of all asked
        std::size_t witness_quorum = 1;  // a checkpoint is cosigned when so many signed it
        int witness_ms = 5000;           // between two requests
        bool seal = true;                // false: this process only reads
        std::shared_ptr<const Clock> clock = std::make_shared<Clock>();
    };
    Ledger(db::Pool& pool, Options options);   // loads or makes the keys; verifies the tail of the tree
    ~Ledger();

    void start();                        // sealer thread and followers
    void stop();
    void wake();                         // something was committed (called by the write lane)

    const Hash& stream_key() const;      // secret key of stream tags
    static db::Statement append(const Event& event);

    // Seals events that were never in the intake: for the demonstration load, which writes the
    // business rows and these events in bulk. Only while no other process seals.
    void load(db::Connection& connection, std::span<const Event> events);
    void publish_load();                 // sign one checkpoint over all that was loaded

    std::int64_t size() const;           // sealed events
    Checkpoint checkpoint() const;       // the newest signed one
    // The newest one that enough witnesses cosigned; size 0 before the first.
    Checkpoint cosigned() const;
    // Why nothing is sealed now, in Vietnamese; empty while all is well. Commands go on being
    // committed and wait in the intake, in order.
    std::string trouble() const;
    Policy policy() const;               // the keys that this ledger's receipts are checked with
    std::vector<ProvenEvent> stream(db::Connection& connection, std::string_view stream) const;
    // The same as SQL, for a flush that also finds out whose stream it is: `name` is an expression
    // of text, such as "$1" or a subquery in brackets.
    static std::string stream_sql(std::string_view name);
    static std::vector<ProvenEvent> proven(const db::Rows& rows);
    std::optional<ProvenEvent> find(db::Connection& connection, const Id& event) const;
    std::vector<Sealed> read(db::Connection& connection, std::int64_t from, std::size_t limit) const;
    // The receipt: C2SP tlog-proof text with leaf, salt and payload in `extra`, under the newest
    // cosigned checkpoint that covers the event, else under the log's own; empty while unsealed.
    std::optional<std::string> proof(db::Connection& connection, const Id& event) const;
    std::string public_key() const;      // verifier key, "name+keyid+base64"
    std::filesystem::path folder() const;

    // A follower is called in index order from where its cursor stands, on its own thread.
    struct Follower {
        std::string name;
        std::int64_t from = 0;
        std::function<void(std::span<const Sealed>)> consume;
    };
    void follow(Follower follower);      // before start()
    // Blocks until every follower has seen all events sealed so far and the intake is empty, or the
    // time is over; used by tests and by `chilang demo`.
    bool settle(int timeout_ms);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace chilang::ledger
