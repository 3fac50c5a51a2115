// Tokens, cookies and the short memory of who they belong to.
#include "identity/sessions.hpp"

#include "base/sha256.hpp"

#include <cstring>

namespace chilang::identity {

namespace {

constexpr auto kCachedFor = std::chrono::seconds(10);
constexpr std::size_t kCachedMax = 20'000;

std::string cookie_text(std::string_view value, std::int64_t seconds, bool secure) {
    return std::string(kSessionCookie) + "=" + std::string(value) +
           "; Path=/; Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=Lax" +
           (secure ? "; Secure" : "");
}

}  // namespace

NewToken new_token() {
    const std::string text = to_hex(random_bytes(32));
    return {text, sha256(text)};
}

std::optional<Hash> token_hash(std::string_view text) {
    if (text.size() != 64) return std::nullopt;
    return sha256(text);
}

std::string csrf_of(std::string_view token) {
    return to_hex(view(hmac_sha256(token, "csrf")));
}

std::string session_cookie(std::string_view token, bool secure) {
    return cookie_text(token, std::chrono::seconds(kAbsolute).count(), secure);
}

std::string ended_cookie(bool secure) {
    return cookie_text("", 0, secure);
}

std::size_t Sessions::HashOf::operator()(const Hash& hash) const {
    std::size_t value = 0;
    std::memcpy(&value, hash.bytes.data(), sizeof value);
    return value;
}

std::shared_ptr<const Actor> Sessions::cached(const Hash& token, Instant now) {
    const std::lock_guard lock(mutex_);
    const auto entry = entries_.find(token);
    if (entry == entries_.end() || now - entry->second.at > kCachedFor || now < entry->second.at)
        return nullptr;
    return entry->second.actor;
}

void Sessions::keep(const Hash& token, std::shared_ptr<const Actor> actor, Instant now) {
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= kCachedMax) entries_.clear();
    entries_[token] = {std::move(actor), now};
}

void Sessions::forget(const Hash& token) {
    const std::lock_guard lock(mutex_);
    entries_.erase(token);
}

void Sessions::forget_account(std::int64_t account) {
    const std::lock_guard lock(mutex_);
    std::erase_if(entries_,
                  [&](const auto& entry) { return entry.second.actor->account == account; });
}

void Sessions::forget_all() {
    const std::lock_guard lock(mutex_);
    entries_.clear();
}

}  // namespace chilang::identity
