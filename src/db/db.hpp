// PostgreSQL, plainly: hand-written SQL, parameters, rows mapped to described structs.
//
// libpq appears in db/*.cpp only. Text format throughout (binary buys nothing, measured).
// Statements are prepared once per connection, keyed by their text. A failed statement throws
// Error; the caller at the edge turns it into a 503 or, for a named constraint, into a sentence.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::db {

class Error : public std::runtime_error {
public:
    Error(std::string message, std::string sqlstate, std::string constraint)
        : std::runtime_error(std::move(message)),
          sqlstate(std::move(sqlstate)),
          constraint(std::move(constraint)) {}
    std::string sqlstate;    // "23505"; empty: the connection itself failed
    std::string constraint;  // name of the violated constraint, if one
    // The server went away (57P..: shut down, crashed, starting) or was never there.
    bool connection_lost() const {
        return sqlstate.empty() || sqlstate.starts_with("57P") || sqlstate.starts_with("08");
    }
    // SQLSTATE that says nothing against the statement: connections, a standby that takes no
    // writes, deadlocks, resources (a full disk), locks, operators, the system below.
    bool unavailable() const;
    bool disk_full() const { return sqlstate == "53100"; }
};

// One parameter: text or NULL. Converts from what handlers have at hand.
class Param {
public:
    Param(std::nullptr_t) {}
    Param(std::string text) : text_(std::move(text)) {}
    Param(std::string_view text) : text_(std::string(text)) {}
    Param(const char* text) : text_(text) {}
    Param(bool value) : text_(value ? "t" : "f") {}
    Param(int value) : text_(std::to_string(value)) {}
    Param(std::int64_t value) : text_(std::to_string(value)) {}
    Param(std::size_t value) : text_(std::to_string(value)) {}
    Param(double value);
    Param(Instant value);
    Param(Date value);
    Param(const Id& value);
    Param(const Hash& value);                        // bytea
    Param(const std::vector<std::string>& values);   // text[]
    Param(const std::vector<std::int64_t>& values);  // bigint[]
    Param(const std::vector<Id>& values);            // uuid[]
    template <class E>
        requires std::is_enum_v<E>
    Param(E value) : text_(std::string(enum_name(value))) {}
    template <class T>
    Param(const std::optional<T>& value) {
        if (value) *this = Param(*value);
    }
    static Param bytes(std::string_view raw);  // bytea

    const std::optional<std::string>& text() const { return text_; }

private:
    std::optional<std::string> text_;
};

// One value of a row; lives as long as its Rows. Asking NULL, or text of another form, throws
// std::logic_error: the query and its reader are out of step.
class Value {
public:
    explicit Value(std::optional<std::string_view> text) : text_(text) {}
    bool is_null() const { return !text_; }
    std::string_view text() const { return text_.value_or(std::string_view{}); }
    std::int64_t integer() const;
    double real() const;
    bool boolean() const;
    Instant instant() const;
    Date date() const;
    Id id() const;
    Hash hash() const;          // bytea of 32 bytes
    std::string bytes() const;  // bytea

private:
    std::optional<std::string_view> text_;
};

// The rows that a statement answered. Movable, owns its memory.
class Rows {
public:
    explicit Rows(void* pg_result);
    Rows(Rows&&) noexcept;
    Rows& operator=(Rows&&) noexcept;
    ~Rows();

    std::size_t size() const;
    bool empty() const { return size() == 0; }
    std::size_t affected() const;  // rows that INSERT, UPDATE or DELETE touched
    std::size_t columns() const;
    std::string_view column_name(std::size_t column) const;
    Value at(std::size_t row, std::size_t column) const;
    Value at(std::size_t row, std::string_view column) const;

    // Maps columns to members by name; nested objects and lists come from jsonb columns, lists of
    // plain values also from arrays. A member without a column or a column without a member throws
    // std::logic_error, so does NULL for a member that isn't optional: queries and structs stay in
    // step. A T that is no struct reads the only column: first<std::int64_t>(), as<Id>().
    template <class T>
    std::vector<T> as() const {
        std::vector<T> items(size());
        for (std::size_t i = 0; i < items.size(); ++i) read(i, type_of<T>(), &items[i]);
        return items;
    }
    template <class T>
    std::optional<T> first() const {
        if (empty()) return std::nullopt;
        T item{};
        read(0, type_of<T>(), &item);
        return item;
    }

private:
    void read(std::size_t row, const Type& type, void* object) const;
    void map_columns(const Type& type) const;
    void* result_;
    mutable const Type* mapped_ = nullptr;      // the type that `columns_` was made for
    mutable std::vector<std::size_t> columns_;  // member -> column
};

using Params = std::vector<Param>;

// What a write needs to be true about the rows it touched.
enum class Expect { any, one_row };

struct Statement {
    std::string_view sql;  // static text: it is the key of the prepared statement
    Params params;
    Expect expect = Expect::any;
};

// What a pipeline answered. Rows of the statements before the failed one, all of them if none
// failed.
struct PipelineAnswer {
    std::vector<Rows> rows;
    std::optional<Error> error;
    std::size_t failed = 0;  // index of the statement that failed, when `error`
};

// A connection; used by one thread at a time. Times are UTC, dates ISO. A call whose connection
// breaks throws Error with connection_lost(); after that the object is of no more use.
class Connection {
public:
    explicit Connection(const std::string& url);  // throws Error
    ~Connection();
    Connection(const Connection&) = delete;

    // The server gives up a statement after this time (SQLSTATE 57014), and the client stops
    // waiting for a silent server ten seconds later. Zero, the beginning: no limit.
    void limit_statements(std::chrono::milliseconds limit);

    Rows query(std::string_view sql, const Params& params = {});  // prepared
    void script(const std::string& sql);  // several statements, no parameters
    // All statements in one flush (pipeline mode); rows in order. Throws at the first failure,
    // after which the connection is usable but the transaction, if one was open, is aborted.
    // Outside a transaction the statements form one of their own. `expect` is not looked at here.
    std::vector<Rows> pipeline(const std::vector<Statement>& statements);
    // The same, telling which statement failed; throws only when the connection is lost.
    PipelineAnswer try_pipeline(const std::vector<const Statement*>& statements);
    // Sends what `next` appends to the (emptied) chunk until it returns false. Chunks may end
    // anywhere; CopyRow builds them.
    void copy_in(std::string_view copy_sql, const std::function<bool(std::string& chunk)>& next);
    void copy_out(std::string_view copy_sql, const std::function<void(std::string_view row)>& row);
    bool try_advisory_lock(std::int64_t key);  // held until the connection ends
    bool in_transaction() const;
    bool healthy() const;  // asks the socket, not the server
    int backend_pid() const;
    void* raw() const { return connection_; }

private:
    struct State;
    std::unique_ptr<State> state_;
    void* connection_ = nullptr;
};

// BEGIN … COMMIT, rolled back when the scope is left without commit().
class Transaction {
public:
    // What its statements see: each what is committed when it begins, or all of them the same.
    enum class Sees { newest, one_moment };
    explicit Transaction(Connection& connection, Sees sees = Sees::newest);
    ~Transaction();
    void commit();

private:
    Connection& connection_;
    bool open_ = true;
};

// Builds the rows of COPY … FROM STDIN in text format.
class CopyRow {
public:
    explicit CopyRow(std::string& out) : out_(out) {}
    CopyRow& operator<<(const Param& param);
    void end() {
        out_ += '\n';
        first_ = true;
    }

private:
    std::string& out_;
    bool first_ = true;
};

class Pool {
public:
    Pool(std::string url, std::size_t size);
    ~Pool();
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&&) = default;
        ~Lease();
        Connection* operator->() { return connection_.get(); }
        Connection& operator*() { return *connection_; }

    private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };
    // Waits for a free connection at most two seconds, reconnects a broken one; throws Error.
    // Statements are limited to 15 s. A lease given back inside a transaction is rolled back.
    Lease lease();
    const std::string& url() const;

private:
    struct State;
    std::unique_ptr<State> state_;
    friend class Lease;
};

}  // namespace chilang::db
