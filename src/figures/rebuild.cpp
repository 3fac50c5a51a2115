// Figures from index 0: everything folded again into a second set, then swapped in.
//
// Read with COPY, which hands over rows without a result set in memory. Only four columns are
// asked for: a fold knows an event by its kind, instant, stream and payload.
#include "figures/state.hpp"

#include "base/text.hpp"

#include <charconv>
#include <stdexcept>

namespace chilang::figures {

namespace {

// One field of COPY's text form, with its backslash escapes undone.
void take_field(std::string_view& row, std::string& out) {
    out.clear();
    const auto end = std::min(row.find('\t'), row.size());
    auto field = row.substr(0, end);
    row.remove_prefix(std::min(end + 1, row.size()));
    for (auto slash = field.find('\\'); slash != field.npos; slash = field.find('\\')) {
        out.append(field.substr(0, slash));
        const char c = slash + 1 < field.size() ? field[slash + 1] : '\\';
        out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f'
               : c == 'v' ? '\v' : c;
        field.remove_prefix(std::min(slash + 2, field.size()));
    }
    out.append(field);
}

std::int64_t take_integer(std::string_view& row) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), value);
    if (error != std::errc{}) throw std::runtime_error("figures: unreadable row of the ledger");
    row.remove_prefix(std::min<std::size_t>(static_cast<std::size_t>(end - row.data()) + 1, row.size()));
    return value;
}

void fold_from(db::Connection& connection, const std::vector<EntityPlan>& plans, Set& set,
               std::int64_t size) {
    ledger::Sealed sealed;
    std::vector<Change> scratch;
    set.bulk();
    const auto sql = "COPY (SELECT index, kind, (extract(epoch FROM at) * 1000000)::bigint, stream, payload "
                     "FROM ledger.event WHERE index >= " + std::to_string(set.position) +
                     " AND index < " + std::to_string(size) + " ORDER BY index) TO STDOUT";
    connection.copy_out(sql, [&](std::string_view row) {
        while (row.ends_with('\n')) row.remove_suffix(1);
        sealed.index = take_integer(row);
        sealed.event.kind = static_cast<int>(take_integer(row));
        sealed.event.at = from_microseconds(take_integer(row));
        take_field(row, sealed.event.stream);
        take_field(row, sealed.event.payload);
        set.fold(plans, sealed, scratch);
    });
    set.settle();
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
