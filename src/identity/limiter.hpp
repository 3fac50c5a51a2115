// Token buckets by key, in memory: how often somebody may try. Bounded: when the table is full, the
// buckets that are full again (their owners waited) are forgotten, and if that is not enough, all.
#pragma once

#include "base/instant.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace chilang::identity {

class Limiter {
public:
    bool allow(std::string_view key, int per_minute, Instant now);

private:
    struct Bucket {
        double left;
        Instant at;
        int per_minute;
    };
    void forget(Instant now);
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace chilang::identity
