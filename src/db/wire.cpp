#include "db/wire.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace chilang::db {

namespace {

constexpr std::chrono::seconds kGrace{10};  // beyond the server's own limit

}  // namespace

Error error_of(const PGresult* result) {
    const auto part = [&](int field) {
        const char* text = PQresultErrorField(result, field);
        return std::string(text ? text : "");
    };
    std::string message = part(PG_DIAG_MESSAGE_PRIMARY);
    if (message.empty()) message = PQresultErrorMessage(result);
    return Error(message, part(PG_DIAG_SQLSTATE), part(PG_DIAG_CONSTRAINT_NAME));
}

bool failed(const PGresult* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

void Connection::State::lost() {
    std::string message = PQerrorMessage(pg);
    throw Error("database connection lost: " + message, "", "");
}

void Connection::State::start_clock() {
    deadline = Steady::now() + limit + kGrace;
}

void Connection::State::wait(bool output_left) {
    pollfd socket{PQsocket(pg), static_cast<short>(POLLIN | (output_left ? POLLOUT : 0)), 0};
    int patience = -1;
    if (limit.count() > 0) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Steady::now());
        patience = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }
    const int ready = poll(&socket, 1, patience);
    if (ready == 0) throw Error("the database is silent", "", "");
    if (ready < 0 && errno != EINTR) lost();
    if (socket.revents & (POLLIN | POLLERR | POLLHUP))
        if (!PQconsumeInput(pg)) lost();
}

void Connection::State::flush() {
    for (int left = PQflush(pg); left != 0; left = PQflush(pg)) {
        if (left < 0) lost();
        wait(true);
    }
}

ResultOwner Connection::State::next_result() {
    while (PQisBusy(pg)) {
        const int left = PQflush(pg);
        if (left < 0) lost();
        wait(left > 0);
    }
    return ResultOwner(PQgetResult(pg), &PQclear);
}

ResultOwner Connection::State::step_result() {
    ResultOwner result = next_result();
    if (!result) lost();
    while (next_result()) {
    }
    if (PQstatus(pg) == CONNECTION_BAD && !failed(result.get())) lost();
    return result;
}

ResultOwner Connection::State::drain() {
    ResultOwner last(nullptr, &PQclear);
    std::optional<Error> error;
    while (ResultOwner result = next_result()) {
        const auto status = PQresultStatus(result.get());
        if (failed(result.get()) && !error) error = error_of(result.get());
        last = std::move(result);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) break;
    }
    if (error) throw *error;
    if (PQstatus(pg) == CONNECTION_BAD) lost();
    return last;
}

void Connection::State::send_text(const std::string& sql) {
    start_clock();
    if (!PQsendQuery(pg, sql.c_str())) lost();
    flush();
}

void Connection::State::forget_prepared() {
    send_text("DEALLOCATE ALL");
    drain();
    prepared.clear();
}

void Connection::State::send(const Statement& statement, const std::string& name) {
    std::vector<const char*> values(statement.params.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& text = statement.params[i].text();
        values[i] = text ? text->c_str() : nullptr;
    }
    if (!PQsendQueryPrepared(pg, name.c_str(), static_cast<int>(values.size()), values.data(),
                             nullptr, nullptr, 0))
        lost();
}

}  // namespace chilang::db
