// The head of a stream lies in identity.stream_head; of a stream that began with the demonstration
// load, whose events were sealed in bulk, the ledger tells it the first time.
#include "identity/record.hpp"

#include "platform/platform.hpp"

namespace chilang::identity {

namespace {

struct Found {
    ledger::Head head;
    bool kept = false;  // as a row
};

Found head_of(Platform& platform, const std::string& stream) {
    auto connection = platform.pool.lease();
    const auto rows =
        connection->query("SELECT seq, hash FROM identity.stream_head WHERE stream = $1", {stream});
    if (!rows.empty()) return {{rows.at(0, 0).integer(), rows.at(0, 1).hash()}, true};
    Found found;
    for (const auto& proven : platform.ledger.stream(*connection, stream))
        found.head = {proven.event.seq, proven.event.leaf};
    return found;
}

Problem overtaken() {
    return {"changed_meanwhile", "",
            "Mục này vừa được người khác thay đổi. Hãy tải lại trang, xem lại rồi làm tiếp."};
}

}  // namespace

Result<Done> record(Platform& platform, const Actor& by, Instant now, const Change& change) {
    auto [head, kept] = head_of(platform, change.stream);
    const std::int64_t before = head.seq;
    const auto event = ledger::next_event(head, change.kind, change.stream, by.stream_name(),
                                          change.payload, now, platform.ledger.stream_key());
    db::WriteSet set{change.statements, {}};
    if (kept)
        set.statements.push_back(
            {"UPDATE identity.stream_head SET seq = $2, hash = $3"
             " WHERE stream = $1 AND seq = $4",
             {change.stream, head.seq, head.hash, before},
             db::Expect::one_row});
    else
        set.statements.push_back(
            {"INSERT INTO identity.stream_head (stream, seq, hash)"
             " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
             {change.stream, head.seq, head.hash},
             db::Expect::one_row});
    set.statements.push_back(ledger::Ledger::append(event));
    const auto outcome = platform.lane.run(
        {.build = [&](std::span<const std::int64_t>) { return Result<db::WriteSet>(set); }});
    if (outcome.ok()) return Done{};
    if (outcome.kind == db::Outcome::Kind::conflict) return overtaken();
    if (outcome.kind == db::Outcome::Kind::refused) return outcome.problems;
    return Problem{"unavailable", "",
                   "Hệ thống đang bận, thao tác chưa được ghi nhận. Hãy thử lại sau ít phút."};
}

}  // namespace chilang::identity
