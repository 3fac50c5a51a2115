// Watching a public ledger from outside: every new checkpoint must extend the last one seen.
#pragma once

#include "ledger/policy.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace chilang::ledger {

struct MonitorOptions {
    std::filesystem::path state;  // the last checkpoint seen, kept between runs; empty: not kept
    int every_seconds = 5;
    int stall_seconds = 86400;  // without a new event
    int for_seconds = 0;        // 0: until something is found
};

// Follows `url`/ledger/checkpoint and tells each new one in a line; answers the findings that ended
// it: a fork, a shrunk ledger, a wrong signature, silence. Empty when the time is over.
Findings monitor(const std::string& url, const Policy& policy, const MonitorOptions& options,
                 std::ostream& out);

}  // namespace chilang::ledger
