// A bucket holds a minute's worth of tries and fills evenly.
#include "identity/limiter.hpp"

#include <algorithm>

namespace chilang::identity {

namespace {

constexpr std::size_t kKeysMax = 50'000;

double refilled(double left, int per_minute, Instant from, Instant to) {
    const double seconds =
        std::chrono::duration<double>(std::max(to - from, Instant::duration{0})).count();
    return std::min<double>(per_minute, left + seconds * per_minute / 60);
}

}  // namespace

bool Limiter::allow(std::string_view key, int per_minute, Instant now) {
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= kKeysMax) forget(now);
    auto& bucket =
        buckets_
            .try_emplace(std::string(key), Bucket{static_cast<double>(per_minute), now, per_minute})
            .first->second;
    bucket.left = refilled(bucket.left, per_minute, bucket.at, now);
    bucket.at = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
}

void Limiter::forget(Instant now) {
    std::erase_if(buckets_, [&](const auto& entry) {
        const Bucket& bucket = entry.second;
        return refilled(bucket.left, bucket.per_minute, bucket.at, now) >= bucket.per_minute;
    });
    if (buckets_.size() >= kKeysMax) buckets_.clear();
}

}  // namespace chilang::identity
