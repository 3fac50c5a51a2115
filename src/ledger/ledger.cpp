// The ledger's face: threads, readers, proofs.
#include "ledger/ledger.hpp"

#include "ledger/receipt.hpp"
#include "ledger/state.hpp"
#include "ledger/store.hpp"

namespace chilang::ledger {

Ledger::Ledger(db::Pool& pool, Options options)
    : state_(std::make_unique<State>(pool, std::move(options))) {}

Ledger::~Ledger() { stop(); }

void Ledger::start() { state_->start(); }
void Ledger::stop() { state_->stop(); }
void Ledger::wake() { state_->wake(); }
const Hash& Ledger::stream_key() const { return state_->stream_key; }
std::string Ledger::public_key() const { return state_->key.verifier().text(); }
std::filesystem::path Ledger::folder() const { return state_->options.folder; }
void Ledger::follow(Follower follower) { state_->follow(std::move(follower)); }
bool Ledger::settle(int timeout_ms) { return state_->settle(timeout_ms); }

// The row is inserted only while no sealed event has its place in the stream: a second writer of
// one subject that got past the head's check touches no row, and the lane answers `conflict`.
db::Statement Ledger::append(const Event& event) {
    return {"INSERT INTO ledger.intake (id, kind, at, stream, seq, actor, payload, salt, prev, leaf)"
            " SELECT $1::uuid, $2::smallint, $3::timestamptz, $4::text, $5::bigint, $6::text, $7::text,"
            " $8::bytea, $9::bytea, $10::bytea"
            " WHERE NOT EXISTS (SELECT FROM ledger.event WHERE stream = $4::text AND seq = $5::bigint)",
            {event.id, event.kind, event.at, event.stream, event.seq, event.actor, event.payload,
             event.salt, event.prev, event.leaf},
            db::Expect::one_row};
}

void Ledger::load(db::Connection& connection, std::span<const Event> events) {
    const std::lock_guard lock(state_->sealing);
    if (!state_->sealer.acquire()) throw SealRefused("Một tiến trình khác đang niêm phong sổ cái");
    state_->sealer.load(connection, events);
}

void Ledger::publish_load() {
    const std::lock_guard lock(state_->sealing);
    if (!state_->sealer.acquire()) throw SealRefused("Một tiến trình khác đang niêm phong sổ cái");
    state_->show(state_->sealer.publish());
}

std::int64_t Ledger::size() const { return state_->size(); }
Checkpoint Ledger::checkpoint() const { return state_->newest(); }
Checkpoint Ledger::cosigned() const { return state_->cosigned(); }
std::string Ledger::trouble() const { return state_->trouble(); }

Policy Ledger::policy() const {
    return {.log_key = public_key(), .witness_keys = state_->options.witness_keys};
}

std::string Ledger::stream_sql(std::string_view name) {
    const std::string columns = " id, kind, at, stream, seq, actor, payload, salt, prev, leaf FROM ";
    const std::string whose = " WHERE stream = " + std::string(name);
    return "SELECT idx," + columns + "ledger.event" + whose + " UNION ALL SELECT NULL," + columns +
           "ledger.intake" + whose + " ORDER BY seq";
}

std::vector<ProvenEvent> Ledger::proven(const db::Rows& rows) {
    std::vector<ProvenEvent> events;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        ProvenEvent one{event_at(rows, row, 1), std::nullopt};
        if (!rows.at(row, 0).is_null()) one.index = rows.at(row, 0).integer();
        events.push_back(std::move(one));
    }
    return events;
}

std::vector<ProvenEvent> Ledger::stream(db::Connection& connection, std::string_view stream) const {
    static const std::string sql = stream_sql("$1");
    return proven(connection.query(sql, {stream}));
}

std::optional<ProvenEvent> Ledger::find(db::Connection& connection, const Id& event) const {
    constexpr std::string_view columns_of_event =
        "SELECT idx, id, kind, at, stream, seq, actor, payload, salt, prev, leaf FROM ledger.event"
        " WHERE id = $1";
    // The intake has no index by id: it is asked only about what is not sealed, and once more
    // afterwards the ledger, where the event may have moved in between.
    const auto sealed = connection.query(columns_of_event, {event});
    if (!sealed.empty()) return ProvenEvent{event_at(sealed, 0, 1), sealed.at(0, 0).integer()};
    const auto waiting = connection.query(
        "SELECT id, kind, at, stream, seq, actor, payload, salt, prev, leaf FROM ledger.intake"
        " WHERE id = $1",
        {event});
    if (!waiting.empty()) return ProvenEvent{event_at(waiting, 0, 0), std::nullopt};
    const auto moved = connection.query(columns_of_event, {event});
    if (moved.empty()) return std::nullopt;
    return ProvenEvent{event_at(moved, 0, 1), moved.at(0, 0).integer()};
}

std::vector<Sealed> Ledger::read(db::Connection& connection, std::int64_t from,
                                 std::size_t limit) const {
    return read_sealed(connection, from, limit);
}

std::optional<std::string> Ledger::proof(db::Connection& connection, const Id& event) const {
    const auto found = find(connection, event);
    if (!found || !found->index) return std::nullopt;
    auto head = state_->cosigned();
    if (*found->index >= head.size) head = state_->newest();
    if (*found->index >= head.size) return std::nullopt;
    return receipt_of(TileReader(state_->tiles, head.size), head.note,
                      {*found->index, found->event, std::nullopt});
}

}  // namespace chilang::ledger
