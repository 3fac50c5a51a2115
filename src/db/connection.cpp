// One libpq connection: prepared statements, pipelines, COPY.
//
// libpq runs in non-blocking mode and every wait reads and writes: a blocking pipeline deadlocks
// once both socket buffers are full. Every call is a pipeline, a plain query one of length one; a
// statement that this connection hasn't seen yet is prepared in the same flush.
#include "db/db.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <cerrno>
#include <map>
#include <stdexcept>

namespace chilang::db {

namespace {

// A connection that is asked ever new SQL must not fill the server with prepared statements.
constexpr std::size_t kPreparedMax = 500;
constexpr std::chrono::seconds kGrace{10};  // beyond the server's own limit

using Steady = std::chrono::steady_clock;
using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

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

}  // namespace

struct Connection::State {
    PGconn* pg = nullptr;
    std::map<std::string, std::string, std::less<>> prepared;  // SQL -> name
    std::size_t names = 0;
    std::chrono::milliseconds limit{0};
    Steady::time_point deadline;

    ~State() { PQfinish(pg); }

    [[noreturn]] void lost() {
        std::string message = PQerrorMessage(pg);
        throw Error("database connection lost: " + message, "", "");
    }

    void start_clock() { deadline = Steady::now() + limit + kGrace; }

    // Waits until the socket can be read (or written, while output is left).
    void wait(bool output_left) {
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

    void flush() {
        for (int left = PQflush(pg); left != 0; left = PQflush(pg)) {
            if (left < 0) lost();
            wait(true);
        }
    }

    Result next_result() {
        while (PQisBusy(pg)) {
            const int left = PQflush(pg);
            if (left < 0) lost();
            wait(left > 0);
        }
        return Result(PQgetResult(pg), &PQclear);
    }

    // The result of one command inside a pipeline, with the NULL that ends it.
    Result step_result() {
        Result result = next_result();
        if (!result) lost();
        while (next_result()) {
        }
        if (PQstatus(pg) == CONNECTION_BAD && !failed(result.get())) lost();
        return result;
    }

    // All results of a call outside pipeline mode; throws the first failure at the end.
    Result drain() {
        Result last(nullptr, &PQclear);
        std::optional<Error> error;
        while (Result result = next_result()) {
            const auto status = PQresultStatus(result.get());
            if (failed(result.get()) && !error) error = error_of(result.get());
            last = std::move(result);
            if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) break;
        }
        if (error) throw *error;
        if (PQstatus(pg) == CONNECTION_BAD) lost();
        return last;
    }

    void send_text(const std::string& sql) {
        start_clock();
        if (!PQsendQuery(pg, sql.c_str())) lost();
        flush();
    }

    void forget_prepared() {
        send_text("DEALLOCATE ALL");
        drain();
        prepared.clear();
    }

    void send(const Statement& statement, const std::string& name) {
        std::vector<const char*> values(statement.params.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto& text = statement.params[i].text();
            values[i] = text ? text->c_str() : nullptr;
        }
        if (!PQsendQueryPrepared(pg, name.c_str(), static_cast<int>(values.size()), values.data(),
                                 nullptr, nullptr, 0))
            lost();
    }
};

Connection::Connection(const std::string& url) : state_(std::make_unique<State>()) {
    const char* keys[] = {"connect_timeout",  "tcp_user_timeout", "dbname",
                          "application_name", "client_encoding",  nullptr};
    const char* values[] = {"5", "15000", url.c_str(), "chilang", "UTF8", nullptr};
    state_->pg = PQconnectdbParams(keys, values, 1);
    connection_ = state_->pg;
    if (PQstatus(state_->pg) != CONNECTION_OK)
        throw Error("cannot connect to the database: " + std::string(PQerrorMessage(state_->pg)),
                    "", "");
    PQsetNoticeProcessor(
        state_->pg, [](void*, const char*) {}, nullptr);
    if (PQsetnonblocking(state_->pg, 1) != 0) state_->lost();
    script("SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET bytea_output = 'hex'");
}

Connection::~Connection() = default;

void Connection::limit_statements(std::chrono::milliseconds limit) {
    script("SET statement_timeout = " + std::to_string(limit.count()));
    state_->limit = limit;
}

PipelineAnswer Connection::try_pipeline(const std::vector<const Statement*>& statements) {
    State& s = *state_;
    if (s.prepared.size() > kPreparedMax && PQtransactionStatus(s.pg) != PQTRANS_INERROR)
        s.forget_prepared();
    s.start_clock();
    if (!PQenterPipelineMode(s.pg)) s.lost();
    // Statements prepared by this flush, known to the server only if it gets that far.
    std::map<std::string_view, std::string> fresh;
    std::vector<bool> prepares(statements.size());
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const std::string_view sql = statements[i]->sql;
        const auto known = s.prepared.find(sql);
        const std::string* name = known != s.prepared.end() ? &known->second : nullptr;
        if (!name) {
            const auto [entry, added] = fresh.try_emplace(sql);
            if (added) {
                entry->second = "s" + std::to_string(++s.names);
                prepares[i] = true;
                if (!PQsendPrepare(s.pg, entry->second.c_str(), std::string(sql).c_str(), 0,
                                   nullptr))
                    s.lost();
            }
            name = &entry->second;
        }
        s.send(*statements[i], *name);
    }
    if (!PQpipelineSync(s.pg)) s.lost();

    PipelineAnswer answer;
    answer.rows.reserve(statements.size());
    for (std::size_t i = 0; i < statements.size(); ++i)
        for (int step = prepares[i] ? 0 : 1; step < 2; ++step) {
            Result result = s.step_result();
            if (failed(result.get()) && !answer.error) {
                answer.error = error_of(result.get());
                answer.failed = i;
                if (PQstatus(s.pg) == CONNECTION_BAD) throw *answer.error;
            } else if (!answer.error && step == 0) {
                s.prepared.emplace(statements[i]->sql, fresh[statements[i]->sql]);
            } else if (!answer.error) {
                answer.rows.emplace_back(result.release());
            }
        }
    Result sync = s.next_result();
    if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) s.lost();
    if (!PQexitPipelineMode(s.pg)) s.lost();
    return answer;
}

std::vector<Rows> Connection::pipeline(const std::vector<Statement>& statements) {
    std::vector<const Statement*> pointers(statements.size());
    for (std::size_t i = 0; i < statements.size(); ++i) pointers[i] = &statements[i];
    PipelineAnswer answer = try_pipeline(pointers);
    if (answer.error) throw *answer.error;
    return std::move(answer.rows);
}

Rows Connection::query(std::string_view sql, const Params& params) {
    const Statement statement{sql, params};
    PipelineAnswer answer = try_pipeline({&statement});
    // A table was altered under a prepared statement: prepare again, when nothing is at stake.
    if (answer.error && answer.error->sqlstate == "0A000" && !in_transaction()) {
        state_->forget_prepared();
        answer = try_pipeline({&statement});
    }
    if (answer.error) throw *answer.error;
    return std::move(answer.rows.front());
}

void Connection::script(const std::string& sql) {
    state_->send_text(sql);
    const Result last = state_->drain();
    if (last && (PQresultStatus(last.get()) == PGRES_COPY_IN ||
                 PQresultStatus(last.get()) == PGRES_COPY_OUT))
        throw std::logic_error("COPY FROM STDIN or TO STDOUT has its own function");
}

void Connection::copy_in(std::string_view copy_sql,
                         const std::function<bool(std::string& chunk)>& next) {
    State& s = *state_;
    s.send_text(std::string(copy_sql));
    if (PQresultStatus(s.drain().get()) != PGRES_COPY_IN)
        throw std::logic_error("not a COPY … FROM STDIN");
    const auto end = [&](const char* fault) {
        while (PQputCopyEnd(s.pg, fault) == 0) s.flush();
        s.flush();
    };
    std::string chunk;
    try {
        for (bool more = true; more;) {
            chunk.clear();
            more = next(chunk);
            s.start_clock();
            int sent = 1;
            while (!chunk.empty() &&
                   (sent = PQputCopyData(s.pg, chunk.data(), static_cast<int>(chunk.size()))) == 0)
                s.flush();
            if (sent < 0) break;  // the server has ended the copy: its reason follows
            s.flush();
        }
    } catch (const Error&) {
        throw;
    } catch (...) {
        end("the program gave up");
        while (s.next_result()) {
        }
        throw;
    }
    end(nullptr);
    s.drain();
}

void Connection::copy_out(std::string_view copy_sql,
                          const std::function<void(std::string_view row)>& row) {
    State& s = *state_;
    s.send_text(std::string(copy_sql));
    if (PQresultStatus(s.drain().get()) != PGRES_COPY_OUT)
        throw std::logic_error("not a COPY … TO STDOUT");
    std::exception_ptr fault;
    for (;;) {
        char* data = nullptr;
        const int size = PQgetCopyData(s.pg, &data, 1);
        if (size == 0) {
            s.start_clock();
            s.wait(false);
            continue;
        }
        if (size < 0) break;
        const std::unique_ptr<char, decltype(&PQfreemem)> owned(data, &PQfreemem);
        try {
            if (!fault) row(std::string_view(data, static_cast<std::size_t>(size) - 1));
        } catch (...) {
            fault = std::current_exception();  // read on: the connection stays usable
        }
    }
    s.drain();
    if (fault) std::rethrow_exception(fault);
}

bool Connection::try_advisory_lock(std::int64_t key) {
    return query("SELECT pg_try_advisory_lock($1)", {key}).at(0, 0).boolean();
}

bool Connection::in_transaction() const {
    return PQtransactionStatus(state_->pg) != PQTRANS_IDLE;
}

bool Connection::healthy() const {
    if (PQstatus(state_->pg) != CONNECTION_OK || PQpipelineStatus(state_->pg) != PQ_PIPELINE_OFF)
        return false;
    // Between calls a server says something only when it is ending the connection (or a setting
    // was changed: then a new connection does no harm).
    pollfd socket{PQsocket(state_->pg), POLLIN, 0};
    return poll(&socket, 1, 0) == 0;
}

int Connection::backend_pid() const {
    return PQbackendPID(state_->pg);
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
    connection_.query("BEGIN");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        connection_.query("ROLLBACK");
    } catch (const Error&) {  // the connection is gone, and the transaction with it
    }
}

void Transaction::commit() {
    open_ = false;
    const auto* state = static_cast<PGconn*>(connection_.raw());
    const bool aborted = PQtransactionStatus(state) == PQTRANS_INERROR;
    connection_.query(aborted ? "ROLLBACK" : "COMMIT");
    if (aborted) throw Error("a failed transaction cannot be committed", "25P02", "");
}

}  // namespace chilang::db
