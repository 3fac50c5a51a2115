#include "db/postmaster.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <fstream>
#include <stdexcept>

namespace chilang::db {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSocketPathMax = 107;
constexpr std::string_view kSocketName = "/.s.PGSQL.5432.lock";
constexpr std::uintmax_t kLogMax = 10 << 20;
constexpr int kCannotStart = 127;

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

// Everything that the child needs between fork and exec is made before the fork: in a program with
// threads, the child may call nothing that allocates or locks.
struct Launch {
    std::vector<char*> arguments;
    std::vector<char*> environment;
    std::string path, home;
    const Runner* runner;
    int log;
    pid_t parent;
    int last_signal;  // sent to the child by the kernel when the thread that started it is gone
};

[[noreturn]] void become(const Launch& launch) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (int signal = 1; signal < SIGRTMIN; ++signal) ::signal(signal, SIG_DFL);
    setsid();  // Ctrl-C in a terminal is ours to handle
    const Runner& runner = *launch.runner;
    if (runner.changes_user && (setgroups(runner.groups.size(), runner.groups.data()) != 0 ||
                                setgid(runner.gid) != 0 || setuid(runner.uid) != 0))
        _exit(kCannotStart);
    prctl(PR_SET_PDEATHSIG, launch.last_signal);  // after setuid, which clears it
    if (getppid() != launch.parent) _exit(kCannotStart);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, 0);
    dup2(launch.log, 1);
    dup2(launch.log, 2);
    close_range(3, ~0U, 0);
    if (chdir("/") != 0) _exit(kCannotStart);
    execve(launch.arguments[0], launch.arguments.data(), launch.environment.data());
    _exit(kCannotStart);
}

pid_t launch(const Runner& runner, const std::vector<std::string>& command, const Home& home,
             int last_signal) {
    Launch launch;
    for (const std::string& word : command)
        launch.arguments.push_back(const_cast<char*>(word.c_str()));
    launch.arguments.push_back(nullptr);
    const char* path = std::getenv("PATH");
    launch.path = "PATH=" + std::string(path ? path : "/usr/bin:/bin");
    launch.home = "HOME=/";
    static char language[] = "LANG=C.UTF-8";
    launch.environment = {launch.path.data(), launch.home.data(), language, nullptr};
    launch.runner = &runner;
    launch.parent = getpid();
    launch.last_signal = last_signal;
    launch.log = open(home.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (launch.log < 0) fail("cannot write " + home.log.string());
    const pid_t child = fork();
    if (child == 0) become(launch);
    const int error = errno;
    close(launch.log);
    errno = error;
    if (child < 0) fail("cannot start " + command[0]);
    return child;
}

// May the runner pass through this folder? Asked of the kernel in a child that is the runner.
bool reachable(const fs::path& folder, const Runner& runner) {
    if (!runner.changes_user) return true;
    const pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        if (setgroups(runner.groups.size(), runner.groups.data()) != 0 || setgid(runner.gid) != 0 ||
            setuid(runner.uid) != 0)
            _exit(1);
        _exit(access(folder.c_str(), X_OK) == 0 ? 0 : 1);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void make_folder(const fs::path& folder, const Runner& runner, mode_t mode) {
    fs::create_directories(folder);
    if (runner.changes_user && chown(folder.c_str(), runner.uid, runner.gid) != 0)
        fail("cannot give " + folder.string() + " to " + runner.name);
    if (chmod(folder.c_str(), mode) != 0)
        fail(folder.string() + " belongs to another user; start as the user who made it");
}

// Where the socket fits: beside the data, or in a short folder of our own.
fs::path socket_folder(const fs::path& root, const Runner& runner) {
    fs::path beside = root / "socket";
    if (beside.string().size() + kSocketName.size() <= kSocketPathMax) return beside;
    return fs::path(runner.changes_user ? "/run" : "/tmp") / ("chilang-" + hash_of_path(root));
}

bool holds_cluster(const fs::path& root) {
    std::error_code hidden;
    return fs::exists(root / "postgres" / "data" / "PG_VERSION", hidden);
}

}  // namespace

Runner find_runner() {
    const bool root = geteuid() == 0;
    errno = 0;
    const passwd* entry = root ? getpwnam("postgres") : getpwuid(geteuid());
    if (!entry)
        throw std::runtime_error(
            root ? "PostgreSQL cannot run as root and there is no user postgres: install "
                   "postgresql-15"
                 : "this user has no name in the system");
    Runner runner{entry->pw_name, entry->pw_uid, entry->pw_gid, {}, root};
    int count = 64;
    runner.groups.resize(static_cast<std::size_t>(count));
    if (getgrouplist(runner.name.c_str(), runner.gid, runner.groups.data(), &count) < 0) count = 0;
    runner.groups.resize(static_cast<std::size_t>(count));
    return runner;
}

Home prepare_home(const fs::path& folder, const Runner& runner) {
    const fs::path wanted = fs::absolute(folder).lexically_normal();
    fs::create_directories(wanted);
    const fs::path elsewhere = "/var/lib/chilang-" + hash_of_path(wanted);
    fs::path root = wanted;
    if (!holds_cluster(wanted) && (!reachable(wanted, runner) || holds_cluster(elsewhere))) {
        root = elsewhere;
        fs::create_directories(root);
    } else if (!reachable(wanted, runner)) {
        throw std::runtime_error(wanted.string() + " holds the database, but the user " +
                                 runner.name + " may not enter: chmod a+x its folders");
    }
    Home home{root, root / "postgres", root / "postgres" / "data", socket_folder(root, runner),
              root / "postgres.log"};
    make_folder(home.owned, runner, 0700);
    // PostgreSQL refuses a data folder that others may enter, such as a copy's.
    if (fs::exists(home.data)) make_folder(home.data, runner, 0700);
    make_folder(home.socket, runner, 0755);
    std::error_code no_log_yet;
    if (fs::file_size(home.log, no_log_yet) > kLogMax && !no_log_yet)
        fs::rename(home.log, home.log.string() + ".old");
    return home;
}

int run(const Runner& runner, const std::vector<std::string>& command, const Home& home) {
    // Killed at once: whoever starts next clears away what it made, and must not race with it.
    const pid_t child = launch(runner, command, home, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

pid_t start(const Runner& runner, const std::vector<std::string>& command, const Home& home) {
    return launch(runner, command, home, SIGINT);
}

std::optional<pid_t> running_postmaster(const fs::path& data) {
    std::ifstream file(data / "postmaster.pid");
    pid_t pid = 0;
    if (!(file >> pid) || pid <= 0) return std::nullopt;
    // The file outlives a crash and the number may be another program's by now.
    const fs::path process = "/proc/" + std::to_string(pid);
    std::string name;
    std::getline(std::ifstream(process / "comm"), name);
    if (name != "postgres" && name != "postmaster") return std::nullopt;
    std::string state;  // a zombie runs no more
    std::ifstream stat(process / "stat");
    stat >> state >> state >> state;
    std::error_code hidden;
    const fs::path working = fs::read_symlink(process / "cwd", hidden);
    if (state == "Z" || (!hidden && working != fs::canonical(data))) return std::nullopt;
    return pid;
}

fs::path postgres_program(const std::string& name) {
    std::optional<std::pair<int, fs::path>> newest;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none)) {
        const int version = std::atoi(entry.path().filename().c_str());
        const fs::path program = entry.path() / "bin" / name;
        if (fs::exists(program) && (!newest || newest->first < version))
            newest.emplace(version, program);
    }
    if (!newest)
        throw std::runtime_error("PostgreSQL is not installed (no " + name +
                                 " below /usr/lib/postgresql): install postgresql-15");
    return newest->second;
}

std::string hash_of_path(const fs::path& path) {
    std::uint64_t hash =
        14695981039346656037U;  // FNV-1a: stable for ever, collisions are no danger
    for (const unsigned char c : path.string()) hash = (hash ^ c) * 1099511628211U;
    std::string hex;
    for (int i = 0; i < 12; ++i, hash >>= 4) hex += "0123456789abcdef"[hash & 15];
    return hex;
}

std::string tail(const fs::path& log, std::size_t lines) {
    std::ifstream in(log);
    std::deque<std::string> last;
    for (std::string line; std::getline(in, line);) {
        last.push_back(line);
        if (last.size() > lines) last.pop_front();
    }
    std::string out;
    for (const std::string& line : last) out += "\n  " + line;
    return out;
}

}  // namespace chilang::db
