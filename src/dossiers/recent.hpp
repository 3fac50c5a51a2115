// What was shown a moment ago and still holds: an office looks at its lists far more often than it
// changes them.
//
// What is remembered is dropped as soon as this process commits a step in one of its agencies, so
// people see their own steps at once; and after a second in any case, since other processes write
// too and clocks go on.
#pragma once

#include "base/instant.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace chilang::dossiers {

// Counts the steps in each agency. For any thread.
class Changes {
public:
    void touch(std::int64_t agency) { ++counts_[slot(agency)]; }
    // Grows with every step in one of them.
    std::uint64_t of(const std::vector<std::int64_t>& agencies) const {
        std::uint64_t sum = 0;
        for (const auto agency : agencies) sum += counts_[slot(agency)];
        return sum;
    }

private:
    // Agencies that share a slot only forget more often than they must.
    static std::size_t slot(std::int64_t agency) { return static_cast<std::size_t>(agency) % 4096; }
    std::array<std::atomic<std::uint64_t>, 4096> counts_{};
};

// For any thread; two that ask at once may both make the value.
template <class Key, class Value>
class Recent {
public:
    template <class Make>
    std::shared_ptr<const Value> of(const Key& key, std::uint64_t changes, Instant now, Make make) {
        {
            const std::lock_guard lock(mutex_);
            const auto found = kept_.find(key);
            if (found != kept_.end() && found->second.changes == changes &&
                now - found->second.at < std::chrono::seconds(1))
                return found->second.value;
        }
        auto value = std::make_shared<const Value>(make());
        const std::lock_guard lock(mutex_);
        if (kept_.size() >= most) kept_.clear();
        kept_.insert_or_assign(key, Kept{changes, now, value});
        return value;
    }

private:
    static constexpr std::size_t most = 1000;  // of some ten kilobytes each
    struct Kept {
        std::uint64_t changes = 0;  // counted before the value was made
        Instant at{};
        std::shared_ptr<const Value> value;
    };
    std::mutex mutex_;
    std::map<Key, Kept> kept_;
};

}  // namespace chilang::dossiers
