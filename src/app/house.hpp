// The house as one object: opens the database, makes the shared services in order, installs the
// modules.
//
// Everything that runs is made here, once, in the order of the levels; destruction runs backwards.
// serve() and the commands that need the database differ only in what they call on it.
#pragma once

#include "app/options.hpp"
#include "db/cluster.hpp"
#include "db/db.hpp"
#include "db/lane.hpp"
#include "figures/figures.hpp"
#include "files/files.hpp"
#include "html/html.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"
#include "ledger/ledger.hpp"
#include "places/places.hpp"
#include "platform/platform.hpp"
#include "workdays/workdays.hpp"

#include <memory>
#include <vector>

namespace chilang::app {

// Opens (and, without --database, starts) the database and applies the migrations.
struct Database {
    explicit Database(const Options& options);
    std::unique_ptr<db::Cluster> cluster;  // empty with --database
    std::string url;
    int migrations_applied = 0;
};

// Business time: from --clock on, else the demonstration's own, else (or with --real-clock) the
// true time.
std::shared_ptr<const Clock> make_clock(const Options& options, const Database& database);

class House {
public:
    House(const Options& options, Database& database);
    ~House();

    void start();  // sealer, followers, server, jobs
    void stop();
    std::uint16_t port() const { return server_->port(); }
    http::Router& router() { return router_; }
    ledger::Ledger& ledger() { return *ledger_; }
    places::Directory& places() { return *places_; }
    db::Pool& pool() { return *pool_; }
    identity::Identity& identity() { return *identity_; }
    figures::Figures& figures() { return *figures_; }

private:
    void install_modules();
    void run_jobs();
    std::string metrics() const;

    const Options options_;
    std::shared_ptr<const Clock> clock_;
    std::unique_ptr<db::Pool> pool_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<db::WriteLane> lane_;
    std::unique_ptr<places::Directory> places_;
    std::unique_ptr<workdays::Directory> workdays_;
    std::unique_ptr<identity::Identity> identity_;
    std::unique_ptr<files::Store> files_;
    std::unique_ptr<figures::Figures> figures_;
    std::unique_ptr<html::Templates> templates_;
    http::Router router_;
    std::unique_ptr<http::Server> server_;
    std::vector<Job> jobs_;
    std::unique_ptr<Platform> platform_;
    struct JobRunner;
    std::unique_ptr<JobRunner> job_runner_;
};

}  // namespace chilang::app
