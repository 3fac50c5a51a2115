// What a connection keeps, and how it waits: inside the module only.
//
// libpq runs in non-blocking mode and every wait reads and writes: a blocking pipeline deadlocks
// once both socket buffers are full. A server that stays silent beyond its own limit is given up.
#pragma once

#include "db/db.hpp"

#include <libpq-fe.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace chilang::db {

using Steady = std::chrono::steady_clock;
using ResultOwner = std::unique_ptr<PGresult, decltype(&PQclear)>;

Error error_of(const PGresult* result);
bool failed(const PGresult* result);

struct Connection::State {
    PGconn* pg = nullptr;
    std::map<std::string, std::string, std::less<>> prepared;  // SQL -> name
    std::size_t names = 0;
    std::chrono::milliseconds limit{0};
    Steady::time_point deadline;

    State() = default;
    State(const State&) = delete;
    ~State() { PQfinish(pg); }

    [[noreturn]] void lost();
    void start_clock();
    void wait(bool output_left);  // until the socket can be read, or written while output is left
    void flush();
    ResultOwner next_result();
    ResultOwner step_result();  // of one command inside a pipeline, with the NULL that ends it
    ResultOwner drain();  // all of a call outside a pipeline; throws the first failure at the end
    void send_text(const std::string& sql);
    void send(const Statement& statement, const std::string& name);
    void forget_prepared();
};

}  // namespace chilang::db
