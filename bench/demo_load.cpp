// Bar: the demonstration load, 135,408 dossiers with all events through the rules, in at most 120
// s.
//
// Starts a durable private cluster in a temporary folder, loads the carried scenario (or `--scale
// S` of it), prints the time, the rates, the peak memory of this process and whether every figure
// counted over the records equals the scenario. Exit code 1 when one differs or the bar is missed
// at full scale.
#include "base/embedded.hpp"
#include "base/text.hpp"
#include "db/cluster.hpp"
#include "db/migrate.hpp"
#include "demo/demo.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace {

constexpr double bar_seconds = 120;

struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("chilang-bench-demo-" + std::to_string(getpid()));
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

int main(int argc, char** argv) {
    using namespace chilang;
    demo::Options options;
    for (int i = 1; i + 1 < argc; ++i)
        if (std::strcmp(argv[i], "--scale") == 0) options.scale = std::atof(argv[i + 1]);
    options.progress = isatty(STDOUT_FILENO);

    const Folder folder;
    db::Cluster cluster({.folder = folder.path});
    cluster.ensure_database("chilang");
    db::Connection connection(cluster.url());
    db::migrate(connection, db::embedded_migrations());
    places::seed(connection);
    const auto places = places::Places::load(connection);
    db::Pool pool(cluster.url(), 2);
    ledger::Ledger ledger(pool, {.folder = folder.path / "ledger"});
    const auto calendar = time::load_calendar(embedded_file("data/holidays.csv"));

    const auto summary =
        demo::load_demonstration(cluster.url(), ledger, *places, calendar, options, std::cout);
    for (const auto& check : summary.checks)
        std::cout << (check.equal() ? "  = " : "  ≠ ") << check.figure << ' '
                  << text::number(check.found) << (check.equal() ? "" : " wanted ")
                  << (check.equal() ? "" : text::number(check.wanted)) << '\n';
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto bytes =
        connection.query("SELECT pg_database_size(current_database())").at(0, 0).integer();
    std::cout << text::number(summary.dossiers) << " dossiers, " << text::number(summary.events)
              << " events in " << summary.seconds << " s ("
              << text::number(static_cast<std::int64_t>(summary.events / summary.seconds))
              << " events/s); peak memory " << usage.ru_maxrss / 1024 << " MB; database "
              << bytes / (1 << 20) << " MB; bar " << bar_seconds << " s\n";
    const bool fast = options.scale < 1 || summary.seconds <= bar_seconds;
    return summary.all_equal() && fast ? 0 : 1;
}
