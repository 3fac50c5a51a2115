// bench_figures [facts…]: any range, any unit, three splits, over generated facts (default 1 M and
// 10 M), beside PostgreSQL's GROUP BY and DuckDB on the same facts in the same run. Results must be
// equal, else the time is no result. DuckDB runs when bench/duckdb.mjs finds its package (NODE_PATH
// or bench/node_modules); without it its lines are left out. Prints `name value unit bar met`.
#include "figures/figures.hpp"
#include "base/text.hpp"
#include "db/testing.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

using namespace chilang;

namespace {

constexpr int days = 1095;
const Date first_day = make_date(2023, 1, 1);
enum { channel, level, verdict, received };

figures::Entity entity() {
    using figures::AttributeKind;
    figures::Entity e;
    e.name = "fact";
    e.noun = "hồ sơ";
    e.from = "bench_fact d";
    e.id_sql = "d.id";
    e.agency_sql = "d.agency";
    e.attributes = {
        {"channel",
         AttributeKind::category,
         "d.channel",
         "kênh",
         {{"counter", ""}, {"online", ""}, {"post", ""}},
         true},
        {"level",
         AttributeKind::category,
         "d.level",
         "mức",
         {{"information", ""}, {"partial", ""}, {"full", ""}},
         true},
        {"verdict",
         AttributeKind::category,
         "d.verdict",
         "hạn",
         {{"early", ""}, {"on_time", ""}, {"late", ""}},
         true},
        {"received", AttributeKind::instant, "d.received", "thời điểm tiếp nhận", {}, false}};
    return e;
}

std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ull;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ x >> 27) * 0x94D049BB133111EBull;
    return x ^ x >> 31;
}

struct Fact {
    std::int64_t agency;
    int channel, level, verdict;
    std::int64_t received;
};
Fact fact(std::uint64_t i, std::size_t agencies) {
    const auto a = mix(i), b = mix(a);
    // A few agencies receive much, most of them little.
    const auto rank = static_cast<std::size_t>(static_cast<double>(agencies) *
                                               (static_cast<double>(a % 1000) / 1000) *
                                               (static_cast<double>(a / 1000 % 1000) / 1000));
    const auto day = static_cast<std::int64_t>(b % days);
    return {static_cast<std::int64_t>(rank) + 1, static_cast<int>(b >> 16 & 7) == 0 ? 0 : 1,
            static_cast<int>((b >> 24) % 3), static_cast<int>((b >> 40) % 3),
            to_microseconds(start_of(first_day)) + day * 86'400'000'000 +
                static_cast<std::int64_t>(a >> 40) * 4000};
}

double milliseconds(std::chrono::steady_clock::time_point from) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from)
        .count();
}
double percentile(std::vector<double> times, double p) {
    std::sort(times.begin(), times.end());
    return times[static_cast<std::size_t>(p * static_cast<double>(times.size() - 1))];
}
void print(const std::string& name, double value, const char* unit, const char* bar = "-",
           const char* met = "-") {
    std::printf("%s %.3f %s %s %s\n", name.c_str(), value, unit, bar, met);
    std::fflush(stdout);
}

void store(db::Connection& connection, std::uint64_t count, std::size_t agencies) {
    connection.script(
        "DROP TABLE IF EXISTS bench_fact; CREATE UNLOGGED TABLE bench_fact (agency bigint, channel "
        "text, "
        "level text, verdict text, received timestamptz)");
    const auto labels = entity().attributes;
    std::uint64_t i = 0;
    connection.copy_in("COPY bench_fact FROM STDIN", [&](std::string& chunk) {
        db::CopyRow row(chunk);
        for (int n = 0; n < 5000 && i < count; ++n, ++i) {
            const auto f = fact(i, agencies);
            row << f.agency << labels[0].labels[static_cast<std::size_t>(f.channel)].code
                << labels[1].labels[static_cast<std::size_t>(f.level)].code
                << labels[2].labels[static_cast<std::size_t>(f.verdict)].code
                << from_microseconds(f.received);
            row.end();
        }
        return i < count || !chunk.empty();
    });
    connection.script("CREATE INDEX ON bench_fact (received)");
    connection.script("ANALYZE bench_fact");
}

figures::Query random_query(std::mt19937& random, const places::Places& places) {
    figures::Query query;
    query.metric = "received";
    query.from = first_day + static_cast<int>(random() % days);
    query.to = query.from + static_cast<int>(random() % days);
    const auto units = places.units();
    if (random() % 3 != 0) query.unit = units[random() % units.size()].id;
    query.split_by = {"channel", "level", "verdict"};
    return query;
}

using Groups = std::map<std::string, std::int64_t>;

std::string literal_sql(const figures::Drill& drill) {  // for DuckDB, which gets plain text
    std::string where = drill.where;
    for (std::size_t i = drill.params.size(); i-- > 0;) {
        const auto name = "$" + std::to_string(i + 1);
        auto value = "'" + drill.params[i].text().value_or("") + "'";
        if (value.starts_with("'{")) value = "'[" + value.substr(2, value.size() - 4) + "]'";
        for (auto at = where.find(name); at != where.npos; at = where.find(name, at + value.size()))
            where.replace(at, name.size(), value);
    }
    return "SELECT channel, level, verdict, count(*) AS n FROM bench_fact d WHERE " + where +
           " GROUP BY 1, 2, 3";
}

// The times of DuckDB for each query, and whether its groups equal ours; empty when it isn't there.
std::vector<double> duckdb(const std::vector<std::string>& sql, const std::vector<Groups>& ours,
                           db::Connection& connection, bool& equal) {
    const auto folder = std::filesystem::temp_directory_path() / "chilang_bench_figures";
    std::filesystem::create_directories(folder);
    std::ofstream facts(folder / "facts.csv"), queries(folder / "queries.sql");
    connection.copy_out("COPY bench_fact TO STDOUT (FORMAT csv)",
                        [&](std::string_view row) { facts << row << '\n'; });
    for (const auto& one : sql) queries << one << '\n';
    facts.close();
    queries.close();
    const auto answer = (folder / "answer.txt").string();
    const auto command =
        "node bench/duckdb.mjs '" + folder.string() + "' > '" + answer + "' 2> /dev/null";
    std::vector<double> times;
    if (std::system(command.c_str()) != 0) return times;
    std::ifstream in(answer);
    std::vector<Groups> theirs;
    std::string line;
    while (std::getline(in, line)) {  // "time <ms>" begins a query, "<codes>\t<n>" are its groups
        if (line.starts_with("time ")) {
            times.push_back(std::atof(line.c_str() + 5));
            theirs.emplace_back();
        } else if (const auto tab = line.find('\t'); tab != line.npos) {
            theirs.back()[line.substr(0, tab)] = std::atoll(line.c_str() + tab + 1);
        }
    }
    equal = theirs == ours;
    std::filesystem::remove_all(folder);
    return times;
}

double run(std::uint64_t count, db::TestDatabase& database, const places::Directory& directory) {
    const auto places = directory.now();
    const auto agencies = places->agencies().size();
    const auto label = text::number(static_cast<std::int64_t>(count / 1'000'000)) + "M";
    figures::Figures figures(directory);
    figures.add_entity(entity(), [&](const ledger::Event& event,
                                     std::vector<figures::Change>& out) {
        const auto f = fact(static_cast<std::uint64_t>(event.seq), agencies);
        figures::Change change;
        const auto id = mix(static_cast<std::uint64_t>(event.seq));
        for (int b = 0; b < 8; ++b) {
            change.record.bytes[static_cast<std::size_t>(b)] =
                static_cast<std::uint8_t>(event.seq >> b * 8);
            change.record.bytes[static_cast<std::size_t>(8 + b)] =
                static_cast<std::uint8_t>(id >> b * 8);
        }
        change.agency = f.agency;
        change.set = {
            {channel, f.channel}, {level, f.level}, {verdict, f.verdict}, {received, f.received}};
        out.push_back(std::move(change));
    });
    figures::Metric metric;
    metric.id = "received";
    metric.entity = "fact";
    metric.time_attribute = received;
    figures.add_metric(metric);

    const auto folding = std::chrono::steady_clock::now();
    std::vector<ledger::Sealed> batch(10'000);
    for (std::uint64_t i = 0; i < count;) {
        for (auto& sealed : batch) sealed.index = sealed.event.seq = static_cast<std::int64_t>(i++);
        figures.consume(batch);
    }
    print("figures_fold_" + label, static_cast<double>(count) / milliseconds(folding) * 1000,
          "facts/s");

    std::mt19937 random(11);
    std::vector<double> times;
    for (int i = 0; i < 4000; ++i) {
        const auto query = random_query(random, *places);
        const auto begin = std::chrono::steady_clock::now();
        (void)figures.split(query);
        times.push_back(milliseconds(begin));
    }
    const double p99 = percentile(times, 0.99);
    print("figures_query_p50_" + label, percentile(times, 0.5), "ms");
    print("figures_query_p99_" + label, p99, "ms", "<=5", p99 <= 5 ? "yes" : "no");

    auto connection = db::Connection(database.url());
    store(connection, count, agencies);
    std::vector<double> postgres;
    std::vector<std::string> sql;
    std::vector<Groups> ours;
    bool equal = true;
    for (int i = 0; i < 12; ++i) {
        const auto query = random_query(random, *places);
        const auto drill = figures.drill(query);
        const auto begin = std::chrono::steady_clock::now();
        const auto rows =
            connection.query("SELECT channel, level, verdict, count(*) FROM bench_fact d WHERE " +
                                 drill.where + " GROUP BY 1, 2, 3",
                             drill.params);
        postgres.push_back(milliseconds(begin));
        Groups mine, theirs;
        for (const auto& row : figures.split(query))
            mine[row.codes[0] + " " + row.codes[1] + " " + row.codes[2]] = row.numerator;
        for (std::size_t r = 0; r < rows.size(); ++r)
            theirs[std::string(rows.at(r, std::size_t{0}).text()) + " " +
                   std::string(rows.at(r, std::size_t{1}).text()) + " " +
                   std::string(rows.at(r, std::size_t{2}).text())] =
                rows.at(r, std::size_t{3}).integer();
        equal = equal && mine == theirs;
        sql.push_back(literal_sql(drill));
        ours.push_back(std::move(mine));
    }
    print("postgresql_query_p50_" + label, percentile(postgres, 0.5), "ms");
    print("postgresql_results_equal_" + label, equal, "bool", "=1", equal ? "yes" : "no");
    bool duck_equal = false;
    if (const auto duck = duckdb(sql, ours, connection, duck_equal); !duck.empty()) {
        print("duckdb_query_p50_" + label, percentile(duck, 0.5), "ms");
        print("duckdb_results_equal_" + label, duck_equal, "bool", "=1", duck_equal ? "yes" : "no");
    }
    return p99;
}

}  // namespace

int main(int argc, char** argv) {
    db::TestDatabase database;
    {
        auto lease = database.pool().lease();
        places::seed(*lease);
    }
    places::Directory directory(database.pool());
    directory.reload();
    std::vector<std::uint64_t> counts;
    for (int i = 1; i < argc; ++i) counts.push_back(std::strtoull(argv[i], nullptr, 10));
    if (counts.empty()) counts = {1'000'000, 10'000'000};
    std::vector<double> p99;
    for (const auto count : counts) p99.push_back(run(count, database, directory));
    if (p99.size() > 1)
        print("figures_query_growth", p99.back() / p99.front(), "ratio", "<=2",
              p99.back() <= 2 * p99.front() ? "yes" : "no");
}
