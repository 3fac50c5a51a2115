// The private PostgreSQL cluster: initialised, started, adopted after a crash, and stopped.
//
// Without --database the platform owns a cluster in var/ on a unix socket. PostgreSQL refuses to
// run as root, so root starts it as the user `postgres`; where that user cannot reach the folder (a
// clone in /root), the cluster lives in /var/lib/chilang-<hash> instead. Socket paths are kept
// below the 107 bytes that the kernel allows.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace chilang::db {

class Cluster {
public:
    struct Options {
        std::filesystem::path folder;  // var/
        bool durable = true;           // false: fsync off, for tests only
        std::string shared_buffers = "128MB";
        // After a crash, starting fails for a while; it is given up when it goes on for so long.
        std::chrono::seconds failure_patience{10};
    };
    explicit Cluster(
        Options options);  // starts or adopts; throws std::runtime_error with the reason
    ~Cluster();            // fast stop when this process started it
    std::string url(std::string_view database = "chilang") const;
    void ensure_database(std::string_view name);
    void stop();
    int postmaster_pid() const;
    std::filesystem::path data() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace chilang::db
