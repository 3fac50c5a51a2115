// The working calendar as data: entries that administrators add and end, and every calendar that
// was ever in force. Rules of counting are in time/.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"
#include "db/db.hpp"
#include "time/calendar.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace chilang::workdays {

enum class Basis { statutory, compensation, swap };
BOOST_DESCRIBE_ENUM(Basis, statutory, compensation, swap)
std::string_view label(Basis basis);  // "Theo luật", "Nghỉ bù", "Hoán đổi"

struct Day {
    std::int64_t id = 0;
    Date date{};
    bool working = false;  // true: a Saturday or Sunday that is worked
    std::string name;
    Basis basis = Basis::statutory;
    std::string decision;    // number of the decision; may be empty for what was loaded at first
    bool confirmed = false;  // false: listed, not counted
    Instant known_from{};
    std::optional<Instant> known_to;
    std::string ended_by;  // number of the decision that ended it
};
BOOST_DESCRIBE_STRUCT(Day, (),
                      (id, date, working, name, basis, decision, confirmed, known_from, known_to,
                       ended_by))

inline bool current(const Day& day) {
    return !day.known_to;
}

// What an administrator typed for a new entry. Problems: fields "ngay", "loai", "ten",
// "quyet_dinh".
struct NewDay {
    std::optional<Date> date;
    bool working = false;
    std::string name;
    Basis basis = Basis::statutory;
    std::string decision;
    bool confirmed = true;
};
Problems check_add(const std::vector<Day>& days, const NewDay& form);
// Confirming and ending both need the decision that says so.
Problems check_confirm(const std::vector<Day>& days, std::int64_t id, std::string_view decision);
Problems check_end(const std::vector<Day>& days, std::int64_t id, std::string_view decision);

// The list as it would be after the change.
std::vector<Day> with_added(std::vector<Day> days, const NewDay& form, Instant now);
std::vector<Day> with_confirmed(std::vector<Day> days, std::int64_t id, std::string decision,
                                Instant now);
std::vector<Day> with_ended(std::vector<Day> days, std::int64_t id, std::string decision,
                            Instant now);
// Rows that turn `before` into `after`; expects that nobody changed them meanwhile.
std::vector<db::Statement> changes(const std::vector<Day>& before, const std::vector<Day>& after);

// The calendar that counts the confirmed entries known at that moment.
time::Calendar calendar_at(const std::vector<Day>& days, Instant moment);

class Directory {
public:
    explicit Directory(db::Pool& pool) : pool_(pool) {}
    void reload();                                         // cheap when nothing changed
    std::shared_ptr<const std::vector<Day>> days() const;  // all entries, by date, ended ones too
    // Both stay good as long as this object lives.
    const time::Calendar& latest() const;
    const time::Calendar& as_of(Instant moment) const;

private:
    struct Version {
        Instant from;
        std::vector<std::int64_t> counted;  // ids of its entries
        std::shared_ptr<const time::Calendar> calendar;
    };
    struct Snapshot {
        std::shared_ptr<const std::vector<Day>> days;
        std::vector<Version> versions;  // by `from`; the first holds for all time before
    };
    std::shared_ptr<const Snapshot> now() const;
    std::shared_ptr<const time::Calendar> calendar_of(const std::vector<Day>& days,
                                                      const std::vector<std::int64_t>& counted,
                                                      Instant moment);

    db::Pool& pool_;
    std::mutex reloading_;
    std::vector<Version> kept_;  // every calendar ever made here
    std::atomic<std::shared_ptr<const Snapshot>> snapshot_;
};

// Fills the empty table from data/holidays.csv. Does nothing when there are entries already.
void seed(db::Connection& connection);

}  // namespace chilang::workdays
