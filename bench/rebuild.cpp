// bench_rebuild [url ledger-folder]: all figures from index 0, over the demonstration's own ledger.
//
// Judged: the rebuild and the fold in events for each second that the folding thread had a core
// ("on one core"; PostgreSQL's own process has the other one), and that the rebuilt cells equal
// those folded live in small batches. For information: the same COPY thrown away by the server and
// by the client, which is the limit that PostgreSQL sets, the rebuild by the wall clock beside it,
// and the live fold. Without a url the whole demonstration is loaded first into a cluster of its
// own (about half a minute). Prints `name value unit bar met`; exit code 1 when a bar is missed.
#include "base/embedded.hpp"
#include "db/cluster.hpp"
#include "db/migrate.hpp"
#include "demo/demo.hpp"
#include "dossiers/catalogue.hpp"
#include "dossiers/figures.hpp"
#include "figures/figures.hpp"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <sstream>

using namespace chilang;

namespace {

constexpr double rate_bar = 1'000'000;
constexpr int rounds = 3;
constexpr std::size_t live_batch = 64;  // events that a busy second brings at once

struct Province {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() /
                                         ("chilang-bench-rebuild-" + std::to_string(getpid()));
    std::filesystem::path ledger_folder = folder / "ledger";
    std::unique_ptr<db::Cluster> cluster;
    std::string url;

    Province(const char* given_url, const char* given_folder) {
        if (given_url && given_folder) {
            url = given_url;
            ledger_folder = given_folder;
            return;
        }
        cluster = std::make_unique<db::Cluster>(db::Cluster::Options{.folder = folder});
        cluster->ensure_database("chilang");
        url = cluster->url();
        db::Connection connection(url);
        db::migrate(connection, db::embedded_migrations());
        places::seed(connection);
        const auto places = places::Places::load(connection);
        db::Pool pool(url, 2);
        ledger::Ledger ledger(pool, {.folder = ledger_folder});
        const auto calendar = time::load_calendar(embedded_file("data/holidays.csv"));
        std::ostringstream told;
        demo::load_demonstration(url, ledger, *places, calendar, {}, told);
        connection.script("VACUUM ANALYZE ledger.event");
    }
    ~Province() {
        cluster.reset();
        std::filesystem::remove_all(folder);
    }
};

double thread_seconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

struct Taken {
    double wall = 1e9, cpu = 1e9;  // seconds; the best of all rounds
    template <class Work>
    void run(const Work& work) {
        const auto begun = std::chrono::steady_clock::now();
        const double before = thread_seconds();
        work();
        cpu = std::min(cpu, thread_seconds() - before);
        wall = std::min(
            wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
    }
};

bool missed = false;

void print(const char* name, double value, const char* unit) {
    std::printf("%s %.0f %s - -\n", name, value, unit);
}
void judge(const char* name, double value, const char* unit, double bar) {
    const bool met = value >= bar;
    std::printf("%s %.0f %s %.0f %s\n", name, value, unit, bar, met ? "yes" : "NO");
    missed |= !met;
}

struct Bench {
    db::Pool pool;
    places::Directory places;
    dossiers::Catalogue catalogue;
    db::Connection connection;

    explicit Bench(const std::string& url) : pool(url, 2), places(pool), connection(url) {
        places.reload();
        catalogue.reload(connection, date_of(Clock().now()));
    }
    std::unique_ptr<figures::Figures> fresh() {
        auto figures = std::make_unique<figures::Figures>(places);
        dossiers::register_figures(*figures, *catalogue.now());
        return figures;
    }
};

}  // namespace

int main(int argc, char** argv) {
    const Province province(argc > 2 ? argv[1] : nullptr, argc > 2 ? argv[2] : nullptr);
    Bench bench(province.url);
    auto& connection = bench.connection;
    const ledger::Ledger ledger(bench.pool, {.folder = province.ledger_folder, .seal = false});
    const auto size = ledger.size();
    const auto events = ledger.read(connection, 0, static_cast<std::size_t>(size));
    const auto count = static_cast<double>(size);
    const std::string select =
        "COPY (SELECT kind, at, stream, payload FROM ledger.event WHERE idx >= 0 AND idx < " +
        std::to_string(size) + " ORDER BY idx) TO ";

    Taken server, client, rebuild, fold, live;
    bool equal = true;
    for (int round = 0; round < rounds; ++round) {
        server.run([&] { connection.script(select + "'/dev/null' (FORMAT binary)"); });
        client.run([&] {
            connection.copy_out(select + "STDOUT (FORMAT binary)", [](std::string_view) {});
        });
        const auto rebuilt = bench.fresh(), folded = bench.fresh(), followed = bench.fresh();
        rebuild.run([&] { rebuilt->rebuild(bench.pool, ledger); });
        fold.run([&] { folded->consume(events); });
        live.run([&] {
            for (std::size_t i = 0; i < events.size(); i += live_batch)
                followed->consume(
                    std::span(events).subspan(i, std::min(live_batch, events.size() - i)));
        });
        equal = equal && rebuilt->position() == size && rebuilt->hash() == followed->hash() &&
                folded->hash() == followed->hash();
    }
    print("rebuild_events", count, "events");
    print("copy_server", count / server.wall, "events/s");
    print("copy_client", count / client.wall, "events/s");
    print("copy_client_on_one_core", count / client.cpu, "events/s");
    judge("rebuild_on_one_core", count / rebuild.cpu, "events/s", rate_bar);
    judge("fold_on_one_core", count / fold.cpu, "events/s", rate_bar);
    print("rebuild_wall", count / rebuild.wall, "events/s");
    std::printf("rebuild_of_copy %.2f x - -\n", client.wall / rebuild.wall);
    print("live_fold_on_one_core", count / live.cpu, "events/s");
    judge("rebuild_equal", equal, "bool", 1);
    return missed ? 1 : 0;
}
