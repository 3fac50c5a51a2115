// A few threads and a bounded queue. Handlers block; the queue says "full" instead of growing.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace chilang::http {

class Workers {
public:
    using Job = std::function<void()>;

    explicit Workers(std::size_t queue_max) : queue_max_(queue_max) {}
    ~Workers() { stop(); }

    void start(int count) {
        for (int i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
    }

    // False when the queue is full. Any thread.
    bool offer(Job job) {
        {
            std::lock_guard lock(mutex_);
            if (stopping_ || queue_.size() >= queue_max_) return false;
            queue_.push_back(std::move(job));
        }
        wake_.notify_one();
        return true;
    }

    // Runs what is queued, then ends the threads.
    void stop() {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        for (auto& thread : threads_) thread.join();
        threads_.clear();
    }

    struct Load {
        std::size_t queued, busy;
    };
    Load load() const {
        std::lock_guard lock(mutex_);
        return {queue_.size(), busy_};
    }

private:
    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            Job job = std::move(queue_.front());
            queue_.pop_front();
            ++busy_;
            lock.unlock();
            job();
            job = nullptr;  // what it holds is let go before the lock is taken
            lock.lock();
            --busy_;
        }
    }

    const std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    std::size_t busy_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace chilang::http
