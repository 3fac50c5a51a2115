// Submitting dossiers through the write lane, beside pgbench running the same statements one by
// one.
//
// Both work on the same durable cluster in alternating rounds, with as many callers; the ratio of a
// round is free of what else the machine does, and the median of the ratios is judged. A submission
// is a party, a gap-free number, a dossier with its form as jsonb, the idempotency key and an
// event. Counters: one for each of 230 agencies; "hot" (for information): all callers at one
// agency.
//
//   bench_submit [rounds] [seconds a round]      prints: name value unit bar met
#include "db/cluster.hpp"
#include "db/lane.hpp"
#include "db/migrate.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace chilang;
namespace fs = std::filesystem;

namespace {

constexpr double kBar = 1.5;

constexpr const char* kTables = R"(
CREATE SCHEMA bench;
CREATE TABLE bench.party (id uuid PRIMARY KEY, name text NOT NULL, contact jsonb NOT NULL);
CREATE TABLE bench.dossier (id uuid PRIMARY KEY, agency text NOT NULL, number bigint NOT NULL,
    party uuid NOT NULL REFERENCES bench.party, form jsonb NOT NULL, state text NOT NULL,
    received timestamptz NOT NULL, UNIQUE (agency, number));
CREATE INDEX ON bench.dossier (state, received);
CREATE TABLE bench.event (id uuid PRIMARY KEY, stream uuid NOT NULL, seq bigint NOT NULL,
    kind text NOT NULL, payload jsonb NOT NULL, at timestamptz NOT NULL, UNIQUE (stream, seq));
)";

constexpr const char* kForm =
    R"({"applicant":"Hoàng Thị Mẫu","address":"Khối 3, phường Mẫu","phone":"0900000000",)"
    R"("components":["Tờ khai","Giấy tờ tùy thân"],"channel":"online","fee":0})";

constexpr std::string_view kParty = "INSERT INTO bench.party VALUES ($1, 'Hoàng Thị Mẫu', $2)";
constexpr std::string_view kDossier =
    "INSERT INTO bench.dossier VALUES ($1, $2, $3, $4, $5, 'submitted', now())";
constexpr std::string_view kEvent =
    "INSERT INTO bench.event VALUES ($1, $2, 1, 'dossier.submitted', $3, now())";

// The same statements. Ids are made of random numbers by the client, as ours are; the look-up of
// the key is left out, since a program that goes one by one can wait for the unique violation.
constexpr const char* kScript = R"(\set agency random(1, :agencies)
\set party random(1, 9000000000000000000)
\set dossier random(1, 9000000000000000000)
\set event random(1, 9000000000000000000)
\set key random(1, 9000000000000000000)
BEGIN;
INSERT INTO db.counter (name, value) VALUES ('pgbench/' || :agency::int, 1) ON CONFLICT ON CONSTRAINT counter_pkey DO UPDATE SET value = counter.value + 1 RETURNING value AS number \gset
INSERT INTO bench.party VALUES (lpad(to_hex(:party::bigint), 32, '0')::uuid, 'Hoàng Thị Mẫu', :form);
INSERT INTO bench.dossier VALUES (lpad(to_hex(:dossier::bigint), 32, '0')::uuid, 'pgbench/' || :agency::int, :number, lpad(to_hex(:party::bigint), 32, '0')::uuid, :form, 'submitted', now());
INSERT INTO bench.event VALUES (lpad(to_hex(:event::bigint), 32, '0')::uuid, lpad(to_hex(:dossier::bigint), 32, '0')::uuid, 1, 'dossier.submitted', :form, now());
INSERT INTO db.idempotency (key, fingerprint, answer) VALUES (lpad(to_hex(:key::bigint), 32, '0'), 'f', '{}');
COMMIT;
)";

db::Command submission(int agencies, std::mt19937& random) {
    const std::string agency = "lane/agency/" + std::to_string(random() % agencies);
    db::Command command;
    command.key = to_string(new_id(0));
    command.fingerprint = "f";
    command.counters = {agency};
    command.build = [agency](std::span<const std::int64_t> number) -> Result<db::WriteSet> {
        const Id party = new_id(0), dossier = new_id(0);
        return db::WriteSet{{{kParty, {party, kForm}},
                             {kDossier, {dossier, agency, number[0], party, kForm}},
                             {kEvent, {new_id(0), dossier, kForm}}},
                            "{}"};
    };
    return command;
}

double through_lane(const std::string& url, int callers, int agencies, double seconds) {
    db::WriteLane lane(url, {});
    std::atomic<bool> stop = false;
    std::atomic<long> done = 0;
    std::vector<std::thread> threads;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < callers; ++i)
        threads.emplace_back([&, i] {
            std::mt19937 random(static_cast<unsigned>(i) + std::random_device{}());
            while (!stop)
                if (lane.run(submission(agencies, random)).ok()) ++done;
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    stop = true;
    for (auto& thread : threads) thread.join();
    return static_cast<double>(done) /
           std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double through_pgbench(const db::Cluster& cluster, const fs::path& script, int callers,
                       int agencies, double seconds) {
    const std::string url = cluster.url("bench");
    const std::string socket = (cluster.data().parent_path().parent_path() / "socket").string();
    const std::string pgbench = "pgbench -n -M prepared -j 2 -h '" + socket + "' -U chilang -c " +
                                std::to_string(callers) + " -T " + std::to_string(int(seconds)) +
                                " -D agencies=" + std::to_string(agencies) + " -D form='" + kForm +
                                "' -f " + script.string() + " bench 2>&1";
    std::string output;
    if (FILE* pipe = popen(pgbench.c_str(), "r")) {
        std::array<char, 4096> buffer;
        while (const auto size = fread(buffer.data(), 1, buffer.size(), pipe))
            output.append(buffer.data(), size);
        pclose(pipe);
    }
    const auto at = output.find("tps = ");
    if (at == output.npos) throw std::runtime_error("pgbench failed:\n" + output);
    return std::stod(output.substr(at + 6));
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Every number that was given is in a dossier, and none is missing.
bool gap_free(db::Connection& connection) {
    return connection
        .query(
            "SELECT COALESCE(bool_and(n = top AND top = value), false) FROM (SELECT agency, "
            "count(*) AS n, max(number) AS top FROM bench.dossier GROUP BY agency) d "
            "LEFT JOIN db.counter ON name = agency")
        .at(0, 0)
        .boolean();
}

struct Bench {
    fs::path folder = "/tmp/chilang-bench-" + std::to_string(getpid());
    std::unique_ptr<db::Cluster> cluster;
    Bench() { cluster = std::make_unique<db::Cluster>(db::Cluster::Options{.folder = folder}); }
    ~Bench() {
        cluster.reset();
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
};

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    const double seconds = argc > 2 ? std::atof(argv[2]) : 3;
    Bench bench;
    bench.cluster->ensure_database("bench");
    const std::string url = bench.cluster->url("bench");
    db::Connection connection(url);
    db::migrate(connection, db::embedded_migrations());
    connection.script(kTables);
    const fs::path script = bench.folder / "submit.pgb";
    std::ofstream(script) << kScript;

    bool good = true;
    for (const int agencies : {230, 1})
        for (const int callers : {16, 64}) {
            std::vector<double> ratios, lane, beside;
            for (int round = 0; round < rounds; ++round) {
                beside.push_back(
                    through_pgbench(*bench.cluster, script, callers, agencies, seconds));
                lane.push_back(through_lane(url, callers, agencies, seconds));
                ratios.push_back(lane.back() / beside.back());
            }
            const std::string name =
                std::string(agencies == 1 ? "submit_hot_" : "submit_") + std::to_string(callers);
            const double ratio = median(ratios);
            const bool met = ratio >= kBar;
            good = good && (met || agencies == 1);
            std::printf("%s_lane %.0f tx/s - -\n", name.c_str(), median(lane));
            std::printf("%s_pgbench %.0f tx/s - -\n", name.c_str(), median(beside));
            std::printf("%s_ratio %.2f x %.1f %s\n", name.c_str(), ratio, kBar, met ? "yes" : "NO");
            std::fflush(stdout);
        }
    const bool whole = gap_free(connection);
    std::printf("submit_gap_free %d bool 1 %s\n", whole, whole ? "yes" : "NO");
    return good && whole ? 0 : 1;
}
