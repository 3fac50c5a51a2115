// What a running ledger holds: its sealer, its threads and what they tell each other.
#pragma once

#include "ledger/ledger.hpp"
#include "ledger/sealer.hpp"
#include "ledger/tile_reader.hpp"

#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace chilang::ledger {

struct Ledger::State {
    State(db::Pool& pool, Options options);

    void start();
    void stop();
    void wake();
    void follow(Follower follower);
    bool settle(int timeout_ms);
    void show(Checkpoint checkpoint);  // the newest one; wakes followers
    Checkpoint newest() const;         // a process that doesn't seal reads the file
    Checkpoint cosigned() const;
    std::string trouble() const;
    std::int64_t size() const { return newest().size; }

    db::Pool& pool;
    Options options;
    Hash stream_key;
    SigningKey key;
    std::mutex sealing;  // one of sealer thread and load at a time
    Sealer sealer;
    std::shared_ptr<TileCache> tiles;

private:
    struct Following {
        Follower follower;
        std::int64_t next = 0;
        std::thread thread;
    };
    void seal_until_stopped();
    void follow_until_stopped(Following& following);
    void witness_until_stopped();
    void ask_for_cosignatures();
    void tell_trouble(std::string reason);  // empty: none
    bool pause(int milliseconds);  // false: stopping

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    mutable Checkpoint newest_;
    Checkpoint cosigned_;
    std::string trouble_;
    bool running_ = false, stopping_ = false, woken_ = false;
    std::list<Following> followings_;
    std::thread sealer_thread_, witness_thread_;
};

}  // namespace chilang::ledger
