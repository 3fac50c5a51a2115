// The load: plans, walks and writes, on three threads at most.
//
// While one thread walks the next dossiers, another copies their rows and a third seals their
// events. Rows, counters and the mark that the load is finished are ONE transaction: a killed load
// leaves no half province, only a ledger that `wipe_unfinished` empties.
#include "demo/demo.hpp"
#include "demo/desks.hpp"
#include "demo/progress.hpp"
#include "demo/sources.hpp"
#include "demo/stream.hpp"
#include "dossiers/rules.hpp"
#include "dossiers/store.hpp"
#include "identity/identity.hpp"

#include <chrono>
#include <future>
#include <stdexcept>

namespace chilang::demo {

namespace {

constexpr std::size_t chunk_size = 4000;  // dossiers
constexpr std::size_t example_count = 5;

AgencyByShortName by_short_name(const places::Places& places, Date on) {
    return [&places, on](std::string_view short_name) {
        for (const places::Agency* agency : places.agencies_on(on))
            if (agency->short_name == short_name) return agency->id;
        throw std::runtime_error("không có cơ quan " + std::string(short_name));
    };
}

class Load {
public:
    Load(const std::string& url, ledger::Ledger& ledger, const places::Places& places,
         const time::Calendar& calendar, const Options& options, std::ostream& out)
        : source_(scenario_of(options)),
          ledger_(ledger),
          places_(places),
          calendar_(calendar),
          rows_(url),
          events_(url),
          offices_(Offices::of(places, source_.scenario)),
          catalogue_(
              make_catalogue(source_.scenario, by_short_name(places, source_.scenario.from))),
          people_(read_data(source_.scenario.names)),
          progress_(out, options.progress ? Progress::Form::bar : Progress::Form::lines) {}

    Summary run() {
        begin();
        progress_.phase("Lập kế hoạch hồ sơ theo kịch bản…");
        plan_ = make_plan(source_.scenario, catalogue_, offices_, calendar_);
        numbering_ = number_plan(plan_, offices_);
        write_all();
        summary_.dossiers = static_cast<std::int64_t>(plan_.size());
        add_examples();
        return std::move(summary_);
    }

private:
    void begin();
    void write_catalogue();
    void staff_offices();
    void write_all();
    void write_chunks();
    void write_counters();
    void add_examples();

    std::vector<Walked> walk_chunk(const World& world, std::size_t first) const;
    void copy_rows(const std::vector<Walked>& walked);
    void seal(const std::vector<ledger::Event>& events);

    Source source_;
    ledger::Ledger& ledger_;
    const places::Places& places_;
    const time::Calendar& calendar_;
    db::Connection rows_, events_;
    Offices offices_;
    Catalogue catalogue_;
    People people_;
    Progress progress_;
    std::vector<Planned> plan_;
    Numbering numbering_;
    std::vector<Desk> desks_;
    Summary summary_;
};

void Load::begin() {
    if (!rows_.query("SELECT 1 FROM dossiers.dossier LIMIT 1").empty() || is_loaded(rows_))
        throw std::runtime_error(
            "cơ sở dữ liệu đã có hồ sơ: tỉnh trình diễn chỉ nạp vào nơi trống");
    rows_.query(
        "INSERT INTO demo.load (id, scenario, seed, started_at) VALUES (1, $1, $2, "
        "clock_timestamp())",
        {to_hex(view(source_.hash)), static_cast<std::int64_t>(source_.scenario.seed)});
}

void Load::write_catalogue() {
    std::vector<db::Statement> statements;
    for (const dossiers::Procedure& procedure : catalogue_.procedures)
        statements.push_back(dossiers::save(procedure));
    rows_.pipeline(statements);
    seal(publish_events(catalogue_, source_.scenario, calendar_, ledger_.stream_key()));
}

void Load::staff_offices() {
    std::vector<bool> used(offices_.all().size());
    for (const Planned& planned : plan_) used[planned.office] = true;
    // Who exists already stays as they are. Visitors sit at the agencies of the province's today.
    identity::seed_demonstration(rows_, places_,
                                 calendar_.next_working(date_of(source_.scenario.until)));
    desks_ = staff_desks(rows_, offices_, used, people_, source_.scenario);
}

void Load::seal(const std::vector<ledger::Event>& events) {
    if (events.empty()) return;
    ledger_.load(events_, events);
    summary_.events += static_cast<std::int64_t>(events.size());
}

std::vector<Walked> Load::walk_chunk(const World& world, std::size_t first) const {
    std::vector<Walked> walked;
    const std::size_t end = std::min(first + chunk_size, plan_.size());
    walked.reserve(end - std::min(first, end));
    for (std::size_t i = first; i < end; ++i)
        walked.push_back(walk(world, plan_[i], i, numbering_.codes[i]));
    return walked;
}

void Load::copy_rows(const std::vector<Walked>& walked) {
    std::size_t next = 0;
    rows_.copy_in(
        "COPY " + std::string(dossiers::copy_columns()) + " FROM STDIN", [&](std::string& chunk) {
            db::CopyRow row(chunk);
            for (int i = 0; i < 200 && next < walked.size(); ++i, ++next) {
                const dossiers::Dossier& dossier = walked[next].dossier;
                dossiers::copy_row(
                    row, dossier,
                    catalogue_.procedures[static_cast<std::size_t>(dossier.procedure - 1)]);
            }
            return next < walked.size();
        });
}

void Load::write_chunks() {
    const World world{source_.scenario, catalogue_,          offices_, calendar_, people_,
                      desks_,           ledger_.stream_key()};
    EventOrder order;
    progress_.begin("Nạp hồ sơ", plan_.size());
    auto next = std::async(std::launch::async, &Load::walk_chunk, this, std::cref(world), 0);
    for (std::size_t first = 0; first < plan_.size(); first += chunk_size) {
        std::vector<Walked> walked = next.get();
        const std::size_t following = first + chunk_size;
        next = std::async(std::launch::async, &Load::walk_chunk, this, std::cref(world), following);
        for (Walked& one : walked) order.add(std::move(one.events));
        auto copying = std::async(std::launch::async, &Load::copy_rows, this, std::cref(walked));
        seal(order.release(following < plan_.size() ? plan_[following].submitted : Instant::max()));
        copying.get();
        progress_.reach(std::min(following, plan_.size()));
    }
}

void Load::write_counters() {
    std::size_t next = 0;
    rows_.copy_in("COPY db.counter (name, value) FROM STDIN", [&](std::string& chunk) {
        db::CopyRow row(chunk);
        for (int i = 0; i < 1000 && next < numbering_.counters.size(); ++i, ++next) {
            row << numbering_.counters[next].first << numbering_.counters[next].second;
            row.end();
        }
        return next < numbering_.counters.size();
    });
}

void Load::write_all() {
    db::Transaction transaction(rows_);
    write_catalogue();
    staff_offices();
    // Full-text words are indexed once, after the rows: three times as fast as row by row.
    const std::string search(
        rows_.query("SELECT pg_get_indexdef('dossiers.dossier_search'::regclass)").at(0, 0).text());
    rows_.script("SET LOCAL maintenance_work_mem = '256MB'; DROP INDEX dossiers.dossier_search");
    write_chunks();
    progress_.phase("Lập chỉ mục và ký sổ cái…");
    write_counters();
    rows_.script(search);
    ledger_.publish_load();
    const Date last = date_of(source_.scenario.until);
    rows_.query("UPDATE demo.load SET finished_at = clock_timestamp(), continues_at = $1",
                {calendar_.to_session(start_of(calendar_.next_working(last)))});
    transaction.commit();
    rows_.script("ANALYZE dossiers.dossier; ANALYZE dossiers.procedure; ANALYZE db.counter");
}

// Open dossiers of the last days: the ones that a visitor can see moving.
void Load::add_examples() {
    for (std::size_t i = plan_.size(); i > 0 && summary_.examples.size() < example_count; --i) {
        const Planned& planned = plan_[i - 1];
        if (planned.fate != Fate::open || planned.channel != dossiers::Channel::online) continue;
        const std::string& code = numbering_.codes[i - 1];
        summary_.examples.push_back({code, demonstration_secret(source_.scenario, code),
                                     catalogue_.procedures[planned.procedure].name});
    }
}

}  // namespace

Summary load_demonstration(const std::string& url, ledger::Ledger& ledger,
                           const places::Places& places, const time::Calendar& calendar,
                           const Options& options, std::ostream& out) {
    const auto start = std::chrono::steady_clock::now();
    Load load(url, ledger, places, calendar, options, out);
    Summary summary = load.run();
    db::Connection connection(url);
    summary.checks = check_records(connection, options);
    summary.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return summary;
}

}  // namespace chilang::demo
