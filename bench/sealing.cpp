// Sealing: how fast committed events move from the intake into the ledger, beside PostgreSQL moving
// the same rows in batches of the same size without hashing, tiles or signature; and what a proof
// costs, beside asking for the same row and reading the same files without making anything of them.
//
//   bench_sealing [events [batch]]      prints: name value unit bar met
#include "base/describe.hpp"
#include "db/cluster.hpp"
#include "db/db.hpp"
#include "db/migrate.hpp"
#include "ledger/ledger.hpp"
#include "ledger/tiles.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <thread>
#include <vector>

using namespace chilang;

namespace {

constexpr double rate_bar = 20'000, proof_bar_ms = 2;

struct Said {
    std::string word;
};
BOOST_DESCRIBE_STRUCT(Said, (), (word))

double seconds_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

// Fills the intake as commands would have left it; the last event of each stream.
std::vector<Id> fill(db::Connection& connection, const Hash& key, int events) {
    const ledger::Kind kind{250, "spoken", "Đã nói"};
    constexpr int streams = 1000;
    std::vector<ledger::Head> heads(streams);
    std::vector<Id> ids;
    int next = 0;
    connection.copy_in(
        "COPY ledger.intake (id, kind, at, stream, seq, actor, payload, salt, prev, leaf) FROM "
        "STDIN",
        [&](std::string& chunk) {
            db::CopyRow row(chunk);
            for (const int end = std::min(next + 1000, events); next < end; ++next) {
                const int stream = next % streams;
                const auto event = ledger::next_event(
                    heads[stream], kind, "bench/" + std::to_string(stream), "system",
                    Said{"một bước của một hồ sơ, dài bằng một sự kiện thường gặp " +
                         std::to_string(next)},
                    Clock().now(), key);
                row << event.id << event.kind << event.at << event.stream << event.seq
                    << event.actor << event.payload << event.salt << event.prev << event.leaf;
                row.end();
                if (next % 17 == 0) ids.push_back(event.id);
            }
            return next < events;
        });
    return ids;
}

// The raw limit: the same rows through the same kind of table, nothing else.
double move_plainly(db::Connection& connection, int events) {
    connection.script(
        "CREATE SCHEMA bench; CREATE TABLE bench.intake AS SELECT * FROM ledger.intake;"
        "ALTER TABLE bench.intake ADD PRIMARY KEY (intake_id);"
        "CREATE TABLE bench.event (LIKE ledger.event INCLUDING INDEXES)");
    const auto begun = std::chrono::steady_clock::now();
    for (int moved = 0; moved < events; moved += 1024)
        connection.query(
            "WITH taken AS (DELETE FROM bench.intake WHERE intake_id IN (SELECT intake_id FROM "
            "bench.intake"
            " ORDER BY intake_id LIMIT 1024) RETURNING *) INSERT INTO bench.event (idx, id, kind, "
            "at, stream,"
            " seq, actor, payload, salt, prev, leaf) SELECT intake_id, id, kind, at, stream, seq, "
            "actor,"
            " payload, salt, prev, leaf FROM taken");
    return events / seconds_since(begun);
}

struct Costs {
    double p50 = 0, p99 = 0, cpu = 0;  // milliseconds; cpu: of this thread, the mean
};

template <class Work>
Costs measure(const std::vector<Id>& ids, Work work) {
    const auto cpu = [] {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
    };
    std::vector<double> taken;
    const double cpu_begun = cpu();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        // Not in the order of the ledger: a receipt is asked for any event.
        const Id& id = ids[i * 7919 % ids.size()];
        const auto start = std::chrono::steady_clock::now();
        work(id);
        taken.push_back(seconds_since(start) * 1000);
    }
    const double spent = cpu() - cpu_begun;
    std::sort(taken.begin(), taken.end());
    return {taken[taken.size() / 2], taken[taken.size() * 99 / 100], spent / ids.size()};
}

// The raw limit of a proof: its row, and the bytes of the entries and of the tiles above them.
void read_plainly(db::Connection& connection, const std::filesystem::path& folder, const Id& id) {
    const auto row = connection.query(
        "SELECT idx, id, kind, at, stream, seq, actor, payload, salt, prev, leaf"
        " FROM ledger.event WHERE id = $1",
        {id});
    const auto index = row.at(0, 0).integer();
    static char bytes[65536];
    for (const auto& path :
         {ledger::tile_path(ledger::entries_level, index / 256), ledger::tile_path(0, index / 256),
          ledger::tile_path(1, index / 65536)}) {
        const int file = ::open((folder / path).c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) continue;  // at the right edge the tile is partial
        if (::pread(file, bytes, sizeof bytes, 0) < 0) std::abort();
        ::close(file);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const int events = argc > 1 ? std::atoi(argv[1]) : 200'000;
    const auto folder =
        std::filesystem::temp_directory_path() / ("chilang-sealing-" + std::to_string(getpid()));
    const std::size_t batch = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1024;
    bool met = true;
    {
        db::Cluster cluster({.folder = folder});
        cluster.ensure_database("chilang");
        db::Connection connection(cluster.url());
        db::migrate(connection, db::embedded_migrations());
        db::Pool pool(cluster.url(), 4);
        ledger::Ledger ledger(pool, {.folder = folder / "ledger", .batch_max = batch});
        const auto ids = fill(connection, ledger.stream_key(), events);
        const double plain = move_plainly(connection, events);

        const auto begun = std::chrono::steady_clock::now();
        ledger.start();
        while (ledger.size() < events) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        const double rate = events / seconds_since(begun);
        met = rate >= rate_bar;
        std::printf("sealing %.0f events/s %.0f %s\n", rate, rate_bar, met ? "yes" : "NO");
        std::printf("sealing_plain_move %.0f events/s - -\nsealing_ratio %.2f x - -\n", plain,
                    rate / plain);

        const auto raw =
            measure(ids, [&](const Id& id) { read_plainly(connection, folder / "ledger", id); });
        const auto proof = measure(ids, [&](const Id& id) {
            if (!ledger.proof(connection, id)) std::abort();
        });
        std::printf("proof_samples %zu proofs 10000 %s\n", ids.size(),
                    ids.size() >= 10'000 ? "yes" : "NO");
        std::printf("proof_p50 %.3f ms - -\nproof_p99 %.3f ms %.0f %s\nproof_cpu %.3f ms - -\n",
                    proof.p50, proof.p99, proof_bar_ms, proof.p99 <= proof_bar_ms ? "yes" : "NO",
                    proof.cpu);
        std::printf(
            "proof_raw_p50 %.3f ms - -\nproof_raw_p99 %.3f ms - -\nproof_raw_cpu %.3f ms - -\n",
            raw.p50, raw.p99, raw.cpu);
        met = met && proof.p99 <= proof_bar_ms && ids.size() >= 10'000;
    }
    std::filesystem::remove_all(folder);
    return met ? 0 : 1;
}
