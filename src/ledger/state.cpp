// The threads of the ledger: sealing, following, asking witnesses.
#include "ledger/state.hpp"

#include "base/log.hpp"
#include "ledger/note.hpp"
#include "ledger/store.hpp"
#include "ledger/witness_client.hpp"

namespace chilang::ledger {

namespace {

constexpr std::size_t chunk = 4096;  // events a follower is given at once
constexpr int retry_ms = 1000;
constexpr std::size_t tiles_in_memory = 1024;  // 16 MiB

Hash open_stream_key(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const auto bytes = open_secret(folder / "stream.key", 32);
    Hash key;
    std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
    return key;
}

}  // namespace

Ledger::State::State(db::Pool& pool, Options given)
    : pool(pool),
      options(std::move(given)),
      stream_key(open_stream_key(options.folder)),
      key(SigningKey::open(options.folder / "note.key", options.origin, KeyType::note)),
      sealer(pool.url(), options, stream_key, key) {
    tiles = std::make_shared<TileCache>(options.folder, tiles_in_memory);
    write_durably(options.folder / "public.key", key.verifier().text());
    const auto text = read_file(options.folder / "checkpoint.cosigned").value_or("");
    if (const auto note = parse_note(text); note && signed_by(*note, key.verifier()))
        cosigned_ = {note->size, note->root, text, {}};
    sealer.keep({cosigned_.size});
    if (!options.seal) return;
    // A restored old backup or a damaged tree is refused here, before anything is served. A ledger
    // that an earlier process halted is served, unsealed, and says why.
    try {
        if (sealer.acquire()) show(sealer.publish());
    } catch (const SealHalted& halted) {
        trouble_ = halted.what();
    }
}

void Ledger::State::start() {
    if (options.seal && !options.witnesses.empty() && trouble().empty()) {
        try {
            ask_for_cosignatures();
        } catch (const WitnessContradicts& contradiction) {
            throw SealRefused(contradiction.what());
        }
    }
    {
        const std::lock_guard lock(mutex_);
        if (running_) return;
        running_ = true;
        stopping_ = false;
    }
    if (options.seal) sealer_thread_ = std::thread([this] { seal_until_stopped(); });
    if (options.seal && !options.witnesses.empty())
        witness_thread_ = std::thread([this] { witness_until_stopped(); });
    for (auto& one : followings_)
        one.thread = std::thread([this, &one] { follow_until_stopped(one); });
}

void Ledger::State::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (sealer_thread_.joinable()) sealer_thread_.join();
    if (witness_thread_.joinable()) witness_thread_.join();
    for (auto& one : followings_)
        if (one.thread.joinable()) one.thread.join();
    const std::lock_guard lock(mutex_);
    running_ = false;
}

void Ledger::State::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    changed_.notify_all();
}

void Ledger::State::follow(Follower follower) {
    const auto from = follower.from;
    followings_.push_back({std::move(follower), from, {}});
}

void Ledger::State::show(Checkpoint checkpoint) {
    {
        const std::lock_guard lock(mutex_);
        newest_ = std::move(checkpoint);
    }
    changed_.notify_all();
}

Checkpoint Ledger::State::newest() const {
    const std::lock_guard lock(mutex_);
    if (options.seal && !newest_.note.empty()) return newest_;
    if (const auto text = read_file(options.folder / "checkpoint"))
        if (const auto note = parse_note(*text); note && note->size >= newest_.size)
            newest_ = {note->size, note->root, *text, options.clock->now()};
    return newest_;
}

Checkpoint Ledger::State::cosigned() const {
    const std::lock_guard lock(mutex_);
    return cosigned_;
}

std::string Ledger::State::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

void Ledger::State::tell_trouble(std::string reason) {
    const std::lock_guard lock(mutex_);
    if (reason == trouble_) return;
    if (reason.empty())
        log::info("sealing again", {});
    else
        log::error("sealing stands still", {{"reason", reason}});
    trouble_ = std::move(reason);
}

bool Ledger::State::pause(int milliseconds) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return stopping_; });
    return !stopping_;
}

void Ledger::State::seal_until_stopped() {
    while (true) {
        std::size_t sealed = 0;
        try {
            const std::lock_guard lock(sealing);
            if (sealer.acquire()) {
                sealed = sealer.seal_batch();
                if (sealed > 0) show(sealer.publish());
                tell_trouble({});
            } else {
                tell_trouble({});  // another process seals
                if (!pause(retry_ms)) return;
            }
        } catch (const std::exception& error) {
            tell_trouble(error.what());
            {
                const std::lock_guard lock(sealing);
                sealer.release();
            }
            if (!pause(retry_ms)) return;
            continue;
        }
        if (sealed == options.batch_max) continue;
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(10 * options.batch_ms),
                          [&] { return stopping_ || woken_; });
        if (stopping_) return;
        woken_ = false;
        // What commits within the next moments joins this batch.
        changed_.wait_for(lock, std::chrono::milliseconds(options.batch_ms),
                          [&] { return stopping_; });
    }
}

void Ledger::State::follow_until_stopped(Following& following) {
    while (true) {
        try {
            std::vector<Sealed> events;
            if (following.next < size()) {
                auto connection = pool.lease();
                events = read_sealed(*connection, following.next, chunk);
            }
            if (!events.empty()) {
                following.follower.consume(events);
                {
                    const std::lock_guard lock(mutex_);
                    following.next = events.back().index + 1;
                }
                changed_.notify_all();
                if (!pause(0)) return;
                continue;
            }
        } catch (const std::exception& error) {
            log::error("follower failed",
                       {{"follower", following.follower.name}, {"reason", error.what()}});
            if (!pause(retry_ms)) return;
            continue;
        }
        std::unique_lock lock(mutex_);
        // A process that doesn't seal learns of new events by looking at the file now and then.
        changed_.wait_for(lock, std::chrono::milliseconds(options.seal ? retry_ms : 100),
                          [&] { return stopping_ || newest_.size > following.next; });
        if (stopping_) return;
    }
}

// The partial tiles of the size that is asked about stay until its answer has been replaced.
void Ledger::State::ask_for_cosignatures() {
    Checkpoint head;
    {
        const std::lock_guard lock(sealing);
        if (!sealer.acquired()) return;  // the process that seals asks
        head = newest();
        sealer.keep({cosigned().size, head.size});
    }
    const auto given = ask_witnesses(options, head);
    if (given.count < options.witness_quorum) return;
    const auto note = head.note + given.lines;
    write_durably(options.folder / "checkpoint.cosigned", note);
    const std::lock_guard lock(mutex_);
    cosigned_ = {head.size, head.root, note, options.clock->now()};
}

void Ledger::State::witness_until_stopped() {
    while (pause(options.witness_ms)) {
        if (!trouble().empty()) continue;
        try {
            ask_for_cosignatures();
        } catch (const WitnessContradicts& contradiction) {
            const std::lock_guard lock(sealing);
            sealer.halt(contradiction.what());
            tell_trouble(contradiction.what());
        } catch (const std::exception& error) {
            log::warn("witnessing failed", {{"reason", error.what()}});
        }
    }
}

bool Ledger::State::settle(int timeout_ms) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
    do {
        wake();
        bool waiting = true;
        std::int64_t stored = 0;  // sealed in the database, perhaps not shown to readers yet
        {
            auto connection = pool.lease();
            const auto rows = connection->query(
                "SELECT EXISTS (SELECT FROM ledger.intake),"
                " (SELECT coalesce(max(size), 0) FROM ledger.checkpoint)");
            waiting = rows.at(0, 0).boolean();
            stored = rows.at(0, 1).integer();
        }
        const auto sealed = size();
        waiting |= sealed < stored;
        std::unique_lock lock(mutex_);
        for (const auto& one : followings_) waiting |= one.next < sealed;
        if (!waiting) return true;
        changed_.wait_for(lock, std::chrono::milliseconds(20));
    } while (std::chrono::steady_clock::now() < end);
    return false;
}

}  // namespace chilang::ledger
