// Figures from index 0: everything folded again into a second set, then swapped in.
//
// Read with binary COPY: no result set in memory, no text to undo, no numbers to print and parse
// again. Only four columns are asked for: a fold knows an event by its kind, instant, stream and
// payload.
#include "figures/batch.hpp"

#include <stdexcept>

namespace chilang::figures {

namespace {

// Reads the messages of COPY … (FORMAT binary): big-endian, each field with its length before it.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    bool empty() const { return rest_.empty(); }
    void skip(std::size_t count) { take(count); }
    template <class T>
    T integer() {
        std::uint64_t value = 0;
        for (const char c : take(sizeof(T))) value = value << 8 | static_cast<std::uint8_t>(c);
        return static_cast<T>(value);
    }
    std::string_view field() {
        const auto length = integer<std::int32_t>();
        return length < 0 ? std::string_view{} : take(static_cast<std::size_t>(length));
    }
    template <class T>
    T field_integer() {
        if (integer<std::int32_t>() != static_cast<std::int32_t>(sizeof(T)))
            throw std::runtime_error("figures: unexpected column of the ledger");
        return integer<T>();
    }

private:
    std::string_view take(std::size_t count) {
        if (count > rest_.size()) throw std::runtime_error("figures: torn row of the ledger");
        const auto head = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return head;
    }
    std::string_view rest_;
};

constexpr std::string_view copy_signature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::int64_t microseconds_to_2000 = 946'684'800'000'000;  // PostgreSQL's epoch

// The index of a row is not asked for: a range of the primary key, in its order, that has as many
// rows as it is long leaves nothing out.
void fold_from(db::Connection& connection, const std::vector<EntityPlan>& plans, Set& set,
               std::int64_t size) {
    if (set.position >= size) return;
    ledger::Sealed sealed;
    Batch batch(plans, set);
    const auto sql = "COPY (SELECT kind, at, stream, payload FROM ledger.event WHERE idx >= " +
                     std::to_string(set.position) + " AND idx < " + std::to_string(size) +
                     " ORDER BY idx) TO STDOUT (FORMAT binary)";
    connection.copy_out(sql, [&](std::string_view row) {
        Reader reader(row);
        if (row.starts_with(copy_signature)) {  // travels with the first row
            reader.skip(copy_signature.size() + 4);
            reader.skip(reader.integer<std::uint32_t>());
        }
        if (reader.empty() || reader.integer<std::int16_t>() != 4) return;  // header alone, trailer
        sealed.index = set.position;
        sealed.event.kind = reader.field_integer<std::int16_t>();
        sealed.event.at =
            from_microseconds(reader.field_integer<std::int64_t>() + microseconds_to_2000);
        sealed.event.stream = reader.field();
        sealed.event.payload = reader.field();  // empty after a lawful erasure
        batch.fold(sealed);
    });
    if (set.position < size) throw std::runtime_error("figures: the ledger has a gap");
}

}  // namespace

void Figures::rebuild(db::Pool& pool, const ledger::Ledger& ledger) {
    std::lock_guard alone(state_->rebuilding);
    {
        std::unique_lock lock(state_->mutex);
        state_->ready();
    }
    db::Connection connection(pool.url());
    auto fresh = std::make_unique<Set>(state_->entities);
    fold_from(connection, state_->entities, *fresh, ledger.size());
    std::unique_lock lock(state_->mutex);
    // What was folded live meanwhile is few; readers wait for it rather than see a step back.
    if (fresh->position < state_->set->position)
        fold_from(connection, state_->entities, *fresh, state_->set->position);
    state_->set = std::move(fresh);
}

}  // namespace chilang::figures
