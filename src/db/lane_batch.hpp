// One attempt to commit a batch of commands, and what became of an attempt that nobody answered.
//
// Inside the module only: the lane (lane.cpp) decides what to do next.
#pragma once

#include "db/db.hpp"
#include "db/lane.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chilang::db {

// A connection that holds its lane's advisory lock. Two things follow from the lock. Once a new
// LaneConnection stands, the backend of the one before has ended, and its transaction is decided.
// And the batch number that each transaction writes into the lane's own counter then tells which.
class LaneConnection {
public:
    // `lane` names the lane for the life of the process. A backend that still holds its lock, left
    // by a connection that broke, is ended. Throws Error.
    LaneConnection(const std::string& url, std::int64_t lane);

    Connection& connection() { return connection_; }
    // Was this the last batch that the lane committed?
    bool committed(std::int64_t batch);
    void forget_lane();

private:
    Connection connection_;
    std::string counter_;
};

struct Attempt {
    enum class End {
        committed,  // all that are not settled as refused or replayed
        failed,     // rolled back because of `culprit`
        lost,       // the connection broke, certainly nothing is committed
        unknown     // the connection broke during the COMMIT of batch number `batch`
    };
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

    End end;
    std::vector<Outcome>
        outcomes;  // one a command: committed, unknown; failed: of the culprit only
    std::size_t culprit = nobody;
    bool transient = false;  // failed by a deadlock or the like: worth another try
    std::int64_t batch = 0;
};

// The name of the counter that numbers the batches of a lane.
std::string lane_counter(std::int64_t lane);

Attempt attempt(Connection& connection, const std::string& lane_counter,
                const std::vector<const Command*>& commands, const WriteLane::Options& options);

}  // namespace chilang::db
