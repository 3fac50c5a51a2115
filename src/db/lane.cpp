#include "db/lane.hpp"

#include "db/lane_batch.hpp"

#include <condition_variable>
#include <cstring>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <thread>

namespace chilang::db {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::size_t kBatchRetries = 3;  // then the rest goes one by one
constexpr int kTransientRetries = 5;
constexpr auto kBackoffFirst = 50ms;
constexpr auto kBackoffLast = 2s;
constexpr auto kUnknownPatience = 60s;  // how long callers wait to hear whether they committed

Outcome unavailable(const char* code, const char* message) {
    return {Outcome::Kind::unavailable, "", {{code, "", message}}};
}

Outcome away() {
    return unavailable("database_unavailable",
                       "Hệ thống tạm thời chưa ghi được, vui lòng thử lại sau ít phút.");
}

Outcome full() {
    return unavailable("too_busy", "Hệ thống đang quá tải, vui lòng thử lại sau ít phút.");
}

Outcome not_known() {
    return unavailable("outcome_unknown",
                       "Chưa xác định được yêu cầu đã được ghi hay chưa; hãy gửi lại đúng yêu cầu "
                       "này, hệ thống sẽ không ghi hai lần.");
}

std::int64_t random_lane() {
    std::int64_t lane = 0;
    std::memcpy(&lane, random_bytes(sizeof lane).data(), sizeof lane);
    return lane & INT64_MAX;
}

struct Waiting {
    Command command;
    std::function<void(Outcome)> done;
};

void answer(Waiting& waiting, Outcome outcome) {
    try {
        waiting.done(std::move(outcome));
    } catch (...) {  // the caller's own trouble: the others still wait for their answers
    }
}

}  // namespace

struct WriteLane::State {
    std::string url;
    Options options;
    std::int64_t lane = random_lane();
    std::string counter = lane_counter(lane);

    std::mutex mutex;
    std::condition_variable arrived;
    std::deque<Waiting> queue;
    bool stopping = false;

    // The lane's thread only.
    std::unique_ptr<LaneConnection> connection;
    Steady::time_point next_try{};
    std::chrono::milliseconds backoff = kBackoffFirst;
    std::thread thread;

    using Group = std::vector<Waiting*>;

    void work() {
        for (std::vector<Waiting> batch = take(); !batch.empty(); batch = take()) {
            Group group;
            for (Waiting& waiting : batch) group.push_back(&waiting);
            process(group);
        }
        if (connection) try {
                connection->forget_lane();
            } catch (const Error&) {  // one row of a few bytes stays behind
            }
    }

    // Waits for commands. Two commands with the same key never share a batch: the second would
    // look for the first one's key before it is there. Empty: the end.
    std::vector<Waiting> take() {
        std::unique_lock guard(mutex);
        arrived.wait(guard, [&] { return stopping || !queue.empty(); });
        std::vector<Waiting> batch;
        std::set<std::string, std::less<>> keys;
        std::deque<Waiting> later;
        while (!queue.empty() && batch.size() < options.batch_max) {
            const std::string& key = queue.front().command.key;
            const bool again = !key.empty() && !keys.insert(key).second;
            if (again)
                later.push_back(std::move(queue.front()));
            else
                batch.push_back(std::move(queue.front()));
            queue.pop_front();
        }
        while (!later.empty()) {
            queue.push_front(std::move(later.back()));
            later.pop_back();
        }
        return batch;
    }

    // Connected, or not yet again. Between tries that fail there is a growing pause.
    bool connect() {
        if (connection && !connection->connection().healthy()) connection.reset();
        if (connection) return true;
        if (Steady::now() < next_try) return false;
        try {
            connection = std::make_unique<LaneConnection>(url, lane);
            backoff = kBackoffFirst;
            return true;
        } catch (const std::exception&) {
            next_try = Steady::now() + backoff;
            backoff = std::min<std::chrono::milliseconds>(backoff * 2, kBackoffLast);
            return false;
        }
    }

    void process(Group group) {
        Group aside;  // commands that made a batch fail, each to be tried alone
        std::size_t failures = 0;
        while (!group.empty()) {
            const Attempt result = attempt_once(group);
            if (result.end != Attempt::End::failed) break;  // answered
            if (result.culprit != Attempt::nobody && ++failures <= kBatchRetries) {
                aside.push_back(group[result.culprit]);
                group.erase(group.begin() + static_cast<std::ptrdiff_t>(result.culprit));
            } else {
                aside.insert(aside.begin(), group.begin(), group.end());
                group.clear();
            }
        }
        for (Waiting* waiting : aside) process_alone(*waiting);
    }

    void process_alone(Waiting& waiting) {
        for (int tries = 1;; ++tries) {
            Attempt result = attempt_once({&waiting});
            if (result.end != Attempt::End::failed) return;
            if (result.transient && tries < kTransientRetries) continue;
            return answer(waiting, std::move(result.outcomes.front()));
        }
    }

    // One transaction. Everybody in the group has been answered, unless the result is `failed`.
    Attempt attempt_once(const Group& group) {
        std::vector<const Command*> commands;
        for (const Waiting* waiting : group) commands.push_back(&waiting->command);
        for (bool again = true;; again = false) {
            Attempt result{Attempt::End::lost, {}};
            if (connect())
                result = attempt(connection->connection(), counter, commands, options);
            else
                again = false;
            if (result.end == Attempt::End::failed && result.outcomes.empty())
                result.outcomes.resize(group.size(), away());
            if (result.end == Attempt::End::failed) return result;
            if (result.end == Attempt::End::unknown) {
                const auto committed = settle(result.batch);
                if (!committed) {
                    answer_all(group, not_known());
                    return result;
                }
                result.end = *committed ? Attempt::End::committed : Attempt::End::lost;
            }
            if (result.end == Attempt::End::committed) {
                for (std::size_t i = 0; i < group.size(); ++i)
                    answer(*group[i], std::move(result.outcomes[i]));
                tell_committed();
                return result;
            }
            connection.reset();
            if (!again) {
                answer_all(group, away());
                return result;
            }
        }
    }

    void answer_all(const Group& group, const Outcome& outcome) {
        for (Waiting* waiting : group) answer(*waiting, outcome);
    }

    void tell_committed() {
        try {
            if (options.after_commit) options.after_commit();
        } catch (...) {  // what follows a commit cannot undo it
        }
    }

    // Was the batch committed? Asks until the database answers; meanwhile the queue is refused.
    std::optional<bool> settle(std::int64_t batch) {
        connection.reset();
        for (const auto end = Steady::now() + kUnknownPatience; Steady::now() < end;) {
            try {
                if (connect()) return connection->committed(batch);
            } catch (const Error&) {
                connection.reset();
            }
            std::deque<Waiting> refused;
            {
                const std::lock_guard guard(mutex);
                refused.swap(queue);
            }
            for (Waiting& waiting : refused) answer(waiting, away());
            std::this_thread::sleep_for(10ms);
        }
        return std::nullopt;
    }
};

WriteLane::WriteLane(std::string url, Options options) : state_(std::make_unique<State>()) {
    state_->url = std::move(url);
    state_->options = std::move(options);
    state_->thread = std::thread([state = state_.get()] { state->work(); });
}

WriteLane::~WriteLane() {
    {
        const std::lock_guard guard(state_->mutex);
        state_->stopping = true;
    }
    state_->arrived.notify_all();
    state_->thread.join();
}

void WriteLane::submit(Command command, std::function<void(Outcome)> done) {
    {
        const std::lock_guard guard(state_->mutex);
        if (state_->queue.size() < state_->options.queue_max && !state_->stopping) {
            state_->queue.push_back({std::move(command), std::move(done)});
            done = nullptr;
        }
    }
    if (done)
        done(full());
    else
        state_->arrived.notify_one();
}

Outcome WriteLane::run(Command command) {
    // Shared: set_value may still be at work when the waiting caller goes on.
    const auto promise = std::make_shared<std::promise<Outcome>>();
    auto future = promise->get_future();
    submit(std::move(command),
           [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    return future.get();
}

std::size_t forget_idempotency_keys(Connection& connection, Instant before) {
    return connection.query("DELETE FROM db.idempotency WHERE at < $1", {before}).affected();
}

}  // namespace chilang::db
