// A browser without a network for the tests of identity: it finds the route, passes the guard,
// waits for late answers, keeps the cookie and fills in the form's token.
#pragma once

#include "db/testing.hpp"
#include "html/html.hpp"
#include "identity/demonstration.hpp"
#include "identity/install.hpp"
#include "identity/state.hpp"
#include "platform/platform.hpp"
#include "workdays/workdays.hpp"

#include <filesystem>
#include <future>

namespace chilang::identity {

class SetClock : public Clock {
public:
    explicit SetClock(Instant start) : now_(start) {}
    Instant now() const override { return now_; }
    void move(std::chrono::seconds by) { now_ = now_.load() + by; }

private:
    std::atomic<Instant> now_;
};

class NoListeners : public http::Live {
public:
    void publish(http::Live::Message) override {}
    std::size_t listeners() const override { return 0; }
};

// A whole house as far as identity needs one, in a database of its own.
struct Desk {
    Desk();
    ~Desk() { std::filesystem::remove_all(folder); }

    struct Answer {
        int status = 0;
        std::string body, location;
    };
    struct Browser {
        Desk* desk;
        std::string cookie = {};
        std::string bearer = {};
        std::string csrf = {};  // of the last page; empty: what the guard gives a fresh page
        Answer get(const std::string& target);
        Answer post(const std::string& path, http::Pairs form, http::Pairs headers = {});
        Answer send(http::Request request);
        // Password and code of a demonstration account; the place of the last redirect.
        std::string sign_in(std::string_view login);
    };
    Browser browser() { return {this}; }
    // The demonstration account's data.
    static const DemoAccount& account(std::string_view login);

    std::filesystem::path folder;
    db::TestDatabase database;
    std::shared_ptr<SetClock> clock;
    places::Directory places;
    workdays::Directory workdays;
    ledger::Ledger ledger;
    db::WriteLane lane;
    http::Router router;
    NoListeners live;
    html::Templates templates;
    std::vector<Job> jobs;
    Identity identity;
    std::unique_ptr<Platform> platform;
};

}  // namespace chilang::identity
