// Making and stopping the house. The list of modules is install_modules().
#include "app/house.hpp"

#include "app/error_pages.hpp"
#include "app/explain.hpp"
#include "app/pages.hpp"
#include "base/log.hpp"
#include "dossiers/dossiers.hpp"
#include "figures/api.hpp"
#include "identity/install.hpp"
#include "ioc/ioc.hpp"
#include "reports/reports.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace chilang::app {

struct House::JobRunner {
    std::mutex mutex;
    std::condition_variable wake;
    bool stopping = false;
    std::thread thread;
};

House::House(const Options& options, Database& database)
    : options_(options), clock_(make_clock(options, database)) {
    pool_ = std::make_unique<db::Pool>(database.url, 8);
    {
        auto connection = pool_->lease();
        places::seed(*connection);
        workdays::seed(*connection);
    }
    ledger_ = std::make_unique<ledger::Ledger>(
        *pool_,
        ledger::Ledger::Options{.folder = options.var / "ledger",
                                .witnesses = options.witnesses,
                                .witness_keys = options.witness_keys,
                                .witness_quorum = options.witness_quorum});
    lane_ = std::make_unique<db::WriteLane>(
        database.url, db::WriteLane::Options{.after_commit = [this] { ledger_->wake(); },
                                             .explain = &explain_constraint});
    places_ = std::make_unique<places::Directory>(*pool_);
    places_->reload(date_of(clock_->now()));
    workdays_ = std::make_unique<workdays::Directory>(*pool_);
    workdays_->reload();
    identity_ = std::make_unique<identity::Identity>(
        *pool_, *lane_, *ledger_, *places_,
        identity::Identity::Options{.secure_cookies = options.secure_cookies,
                                    .demonstration = options.demonstration && !options.empty});
    files_ = std::make_unique<files::Store>(options.var / "files");
    figures_ = std::make_unique<figures::Figures>(*places_);
    templates_ =
        std::make_unique<html::Templates>(html::embedded_templates(), html::asset_version());
    tell_menus(*templates_);
    if (options.demonstration && !options.empty)
        templates_->notice([clock = clock_] {
            return "Tỉnh trình diễn, người và hồ sơ là bịa. Trong tỉnh bây giờ là " +
                   show(clock->now()) + ".";
        });
    server_ = std::make_unique<http::Server>(
        router_, http::Server::Options{.address = options.address,
                                       .port = options.port,
                                       .log = [](std::string_view line) { log::error(line); },
                                       .status_of_fault = &status_of_fault,
                                       .clock = clock_});
    const std::string url = options.public_url.empty()
                                ? "http://" + options.address + ":" + std::to_string(options.port)
                                : options.public_url;
    platform_ = std::make_unique<Platform>(
        Platform{clock_, *pool_, *lane_, router_, server_->live(), *templates_, *workdays_,
                 *places_, *ledger_, *identity_, *files_, *figures_, url, jobs_});
    install_modules();
}

House::~House() {
    stop();
}

void House::install_modules() {
    identity::install(*platform_);
    dossiers::install(*platform_);
    figures::install_api(*platform_);
    ioc::install(*platform_);
    reports::install(*platform_);
    // Keys carry the database's time, whatever time the business has.
    jobs_.push_back({"db.forget_idempotency_keys", 24 * 3600, [this](Instant) {
                         auto connection = pool_->lease();
                         db::forget_idempotency_keys(*connection,
                                                     Clock().now() - std::chrono::hours(24 * 30));
                     }});
    install_pages(*platform_, [this] { return metrics(); });

    router_.guard = [this](http::Request& request, const http::Route& route) {
        return identity_->guard(request, route);
    };
    router_.error_page = error_pages(*platform_);
    server_->stream("/luong", "public");
}

void House::start() {
    // All history at once, then event by event: nobody sees half-counted figures.
    figures_->rebuild(*pool_, *ledger_);
    ledger_->follow(
        {"figures", figures_->position(),
         [this](std::span<const ledger::Sealed> events) { figures_->consume(events); }});
    ledger_->start();
    server_->start();
    job_runner_ = std::make_unique<JobRunner>();
    job_runner_->thread = std::thread([this] { run_jobs(); });
}

void House::stop() {
    if (job_runner_) {
        {
            std::lock_guard lock(job_runner_->mutex);
            job_runner_->stopping = true;
        }
        job_runner_->wake.notify_all();
        job_runner_->thread.join();
        job_runner_.reset();
    }
    if (server_) server_->stop();
    if (ledger_) ledger_->stop();
}

void House::run_jobs() {
    std::vector<Instant> due(jobs_.size(), clock_->now());
    std::unique_lock lock(job_runner_->mutex);
    while (!job_runner_->stopping) {
        for (std::size_t i = 0; i < jobs_.size(); ++i) {
            if (clock_->now() < due[i]) continue;
            lock.unlock();
            try {
                jobs_[i].run(clock_->now());
            } catch (const std::exception& error) {
                log::error("job failed", {{"job", jobs_[i].name}, {"error", error.what()}});
            }
            lock.lock();
            due[i] = clock_->now() + std::chrono::seconds(jobs_[i].every_seconds);
        }
        job_runner_->wake.wait_for(lock, std::chrono::seconds(1),
                                   [this] { return job_runner_->stopping; });
    }
}

// The text format of Prometheus: few counters, each from the object that keeps it.
std::string House::metrics() const {
    const auto counters = server_->counters();
    std::string out;
    const auto line = [&out](std::string_view name, std::string_view kind, std::string_view help,
                             std::int64_t value) {
        out += "# HELP " + std::string(name) + ' ' + std::string(help) + "\n# TYPE " +
               std::string(name) + ' ' + std::string(kind) + '\n' + std::string(name) + ' ' +
               std::to_string(value) + '\n';
    };
    line("chilang_http_requests_total", "counter", "Requests answered.",
         static_cast<std::int64_t>(counters.requests));
    line("chilang_http_errors_total", "counter", "Requests answered with 5xx.",
         static_cast<std::int64_t>(counters.errors));
    line("chilang_http_connections", "gauge", "Open connections.",
         static_cast<std::int64_t>(counters.connections));
    line("chilang_live_listeners", "gauge", "Open event streams.",
         static_cast<std::int64_t>(server_->live().listeners()));
    line("chilang_ledger_sealed_events", "gauge", "Events sealed in the ledger.", ledger_->size());
    line("chilang_ledger_cosigned_events", "gauge", "Events under a cosigned checkpoint.",
         ledger_->cosigned().size);
    line("chilang_ledger_halted", "gauge", "1 while nothing is sealed.",
         ledger_->trouble().empty() ? 0 : 1);
    line("chilang_figures_position", "gauge", "Ledger events folded into the figures.",
         figures_->position());
    return out;
}

}  // namespace chilang::app
