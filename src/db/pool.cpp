// The pool: a stack of connections, the most recently used first, so that few stay warm.
//
// A connection is made only when none is free, and looked at before it is handed out: after a
// restart of PostgreSQL the dead ones are thrown away unseen.
#include "db/db.hpp"

#include <condition_variable>
#include <mutex>

namespace chilang::db {

namespace {

constexpr std::chrono::seconds kWait{2};
constexpr std::chrono::milliseconds kStatementLimit{15'000};

}  // namespace

struct Pool::State {
    std::string url;
    std::size_t places;  // connections that may still be made or taken
    std::vector<std::unique_ptr<Connection>> free;
    std::mutex mutex;
    std::condition_variable freed;

    void give_back(std::unique_ptr<Connection> connection) {
        {
            const std::lock_guard lock(mutex);
            if (connection) free.push_back(std::move(connection));
            ++places;
        }
        freed.notify_one();
    }
};

Pool::Pool(std::string url, std::size_t size) : state_(std::make_unique<State>()) {
    state_->url = std::move(url);
    state_->places = size;
}

Pool::~Pool() = default;

const std::string& Pool::url() const {
    return state_->url;
}

Pool::Lease Pool::lease() {
    std::unique_ptr<Connection> connection;
    {
        std::unique_lock lock(state_->mutex);
        if (!state_->freed.wait_for(lock, kWait, [&] { return state_->places > 0; }))
            throw Error("all database connections are busy", "", "");
        --state_->places;
        while (!connection && !state_->free.empty()) {
            connection = std::move(state_->free.back());
            state_->free.pop_back();
            if (!connection->healthy()) connection.reset();
        }
    }
    if (!connection) try {
            connection = std::make_unique<Connection>(state_->url);
            connection->limit_statements(kStatementLimit);
        } catch (...) {
            state_->give_back(nullptr);
            throw;
        }
    return Lease(*this, std::move(connection));
}

Pool::Lease::~Lease() {
    if (!connection_) return;
    // Whether it is still alive is asked when it is leased again.
    try {
        if (connection_->in_transaction()) connection_->query("ROLLBACK");
    } catch (const Error&) {  // said by the next line
    }
    if (connection_->in_transaction()) connection_.reset();
    pool_->state_->give_back(std::move(connection_));
}

}  // namespace chilang::db
