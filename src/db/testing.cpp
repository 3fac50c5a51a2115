// The throw-away cluster of a test program: /tmp/chilang-test-<pid>, gone when the program ends.
//
// A program that was killed leaves its folder; the next one clears it away. The migrations are
// applied once, to a template that every test copies (about 30 ms).
#include "db/testing.hpp"

#include "db/migrate.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>

namespace chilang::db {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "chilang-test-";
constexpr const char* kTemplate = "migrated";
constexpr std::size_t kConnections = 8;

void clear_leftovers() {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/tmp", ignored)) {
        const std::string name = entry.path().filename();
        if (!name.starts_with(kPrefix)) continue;
        const pid_t pid = std::atoi(name.c_str() + kPrefix.size());
        if (pid > 0 && kill(pid, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), ignored);
    }
}

struct TestCluster {
    fs::path folder;
    std::unique_ptr<Cluster> cluster;

    TestCluster() : folder("/tmp/" + std::string(kPrefix) + std::to_string(getpid())) {
        clear_leftovers();
        cluster = std::make_unique<Cluster>(
            Cluster::Options{.folder = folder, .durable = false, .shared_buffers = "64MB"});
        cluster->ensure_database(kTemplate);
        Connection connection(cluster->url(kTemplate));
        migrate(connection, embedded_migrations());
    }
    ~TestCluster() {
        cluster.reset();
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
};

}  // namespace

Cluster& TestDatabase::cluster() {
    static TestCluster instance;
    return *instance.cluster;
}

TestDatabase::TestDatabase() {
    static std::atomic<int> count = 0;
    name_ = "test_" + std::to_string(++count);
    Connection connection(cluster().url("postgres"));
    connection.script("CREATE DATABASE " + name_ + " TEMPLATE " + kTemplate);
    url_ = cluster().url(name_);
    pool_ = std::make_unique<Pool>(url_, kConnections);
}

TestDatabase::~TestDatabase() {
    pool_.reset();
    try {
        Connection connection(cluster().url("postgres"));
        connection.script("DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const Error&) {  // the test has stopped the cluster: its folder goes anyway
    }
}

}  // namespace chilang::db
