#include "db/lane_batch.hpp"

#include <map>

namespace chilang::db {

namespace {

constexpr std::chrono::seconds kStatementLimit{10};

constexpr std::string_view kBegin = "BEGIN ISOLATION LEVEL READ COMMITTED";
constexpr std::string_view kTake =
    "INSERT INTO db.counter (name, value) VALUES ($1, $2) "
    "ON CONFLICT ON CONSTRAINT counter_pkey DO UPDATE SET value = counter.value + $2 "
    "RETURNING value";
constexpr std::string_view kGiveBack = "UPDATE db.counter SET value = value - $2 WHERE name = $1";
constexpr std::string_view kKnownKeys =
    "SELECT key, fingerprint, answer FROM db.idempotency WHERE key = ANY ($1)";
constexpr std::string_view kKeep =
    "INSERT INTO db.idempotency (key, fingerprint, answer) VALUES ($1, $2, $3)";

// Numbers of one counter that this transaction holds.
struct Numbers {
    std::int64_t wanted = 0;
    std::int64_t next = 0;  // the next that nobody has used
    std::int64_t end = 0;
};

Outcome refusal(Problems problems) {
    return {Outcome::Kind::refused, "", std::move(problems)};
}

Outcome outcome_of(const Error& error, const WriteLane::Options& options) {
    if (!error.constraint.empty()) {
        if (options.explain) return refusal({options.explain(error.constraint)});
        return refusal({{error.constraint, "", "Dữ liệu vi phạm ràng buộc " + error.constraint}});
    }
    if (error.disk_full())
        return {Outcome::Kind::unavailable,
                "",
                {{"disk_full", "",
                  "Kho lưu trữ của hệ thống đã đầy nên chưa ghi được; không có gì mất. Quản trị "
                  "cần mở rộng dung lượng, sau đó hãy gửi lại."}}};
    if (error.unavailable())
        return {Outcome::Kind::unavailable,
                "",
                {{"database_unavailable", "",
                  "Hệ thống tạm thời chưa ghi được, vui lòng thử lại sau ít phút."}}};
    return refusal({{"write_failed", "",
                     "Dữ liệu gửi lên không ghi được (mã lỗi " + error.sqlstate +
                         "). Hãy kiểm tra lại nội dung rồi gửi lại."}});
}

class Batch {
public:
    Batch(Connection& connection, const std::string& lane_counter,
          const std::vector<const Command*>& commands, const WriteLane::Options& options)
        : connection_(connection), lane_(lane_counter), commands_(commands), options_(options) {
        attempt_.outcomes.resize(commands.size(), Outcome{Outcome::Kind::committed, "", {}});
        settled_.resize(commands.size());
    }

    Attempt go() {
        try {
            open();
            if (!attempt_.batch) return std::move(attempt_);
            build();
            if (sets_.empty()) {  // nothing but refusals and repetitions
                connection_.query("ROLLBACK");
                attempt_.end = Attempt::End::committed;
                return std::move(attempt_);
            }
            write();
        } catch (const std::exception&) {  // failed statements were caught: the connection is gone
            attempt_.end = committing_ ? Attempt::End::unknown : Attempt::End::lost;
        }
        return std::move(attempt_);
    }

private:
    // BEGIN, the keys that were used before, and the numbers, in one flush. Counters are locked in
    // order of their names, so that two lanes on one database do not deadlock.
    void open() {
        std::vector<std::string> keys;
        for (const Command* command : commands_) {
            if (!command->key.empty()) keys.push_back(command->key);
            for (const std::string& name : command->counters) ++numbers_[name].wanted;
        }
        std::vector<Statement> statements{{kBegin, {}}};
        if (!keys.empty()) statements.push_back({kKnownKeys, {keys}});
        for (const auto& [name, numbers] : numbers_)
            statements.push_back({kTake, {name, numbers.wanted}});
        statements.push_back({kTake, {lane_, 1}});
        std::vector<Rows> rows;
        if (!send(statements, rows)) return;
        std::size_t row = 1;
        if (!keys.empty()) settle_repetitions(rows[row++]);
        for (auto& [name, numbers] : numbers_) {
            numbers.end = rows[row++].at(0, 0).integer() + 1;
            numbers.next = numbers.end - numbers.wanted;
        }
        attempt_.batch = rows[row].at(0, 0).integer();
    }

    void settle_repetitions(const Rows& known) {
        for (std::size_t i = 0; i < commands_.size(); ++i)
            for (std::size_t row = 0; row < known.size(); ++row) {
                if (commands_[i]->key.empty() || known.at(row, 0).text() != commands_[i]->key)
                    continue;
                settled_[i] = true;
                if (known.at(row, 1).text() == commands_[i]->fingerprint)
                    attempt_.outcomes[i] = {
                        Outcome::Kind::replayed, std::string(known.at(row, 2).text()), {}};
                else
                    attempt_.outcomes[i] = refusal(
                        {{"idempotency_mismatch", "",
                          "Khóa của yêu cầu này đã dùng cho một yêu cầu khác; hãy gửi lại với khóa "
                          "mới."}});
            }
    }

    // A refused command has used no number: the next one gets them, and what is left over at the
    // end goes back in the same transaction.
    void build() {
        for (std::size_t i = 0; i < commands_.size(); ++i) {
            if (settled_[i]) continue;
            const std::vector<std::string>& names = commands_[i]->counters;
            std::vector<std::int64_t> numbers;
            for (const std::string& name : names) numbers.push_back(numbers_.at(name).next++);
            Result<WriteSet> set = call(*commands_[i], numbers);
            if (set) {
                attempt_.outcomes[i].answer = set->answer;
                sets_.push_back({i, std::move(*set)});
                continue;
            }
            for (const std::string& name : names) --numbers_.at(name).next;
            attempt_.outcomes[i] = refusal(set.problems());
        }
    }

    static Result<WriteSet> call(const Command& command, std::span<const std::int64_t> numbers) {
        try {
            return command.build(numbers);
        } catch (const std::exception& fault) {
            return Problem{"internal_error", "", std::string("Lỗi nội bộ: ") + fault.what()};
        }
    }

    // All statements of all commands in one flush. COMMIT rides along unless somebody has to look
    // at the rows first: after a failed statement the server skips the rest, COMMIT included.
    void write() {
        std::vector<Statement> own;
        own.reserve(sets_.size() + numbers_.size() + 1);
        std::vector<const Statement*> all;
        std::vector<std::size_t> whose;
        bool look = false;
        const auto add = [&](const Statement& statement, std::size_t command) {
            all.push_back(&statement);
            whose.push_back(command);
            look = look || statement.expect == Expect::one_row;
        };
        for (const auto& [i, set] : sets_) {
            for (const Statement& statement : set.statements) add(statement, i);
            if (commands_[i]->key.empty()) continue;
            own.push_back({kKeep, {commands_[i]->key, commands_[i]->fingerprint, set.answer}});
            add(own.back(), i);
        }
        for (const auto& [name, numbers] : numbers_)
            if (numbers.next != numbers.end) {
                own.push_back({kGiveBack, {name, numbers.end - numbers.next}});
                add(own.back(), Attempt::nobody);
            }
        const Statement commit{"COMMIT", {}};
        if (!look) add(commit, Attempt::nobody);
        committing_ = !look;
        PipelineAnswer answer = connection_.try_pipeline(all);
        committing_ = false;
        if (answer.error) return fail(*answer.error, whose[answer.failed]);
        if (look) {
            for (std::size_t n = 0; n < all.size(); ++n)
                if (all[n]->expect == Expect::one_row && answer.rows[n].affected() != 1)
                    return conflict(whose[n]);
            committing_ = true;
            answer = connection_.try_pipeline({&commit});
            committing_ = false;
            if (answer.error) return fail(*answer.error, Attempt::nobody);
        }
        attempt_.end = Attempt::End::committed;
    }

    void fail(const Error& error, std::size_t culprit) {
        if (connection_.in_transaction()) connection_.query("ROLLBACK");
        attempt_.end = Attempt::End::failed;
        attempt_.culprit = commands_.size() == 1 ? 0 : culprit;
        attempt_.transient = error.sqlstate.starts_with("40");
        if (attempt_.culprit != Attempt::nobody)
            attempt_.outcomes[attempt_.culprit] = outcome_of(error, options_);
    }

    void conflict(std::size_t culprit) {
        connection_.query("ROLLBACK");
        attempt_.end = Attempt::End::failed;
        attempt_.culprit = culprit;
        attempt_.outcomes[culprit] = {Outcome::Kind::conflict, "", {}};
    }

    // False: failed, and the attempt says so.
    bool send(const std::vector<Statement>& statements, std::vector<Rows>& rows) {
        std::vector<const Statement*> pointers;
        for (const Statement& statement : statements) pointers.push_back(&statement);
        PipelineAnswer answer = connection_.try_pipeline(pointers);
        if (answer.error) {
            fail(*answer.error, Attempt::nobody);
            return false;
        }
        rows = std::move(answer.rows);
        return true;
    }

    Connection& connection_;
    const std::string& lane_;
    const std::vector<const Command*>& commands_;
    const WriteLane::Options& options_;
    std::map<std::string, Numbers> numbers_;
    std::vector<bool> settled_;
    std::vector<std::pair<std::size_t, WriteSet>> sets_;
    bool committing_ = false;
    Attempt attempt_{Attempt::End::failed, {}};
};

}  // namespace

std::string lane_counter(std::int64_t lane) {
    return "lane/" + std::to_string(lane);
}

LaneConnection::LaneConnection(const std::string& url, std::int64_t lane)
    : connection_(url), counter_(lane_counter(lane)) {
    connection_.limit_statements(kStatementLimit);
    // A lane that is frozen in the middle of a transaction must not hold the counters for ever.
    connection_.script("SET idle_in_transaction_session_timeout = '30s'");
    connection_.query(
        "SELECT set_config('synchronous_commit', 'on', false) "
        "WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')");
    if (connection_.try_advisory_lock(lane)) return;
    connection_.query(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = $1 AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database())",
        {lane});
    connection_.query("SELECT pg_advisory_lock($1)", {lane});
}

bool LaneConnection::committed(std::int64_t batch) {
    const Rows last = connection_.query("SELECT value FROM db.counter WHERE name = $1", {counter_});
    if (last.empty() || last.at(0, 0).integer() != batch) return false;
    // With a synchronous standby, a COMMIT that was cut short is visible here before it is safe
    // there. A write of our own returns only when everything before it is safe too.
    connection_.query("UPDATE db.counter SET value = value WHERE name = $1", {counter_});
    return true;
}

void LaneConnection::forget_lane() {
    connection_.query("DELETE FROM db.counter WHERE name = $1", {counter_});
}

Attempt attempt(Connection& connection, const std::string& lane_counter,
                const std::vector<const Command*>& commands, const WriteLane::Options& options) {
    return Batch(connection, lane_counter, commands, options).go();
}

}  // namespace chilang::db
