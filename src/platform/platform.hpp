// What a module gets from the house when it is installed: references, nothing else.
//
// app/ makes these objects in one place and hands them to each module's `install`. Only forward
// declarations here, so that including this file costs nothing; a .cpp includes what it uses.
#pragma once

#include "base/instant.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chilang {

namespace db {
class Pool;
class WriteLane;
}  // namespace db
namespace http {
class Router;
class Live;
}  // namespace http
namespace html {
class Templates;
}
namespace places {
class Directory;
}
namespace workdays {
class Directory;
}
namespace ledger {
class Ledger;
}
namespace identity {
class Identity;
}
namespace files {
class Store;
}
namespace figures {
class Figures;
}

struct Job {
    std::string name;
    int every_seconds;
    std::function<void(Instant now)> run;  // must be safe to run twice
};

struct Platform {
    std::shared_ptr<const Clock> clock;
    db::Pool& pool;
    db::WriteLane& lane;
    http::Router& router;
    http::Live& live;
    const html::Templates& templates;
    workdays::Directory& workdays;
    places::Directory& places;
    ledger::Ledger& ledger;
    identity::Identity& identity;
    files::Store& files;
    figures::Figures& figures;
    std::string public_url;  // for links on paper: "https://langson.example"
    std::vector<Job>& jobs;
};

}  // namespace chilang
