// Accounts, positions and rights; sign-in, sessions and the guard in front of every route.
//
// Rights are given to positions (a title at an agency), never to persons; a position reaches what
// its agency's unit subtree holds. Staff sign in with a password (argon2id) and TOTP. Every look at
// personal data by staff is an event of its own.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"
#include "db/db.hpp"
#include "db/lane.hpp"
#include "http/http.hpp"
#include "ledger/ledger.hpp"
#include "places/places.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::html {
struct Page;
}

namespace chilang::identity {

enum class Role {
    one_stop,
    specialist,
    head,
    leader,
    province_leader,
    ict,
    auditor,
    administrator
};
BOOST_DESCRIBE_ENUM(Role, one_stop, specialist, head, leader, province_leader, ict, auditor,
                    administrator)
std::string_view label(Role role);  // "Cán bộ một cửa"

// A right is a word; modules register theirs with the roles that have it (data a lawyer can check).
struct Right {
    std::string name;   // "dossiers.receive"
    std::string label;  // "Tiếp nhận hồ sơ tại quầy"
    std::vector<Role> roles;
};
void register_rights(std::vector<Right> rights);
const std::vector<Right>& rights();

struct Position {
    std::int64_t id = 0;
    std::int64_t account = 0;
    std::string title;  // "Chuyên viên"
    Role role = Role::specialist;
    std::int64_t agency = 0;
    Date valid_from{};
    std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(Position, (), (id, account, title, role, agency, valid_from, valid_to))

// Who makes this request. Anonymous: account 0.
struct Actor {
    std::int64_t account = 0;
    std::string name;         // for the page head only
    std::string agency_name;  // of the position, as lists show it
    Position position{};
    std::vector<std::int64_t>
        agencies;  // reach of the inbox: own agency with predecessors; leaders of
                   // a unit and the province: all agencies of the subtree
    std::set<std::string, std::less<>> rights;
    std::string csrf;  // token of the session, also for anonymous forms
    bool may(std::string_view right) const { return rights.count(right) > 0; }
    bool signed_in() const { return account != 0; }
    std::string stream_name() const;  // "position/12" or "citizen": goes into events
};

const Actor& actor(const http::Request& request);
// Fills name, position, rights, csrf of a page from the request.
void dress(html::Page& page, const http::Request& request);

struct Member {  // a colleague to whom work can be assigned
    std::int64_t position = 0;
    std::string name, title;
    Role role = Role::specialist;
};
BOOST_DESCRIBE_STRUCT(Member, (), (position, name, title, role))

class Identity {
public:
    struct Options {
        bool secure_cookies = false;  // true behind TLS
        bool demonstration = false;   // shows the demonstration accounts on the sign-in page
        std::shared_ptr<const Clock> clock = std::make_shared<Clock>();
    };
    Identity(db::Pool& pool, db::WriteLane& lane, ledger::Ledger& ledger, places::Directory& places,
             Options options);
    ~Identity();

    // The guard for http::Router: session cookie -> actor, CSRF, right of the route, rate limits.
    std::optional<http::Response> guard(http::Request& request, const http::Route& route);

    std::vector<Member> members(db::Connection& connection, std::int64_t agency, Date on) const;
    std::string name_of_position(db::Connection& connection, std::int64_t position) const;

    // The event of looking at somebody's personal data, to be put into a write set or sent alone.
    void record_look_up(const Actor& actor, std::string_view subject, std::string_view reason,
                        Instant now);

    // A limiter for anonymous look-ups: false when `key` used up `per_minute`.
    bool allow(std::string_view key, int per_minute, Instant now);

    struct State;
    State& state() { return *state_; }  // for the files of this module

private:
    std::unique_ptr<State> state_;
};

// Seeds the demonstration accounts (invented people); returns lines to print: account, password,
// secret.
struct DemoAccount {
    std::string login, password, totp_secret, title, agency;
};
std::vector<DemoAccount> seed_demonstration(db::Connection& connection,
                                            const places::Places& places, Date on);

std::string totp_code(std::string_view base32_secret, Instant now);

}  // namespace chilang::identity
