// Passwords as argon2id strings, and the small pool of threads that computes them.
//
// One check costs about 0.1 s and 64 MiB: two threads and a short queue keep that from eating the
// machine or the workers that serve pages.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace chilang::identity {

std::string hash_password(const std::string& password);
bool password_matches(const std::string& hash, const std::string& password);
// A sentence that says what is wrong with a new password, or empty.
std::string password_fault(std::string_view password, std::string_view login);

class HashPool {
public:
    HashPool();
    ~HashPool();  // finishes what is queued
    // False: too many are waiting, the task was not taken.
    bool submit(std::function<void()> task);

private:
    void work();
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace chilang::identity
