// The leaf's bytes, its hash, and the register of kinds.
//
// Both versions are frozen: 138 bytes, big-endian numbers, no personal data. Stream and actor enter
// as keyed tags, so that a leaf seen by a stranger cannot be matched against guessed subjects; in
// version 2 the salted commitment covers them too, so that whoever holds the salt needs no key to
// check them.
#include "ledger/event.hpp"

#include "base/sha256.hpp"
#include "ledger/leaf.hpp"
#include "ledger/merkle.hpp"

#include <algorithm>
#include <mutex>
#include <stdexcept>

namespace chilang::ledger {

namespace {

std::vector<Kind>& registered() {
    static std::vector<Kind> kinds;
    return kinds;
}

void append_number(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

}  // namespace

void register_kinds(std::vector<Kind> kinds) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    auto& all = registered();
    for (const auto& one : kinds) {
        const auto same = std::find_if(all.begin(), all.end(), [&](const Kind& other) {
            return other.number == one.number || other.name == one.name;
        });
        if (same == all.end())
            all.push_back(one);
        else if (same->number != one.number || same->name != one.name)
            throw std::logic_error("two kinds of event share a number or a name: " +
                                   std::string(one.name));
    }
    std::sort(all.begin(), all.end(),
              [](const Kind& a, const Kind& b) { return a.number < b.number; });
}

const std::vector<Kind>& kinds() {
    return registered();
}

const Kind& kind(std::uint8_t number) {
    for (const auto& one : registered())
        if (one.number == number) return one;
    throw std::out_of_range("no kind of event has the number " + std::to_string(number));
}

Hash commitment(int version, const Hash& salt, const Subject& subject, std::string_view payload) {
    std::string data;
    data.reserve(49 + subject.stream.size() + subject.actor.size() + payload.size());
    data += version == 1 ? '\x02' : '\x03';
    data += view(salt);
    if (version != 1)
        for (const auto text : {subject.stream, subject.actor}) {
            append_number(data, text.size());
            data += text;
        }
    data += payload;
    return sha256(data);
}

Hash commitment(int version, const Event& event) {
    return commitment(version, event.salt, {event.stream, event.actor}, event.payload);
}

std::string leaf_bytes(int version, const Event& event, const Hash& stream_key,
                       const Hash& commitment) {
    std::string out;
    out.reserve(leaf_size);
    out += static_cast<char>(version);
    out += static_cast<char>(event.kind);
    append_number(out, static_cast<std::uint64_t>(to_microseconds(event.at)));
    out += view(event.id);
    out += view(hmac_sha256(view(stream_key), event.stream));
    append_number(out, static_cast<std::uint64_t>(event.seq));
    out += view(event.prev);
    out += view(hmac_sha256(view(stream_key), "actor\n" + event.actor)).substr(0, 8);
    out += view(commitment);
    return out;
}

std::string leaf_bytes(const Event& event, const Hash& stream_key) {
    return leaf_bytes(leaf_version, event, stream_key, commitment(leaf_version, event));
}

std::optional<std::string> sealed_bytes(const Event& event, const std::optional<Hash>& erased,
                                        const Hash& stream_key) {
    for (int version = leaf_version; version >= 1; --version) {
        auto bytes =
            leaf_bytes(version, event, stream_key, erased ? *erased : commitment(version, event));
        if (merkle::leaf_hash(bytes) == event.leaf) return bytes;
    }
    return std::nullopt;
}

Event next_event(Head& head, const Kind& kind, std::string stream, std::string actor,
                 std::string payload, Instant at, const Hash& stream_key) {
    Event event;
    event.id = new_id(to_microseconds(at) / 1000);
    event.kind = kind.number;
    event.at = at;
    event.stream = std::move(stream);
    event.seq = head.seq + 1;
    event.actor = std::move(actor);
    event.payload = std::move(payload);
    const std::string salt = random_bytes(event.salt.bytes.size());
    std::copy(salt.begin(), salt.end(), event.salt.bytes.begin());
    event.prev = head.hash;
    event.leaf = merkle::leaf_hash(leaf_bytes(event, stream_key));
    head = {event.seq, event.leaf};
    return event;
}

}  // namespace chilang::ledger
