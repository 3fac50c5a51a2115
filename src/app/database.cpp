// Opening the database, and the clock.
#include "app/house.hpp"
#include "db/migrate.hpp"

namespace chilang::app {
namespace {

class ShiftedClock : public Clock {
public:
    explicit ShiftedClock(Instant start) : shift_(start - Clock::now()) {}
    Instant now() const override { return Clock::now() + shift_; }

private:
    std::chrono::microseconds shift_;
};

}  // namespace

Database::Database(const Options& options) {
    if (options.database.empty()) {
        cluster = std::make_unique<db::Cluster>(db::Cluster::Options{.folder = options.var});
        cluster->ensure_database("chilang");
        url = cluster->url();
    } else {
        url = options.database;
    }
    db::Connection connection(url);
    migrations_applied = db::migrate(connection, db::embedded_migrations());
}

std::shared_ptr<const Clock> make_clock(const Options& options) {
    if (options.clock) return std::make_shared<ShiftedClock>(*options.clock);
    return std::make_shared<Clock>();
}

}  // namespace chilang::app
