// One connection: every call is a pipeline, a plain query one of length one. A statement that this
// connection hasn't seen yet is prepared in the same flush.
#include "db/wire.hpp"

#include <poll.h>

#include <map>
#include <stdexcept>

namespace chilang::db {

namespace {

// A connection that is asked ever new SQL must not fill the server with prepared statements.
constexpr std::size_t kPreparedMax = 500;

}  // namespace

bool Error::unavailable() const {
    if (sqlstate.empty()) return true;
    for (const char* gone : {"08", "25006", "40", "53", "55", "57", "58"})
        if (sqlstate.starts_with(gone)) return true;
    return false;
}

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
            ResultOwner result = s.step_result();
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
    ResultOwner sync = s.next_result();
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
    const ResultOwner last = state_->drain();
    if (last && (PQresultStatus(last.get()) == PGRES_COPY_IN ||
                 PQresultStatus(last.get()) == PGRES_COPY_OUT))
        throw std::logic_error("COPY FROM STDIN or TO STDOUT has its own function");
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

Transaction::Transaction(Connection& connection, Sees sees) : connection_(connection) {
    connection_.query(sees == Sees::newest ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ");
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
