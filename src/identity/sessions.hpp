// Sessions of browsers: a random token in a cookie, its hash in the database, the actor in memory.
//
// A session ends 8 hours after its last use and 24 hours after sign-in. The actor is kept for ten
// seconds, so that a page does not ask the database; a change on this machine forgets it at once,
// one on another machine after those seconds.
#pragma once

#include "base/id.hpp"
#include "identity/identity.hpp"

#include <memory>
#include <mutex>
#include <unordered_map>

namespace chilang::identity {

inline constexpr std::string_view kSessionCookie = "phien";
inline constexpr auto kIdle = std::chrono::hours(8);
inline constexpr auto kAbsolute = std::chrono::hours(24);
inline constexpr auto kPending = std::chrono::minutes(5);  // between password and code

struct NewToken {
    std::string text;  // goes to the browser, 64 hexadecimal digits
    Hash hash;         // goes into the database
};
NewToken new_token();
std::optional<Hash> token_hash(std::string_view text);
// The token of the session's forms: derived, so that nothing more needs to be kept.
std::string csrf_of(std::string_view token);
std::string session_cookie(std::string_view token, bool secure);
std::string ended_cookie(bool secure);

class Sessions {
public:
    std::shared_ptr<const Actor> cached(const Hash& token, Instant now);
    void keep(const Hash& token, std::shared_ptr<const Actor> actor, Instant now);
    void forget(const Hash& token);
    void forget_account(std::int64_t account);
    void forget_all();

private:
    struct Entry {
        std::shared_ptr<const Actor> actor;
        Instant at;
    };
    struct HashOf {
        std::size_t operator()(const Hash& hash) const;
    };
    std::mutex mutex_;
    std::unordered_map<Hash, Entry, HashOf> entries_;
};

}  // namespace chilang::identity
