// A real PostgreSQL for tests: one throw-away cluster per test program, a migrated database per
// test.
#pragma once

#include "db/cluster.hpp"
#include "db/db.hpp"

#include <memory>
#include <string>

namespace chilang::db {

class TestDatabase {
public:
    TestDatabase();   // CREATE DATABASE … TEMPLATE of a migrated one
    ~TestDatabase();  // drops it
    const std::string& url() const { return url_; }
    Pool& pool() { return *pool_; }
    static Cluster& cluster();

private:
    std::string name_, url_;
    std::unique_ptr<Pool> pool_;
};

}  // namespace chilang::db
