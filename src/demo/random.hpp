// Random numbers that are the same on every machine and with every standard library.
//
// std::uniform_int_distribution and its sisters may differ between libraries, so a scenario would
// give another province on another system. Here: xoshiro256** (Blackman, Vigna 2018) seeded by
// splitmix64, and weights that are whole numbers. Each dossier has a generator of its own, named by
// (seed, index), so dossiers can be made in any order and on any number of threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace chilang::demo {

class Random {
public:
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0) {
        std::uint64_t x = seed * 0x9e3779b97f4a7c15 ^ (stream + 1) * 0xd1342543de82ef95;
        for (auto& word : state_) {
            x += 0x9e3779b97f4a7c15;
            std::uint64_t z = x;
            z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
            z = (z ^ z >> 27) * 0x94d049bb133111eb;
            word = z ^ z >> 31;
        }
    }

    std::uint64_t next() {
        const std::uint64_t result = rotate(state_[1] * 5, 7) * 9;
        const std::uint64_t t = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = rotate(state_[3], 45);
        return result;
    }

    // 0 … limit - 1. The bias of the multiplication is below 2^-40 for any limit used here.
    std::uint64_t below(std::uint64_t limit) {
        return static_cast<std::uint64_t>((static_cast<unsigned __int128>(next()) * limit) >> 64);
    }
    int between(int first, int last) {  // both included
        return first + static_cast<int>(below(static_cast<std::uint64_t>(last - first + 1)));
    }
    bool permille(int share) { return static_cast<int>(below(1000)) < share; }

    template <class T>
    const T& one_of(const std::vector<T>& items) {
        return items[below(items.size())];
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

private:
    static std::uint64_t rotate(std::uint64_t x, int k) { return x << k | x >> (64 - k); }
    std::uint64_t state_[4];
};

// Picks an index with a chance in proportion to its weight.
class Weighted {
public:
    void add(std::uint64_t weight) { sums_.push_back(total() + weight); }
    std::uint64_t total() const { return sums_.empty() ? 0 : sums_.back(); }
    std::size_t pick(Random& random) const {
        if (total() == 0) throw std::runtime_error("nothing to choose from: all weights are zero");
        const auto at = std::upper_bound(sums_.begin(), sums_.end(), random.below(total()));
        return static_cast<std::size_t>(at - sums_.begin());
    }

private:
    std::vector<std::uint64_t> sums_;
};

}  // namespace chilang::demo
