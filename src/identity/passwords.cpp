// argon2id of libsodium with its interactive limits: 2 passes over 64 MiB.
#include "identity/passwords.hpp"

#include "base/text.hpp"

#include <sodium.h>

#include <stdexcept>

namespace chilang::identity {

namespace {

constexpr std::size_t kWaitingMax = 64;
constexpr std::size_t kThreads = 2;
constexpr std::size_t kLengthMin = 12, kLengthMax = 200;

}  // namespace

std::string hash_password(const std::string& password) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(hash, password.data(), password.size(),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        throw std::runtime_error("no memory to hash a password");
    return hash;
}

bool password_matches(const std::string& hash, const std::string& password) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string password_fault(std::string_view password, std::string_view login) {
    if (text::length(password) < kLengthMin)
        return "Mật khẩu cần ít nhất 12 ký tự. Một câu ngắn là dễ nhớ nhất.";
    if (password.size() > kLengthMax) return "Mật khẩu dài quá 200 ký tự.";
    if (password.find(login) != password.npos) return "Mật khẩu không được chứa tên đăng nhập.";
    if (password.find_first_not_of(password.front()) == password.npos)
        return "Mật khẩu không được chỉ gồm một ký tự lặp lại.";
    return {};
}

HashPool::HashPool() {
    for (std::size_t i = 0; i < kThreads; ++i) threads_.emplace_back([this] { work(); });
}

HashPool::~HashPool() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool HashPool::submit(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        if (tasks_.size() >= kWaitingMax) return false;
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
    return true;
}

void HashPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

}  // namespace chilang::identity
