// Opening the database, and the clock.
#include "app/house.hpp"
#include "db/migrate.hpp"
#include "demo/demo.hpp"

namespace chilang::app {
namespace {

class ShiftedClock : public Clock {
public:
    explicit ShiftedClock(std::chrono::microseconds shift) : shift_(shift) {}
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

std::shared_ptr<const Clock> make_clock(const Options& options, const Database& database) {
    if (options.clock) return std::make_shared<ShiftedClock>(*options.clock - Clock().now());
    if (!options.real_clock) {
        db::Connection connection(database.url);
        if (const auto shift = demo::business_shift(connection))
            return std::make_shared<ShiftedClock>(*shift);
    }
    return std::make_shared<Clock>();
}

}  // namespace chilang::app
