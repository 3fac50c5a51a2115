// The private cluster, kept running.
//
// One process owns a cluster: it holds a lock on owner.lock that the kernel frees even when the
// process is killed. The owner starts PostgreSQL, or adopts the one that a killed predecessor left,
// and starts it again when it dies; another process of ours that finds an owner is its guest, and
// becomes the owner when that one goes. The keeper thread does all this. PostgreSQL is its child,
// and dies cleanly with it: the parent-death signal follows the thread that forked.
#include "db/cluster.hpp"

#include "db/db.hpp"
#include "db/postmaster.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace chilang::db {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

constexpr auto kStartPatience = 60s;
constexpr auto kStopPatience = 60s;
constexpr auto kLook = 50ms;

void write_file(const fs::path& path, const std::string& text, const Runner& runner) {
    const fs::path fresh = path.string() + ".new";
    {
        std::ofstream out(fresh, std::ios::binary);
        out << text;
        if (!out.flush()) throw std::runtime_error("cannot write " + fresh.string());
    }
    if (runner.changes_user && chown(fresh.c_str(), runner.uid, runner.gid) != 0)
        throw std::runtime_error("cannot give away " + fresh.string());
    fs::rename(fresh, path);
}

// Made beside and renamed, so that a power cut during initdb leaves nothing half.
void initialise(const Home& home, const Runner& runner, bool durable) {
    const fs::path fresh = home.owned / "new";
    fs::remove_all(fresh);
    std::vector<std::string> command = {postgres_program("initdb"),
                                        "-D",
                                        fresh,
                                        "-U",
                                        "chilang",
                                        "--encoding=UTF8",
                                        "--locale-provider=icu",
                                        "--icu-locale=vi-VN",
                                        "--locale=C.UTF-8",
                                        "--data-checksums",
                                        "-A",
                                        "peer",
                                        "--no-instructions"};
    if (!durable) command.emplace_back("--no-sync");
    if (run(runner, command, home) != 0)
        throw std::runtime_error("cannot initialise PostgreSQL in " + fresh.string() + ":" +
                                 tail(home.log, 5));
    fs::rename(fresh, home.data);
}

std::string settings(const Home& home, const Cluster::Options& options) {
    std::string text =
        "listen_addresses = ''\n"
        "unix_socket_directories = '" +
        home.socket.string() +
        "'\n"
        "unix_socket_permissions = 0770\n"
        "shared_buffers = " +
        options.shared_buffers +
        "\n"
        "max_wal_size = 4GB\n"
        "wal_compression = lz4\n"
        "random_page_cost = 1.1\n"
        "jit = off\n"
        "log_min_messages = warning\n"
        "log_line_prefix = '%m [%p] '\n"
        "log_min_error_statement = panic\n"  // statements carry personal data
        "log_error_verbosity = terse\n";
    if (!options.durable)
        text += "fsync = off\nfull_page_writes = off\nmax_wal_size = 256MB\nautovacuum = off\n";
    return text;
}

void configure(const Home& home, const Runner& runner, const Cluster::Options& options) {
    const fs::path& data = home.data;
    // Read after postgresql.conf, before postgresql.auto.conf: ALTER SYSTEM still wins.
    const fs::path main = data / "postgresql.conf";
    const std::string include = "include_if_exists = 'chilang.conf'";
    std::string text;
    {
        std::ifstream in(main);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    if (text.find(include) == text.npos) write_file(main, text + "\n" + include + "\n", runner);
    write_file(data / "chilang.conf", settings(home, options), runner);
    std::string users = "own postgres chilang\n";
    if (runner.name != "postgres") users += "own \"" + runner.name + "\" chilang\n";
    if (runner.changes_user) users += "own root chilang\n";
    write_file(data / "pg_ident.conf", users, runner);
    write_file(data / "pg_hba.conf", "local all all peer map=own\n", runner);
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const unsigned char c : text) {
        if (std::isalnum(c) || c == '-' || c == '_' || c == '.') {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += "0123456789ABCDEF"[c >> 4];
            out += "0123456789ABCDEF"[c & 15];
        }
    }
    return out;
}

}  // namespace

struct Cluster::State {
    Options options;
    Runner runner;
    Home home;
    int lock = -1;

    std::mutex mutex;
    std::condition_variable changed;
    bool stopping = false;
    bool owner = false;
    pid_t child = 0;    // started by our keeper, not yet reaped
    std::string fault;  // why the last start failed
    std::thread keeper;

    std::string url(std::string_view database) const {
        return "postgresql://chilang@/" + percent_encoded(database) +
               "?host=" + percent_encoded(home.socket.string());
    }

    bool ready() const {
        return PQping((url("postgres") + "&connect_timeout=2").c_str()) == PQPING_OK;
    }

    // Waits, at most so long, for the wish to stop; true if it came.
    bool pause(std::chrono::milliseconds time) {
        std::unique_lock guard(mutex);
        return changed.wait_for(guard, time, [&] { return stopping; });
    }

    void note(const std::string& text) {
        const std::lock_guard guard(mutex);
        fault = text;
    }

    bool become_owner() {
        if (flock(lock, LOCK_EX | LOCK_NB) != 0) return false;
        const std::lock_guard guard(mutex);
        owner = true;
        return true;
    }

    // One life of PostgreSQL as our child, from start to end.
    void live() {
        if (!fs::exists(home.data / "PG_VERSION")) initialise(home, runner, options.durable);
        configure(home, runner, options);
        const pid_t pid = start(runner, {postgres_program("postgres"), "-D", home.data}, home);
        {
            const std::lock_guard guard(mutex);
            child = pid;
            if (stopping) kill(pid, SIGINT);  // stop() came between
        }
        int status = 0;
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
        const std::lock_guard guard(mutex);
        child = 0;
        fault = "PostgreSQL ended:" + tail(home.log, 5);
        changed.notify_all();
    }

    void keep() {
        auto rest = kLook;
        while (!pause(0ms)) {
            if (!owner && !become_owner()) {
                pause(kLook);
                continue;
            }
            if (running_postmaster(home.data)) {  // adopted, or still on its way out
                pause(kLook);
                continue;
            }
            const auto began = std::chrono::steady_clock::now();
            try {
                live();
            } catch (const std::exception& error) {
                note(error.what());
            }
            const bool lasted = std::chrono::steady_clock::now() - began > 5s;
            rest = lasted ? kLook : std::min<std::chrono::milliseconds>(rest * 2, 1s);
            pause(rest);
        }
    }

    void wait_until_ready() {
        const auto begin = std::chrono::steady_clock::now();
        std::optional<std::chrono::steady_clock::time_point> failing;
        while (!ready()) {
            const auto now = std::chrono::steady_clock::now();
            std::string reason;
            {
                const std::lock_guard guard(mutex);
                reason = fault;
                if (!fault.empty() && !failing) failing = now;
            }
            if (now - begin > kStartPatience ||
                (failing && now - *failing > options.failure_patience))
                throw std::runtime_error("PostgreSQL does not start in " + home.root.string() +
                                         ": " + (reason.empty() ? "no answer" : reason));
            std::this_thread::sleep_for(10ms);
        }
    }

    void end_postmaster(pid_t pid) {
        const auto wait = [&] {
            const auto end = std::chrono::steady_clock::now() + kStopPatience;
            while (std::chrono::steady_clock::now() < end) {
                {
                    const std::lock_guard guard(mutex);
                    if (child != pid && running_postmaster(home.data) != pid) return true;
                }
                std::this_thread::sleep_for(5ms);
            }
            return false;
        };
        kill(pid, SIGINT);  // "fast": transactions are rolled back, then a checkpoint
        if (!wait()) {
            kill(pid, SIGQUIT);  // "immediate": the log is replayed at the next start
            wait();
        }
    }

    void stop() {
        pid_t pid = 0;
        {
            const std::lock_guard guard(mutex);
            if (stopping) return;
            stopping = true;
            if (owner) pid = child ? child : running_postmaster(home.data).value_or(0);
        }
        changed.notify_all();
        if (pid > 0) end_postmaster(pid);
        if (keeper.joinable()) keeper.join();
        if (lock >= 0) close(lock);
    }
};

Cluster::Cluster(Options options) : state_(std::make_unique<State>()) {
    State& s = *state_;
    s.options = std::move(options);
    s.runner = find_runner();
    s.home = prepare_home(s.options.folder, s.runner);
    const fs::path lock = s.home.root / "owner.lock";
    s.lock = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (s.lock < 0) throw std::runtime_error("cannot write " + lock.string());
    s.keeper = std::thread([&s] { s.keep(); });
    try {
        s.wait_until_ready();
    } catch (...) {
        s.stop();
        throw;
    }
}

Cluster::~Cluster() {
    state_->stop();
}

std::string Cluster::url(std::string_view database) const {
    return state_->url(database);
}

void Cluster::ensure_database(std::string_view name) {
    Connection connection(state_->url("postgres"));
    if (!connection.query("SELECT 1 FROM pg_database WHERE datname = $1", {name}).empty()) return;
    const Rows quoted = connection.query("SELECT quote_ident($1)", {name});
    connection.script("CREATE DATABASE " + std::string(quoted.at(0, 0).text()));
}

void Cluster::stop() {
    state_->stop();
}

int Cluster::postmaster_pid() const {
    return running_postmaster(state_->home.data).value_or(0);
}

std::filesystem::path Cluster::data() const {
    return state_->home.data;
}

}  // namespace chilang::db
