// What the server's connections share. It outlives the Server while late answers are on their way.
#pragma once

#include "http/http.hpp"
#include "http/live.hpp"
#include "http/reply.hpp"
#include "http/workers.hpp"

#include <boost/asio/io_context.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <unordered_set>

namespace chilang::http {

class Connection;

struct Core {
    Core(Router& r, Server::Options o)
        : router(r), options(std::move(o)), workers(options.queue_max), hub(io) {}

    Router& router;
    const Server::Options options;
    boost::asio::io_context io{1};
    Workers workers;
    Hub hub;

    // Of the I/O thread.
    std::unordered_set<Connection*> connections;
    std::size_t body_bytes = 0;  // reserved for bodies being read
    bool stopping = false;

    // Of all threads.
    std::atomic<std::uint64_t> requests{0}, errors{0}, refused{0}, bytes_sent{0}, open{0};
    std::array<std::atomic<std::uint64_t>, 6> by_class{};
    std::array<std::atomic<std::uint64_t>, 13> latency{};
    std::atomic<std::uint64_t> latency_sum_us{0};

    void count(int status, std::chrono::steady_clock::duration took);
};

using Steady = std::chrono::steady_clock;

// Makes the whole answer on a worker and hands the bytes back to the I/O thread, once.
struct Raw;
struct Exchange;
void answer(const std::shared_ptr<Core>& core, std::shared_ptr<Exchange> exchange);

}  // namespace chilang::http
