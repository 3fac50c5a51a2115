// Processes and folders of a private PostgreSQL: who runs it, where it lies, how it is started.
//
// PostgreSQL refuses to run as root, wants its data folder to be 0700 and its own, and a socket
// path of at most 107 bytes. What depends on that is decided here, once; cluster.cpp only keeps it
// running.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chilang::db {

// The account that PostgreSQL runs as.
struct Runner {
    std::string name;  // "postgres" when we are root, otherwise our own
    uid_t uid;
    gid_t gid;
    std::vector<gid_t> groups;
    bool changes_user;  // we are root: the child drops to this account
};
Runner find_runner();  // throws std::runtime_error when root has no user postgres

struct Home {
    std::filesystem::path root;    // var/, or /var/lib/chilang-<hash>
    std::filesystem::path owned;   // root/postgres: the runner's, closed to others
    std::filesystem::path data;    // root/postgres/data
    std::filesystem::path socket;  // folder of the socket
    std::filesystem::path log;     // root/postgres.log
};
// Decides where the cluster of `folder` lies, and makes the folders with their owners and modes.
Home prepare_home(const std::filesystem::path& folder, const Runner& runner);

// Runs a program as the runner, waits, and returns its exit status; output goes to the log.
int run(const Runner& runner, const std::vector<std::string>& command, const Home& home);

// Starts a program that gets SIGINT when the calling THREAD ends, even by kill -9: call it from a
// thread that lives as long as the child should. The child has a session of its own, so that
// Ctrl-C in the terminal reaches the platform first, and no open files of ours.
pid_t start(const Runner& runner, const std::vector<std::string>& command, const Home& home);

// The running postmaster of this data folder, if one is.
std::optional<pid_t> running_postmaster(const std::filesystem::path& data);

std::filesystem::path postgres_program(const std::string& name);  // newest installed version
std::string hash_of_path(const std::filesystem::path& path);      // 12 hexadecimal digits
std::string tail(const std::filesystem::path& log, std::size_t lines);

}  // namespace chilang::db
