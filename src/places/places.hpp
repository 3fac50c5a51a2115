// Administrative units and agencies, valid in time.
//
// On 2025-07-01 the province lost its 11 districts and 200 communes became 65. A GSO code is not an
// identity over time (06040 was three different places), so a unit is (code, valid_from) with a
// permanent number, and a reference keeps the number. Everything is loaded from tables at start and
// is immutable afterwards; a change through the admin pages loads a new snapshot.
#pragma once

#include "base/describe.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "db/db.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::places {

enum class Level { province, district, commune };
BOOST_DESCRIBE_ENUM(Level, province, district, commune)

struct Unit {
    std::int64_t id = 0;  // permanent
    std::string code;     // GSO code, "06040"
    Level level = Level::province;
    std::string type, name;              // "thị trấn", "Thất Khê"
    std::optional<std::int64_t> parent;  // unit id
    Date valid_from{};
    std::optional<Date> valid_to;  // exclusive
    double lat = 0, lon = 0;       // a point inside; 0 when unknown
};
BOOST_DESCRIBE_STRUCT(Unit, (),
                      (id, code, level, type, name, parent, valid_from, valid_to, lat, lon))

enum class AgencyKind { people_committee, department, office, board, vertical };
BOOST_DESCRIBE_ENUM(AgencyKind, people_committee, department, office, board, vertical)

struct Agency {
    std::int64_t id = 0;           // permanent, dense from 1
    std::string code;              // "H37.12": dossier numbers begin with it; demonstration codes
    std::string name, short_name;  // "Sở Thông tin và Truyền thông", "STTTT"
    AgencyKind kind = AgencyKind::department;
    std::int64_t unit = 0;  // the unit it belongs to; of a commune committee: the commune
    Date valid_from{};
    std::optional<Date> valid_to;
    std::optional<std::int64_t> successor;  // agency that took over its open work
};
BOOST_DESCRIBE_STRUCT(Agency, (),
                      (id, code, name, short_name, kind, unit, valid_from, valid_to, successor))

// A name and the day from which the agency has it.
struct AgencyName {
    std::int64_t agency = 0;
    Date valid_from{};
    std::string name, short_name;
    std::string decision;  // number of the decision; empty for the first name
};
BOOST_DESCRIBE_STRUCT(AgencyName, (), (agency, valid_from, name, short_name, decision))

struct Succession {
    std::int64_t from = 0, to = 0;  // unit ids
    Date date{};
    bool whole = true;  // false: only a part of `from` went there
};
BOOST_DESCRIBE_STRUCT(Succession, (), (from, to, date, whole))

// An immutable snapshot.
class Places {
public:
    // Agencies bear the names that they have on `today`.
    static std::shared_ptr<const Places> load(db::Connection& connection,
                                              Date today = date_of(Clock().now()));

    const Unit& unit(std::int64_t id) const;  // throws std::out_of_range
    const Unit& province() const;
    // The unit that had this GSO code on that date.
    const Unit* by_code(std::string_view code, Date on) const;
    std::vector<const Unit*> children(std::int64_t unit, Date on) const;  // administrative order
    // The unit and all below it on that date.
    std::vector<std::int64_t> subtree(std::int64_t unit, Date on) const;
    std::span<const Unit> units() const { return units_; }
    std::string full_name(const Unit& unit) const;  // "Thị trấn Thất Khê, huyện Tràng Định"
    // "UBND xã Hòa Bình, huyện Hữu Lũng": names repeat inside the province, so lists say the
    // district.
    std::string full_name(const Agency& agency) const;
    std::vector<const Succession*> predecessors(std::int64_t unit) const;
    std::vector<const Succession*> successors(std::int64_t unit) const;

    const Agency& agency(std::int64_t id) const;  // throws std::out_of_range
    const Agency* agency_by_code(std::string_view code) const;
    std::span<const Agency> agencies() const { return agencies_; }
    std::vector<const Agency*> agencies_on(Date on) const;
    // All names of an agency, oldest first.
    std::vector<AgencyName> names(std::int64_t agency) const;
    // The name that the agency had on that day; before its first day the first one.
    std::string name_on(const Agency& agency, Date on) const;
    // Agencies whose unit lies in the subtree of `unit` on that date.
    std::vector<const Agency*> agencies_in(std::int64_t unit, Date on) const;
    // The agency and all those whose open work it took over: what its inbox shows.
    std::vector<std::int64_t> with_predecessors(std::int64_t agency) const;
    // Search over names old and new, without diacritics: best first.
    std::vector<const Unit*> search(std::string_view text, std::size_t limit) const;

private:
    friend struct Loader;
    std::vector<Unit> units_;
    std::vector<Agency> agencies_;
    std::vector<Succession> successions_;
    std::vector<AgencyName> names_;  // by agency and day, the first ones too
    struct Index;
    std::shared_ptr<const Index> index_;
};

inline bool valid_on(const Unit& unit, Date on) {
    return unit.valid_from <= on && (!unit.valid_to || on < *unit.valid_to);
}
inline bool valid_on(const Agency& agency, Date on) {
    return agency.valid_from <= on && (!agency.valid_to || on < *agency.valid_to);
}

// The current snapshot, replaced as a whole.
class Directory {
public:
    explicit Directory(db::Pool& pool) : pool_(pool) {}
    void reload(Date today = date_of(Clock().now()));
    std::shared_ptr<const Places> now() const;

private:
    db::Pool& pool_;
    std::atomic<std::shared_ptr<const Places>> places_;
};

// ---- changes by administrators: checked here, written with their event by identity -------------

// Problems: fields "ma", "ten", "ten_ngan", "don_vi", "tu_ngay", "quyet_dinh"; of a closing
// "ke_thua", "thoi_ngay", "thoi_quyet_dinh".
struct NewAgency {
    std::string code, name, short_name;
    AgencyKind kind = AgencyKind::department;
    std::int64_t unit = 0;
    std::optional<Date> from;
    std::string decision;
};
struct Renaming {
    std::int64_t agency = 0;
    std::string name, short_name;
    std::optional<Date> from;
    std::string decision;
};
struct Closing {
    std::int64_t agency = 0;
    std::optional<Date> day;  // first day without it
    std::optional<std::int64_t> successor;
    std::string decision;
};
Problems check(const Places& places, const NewAgency& form, Date today);
Problems check(const Places& places, const Renaming& form, Date today);
Problems check(const Places& places, const Closing& form, Date today);
std::int64_t next_agency(const Places& places);  // numbers are dense
std::vector<db::Statement> rows(const Places& places, const NewAgency& form);
std::vector<db::Statement> rows(const Renaming& form);
std::vector<db::Statement> rows(const Closing& form);
std::string_view label(AgencyKind kind);  // "Sở, ban, ngành"

// Fills empty tables from data/: units of 2023, 2024 and 2025, successions, agencies. Does nothing
// when there are units already. The same data give the same numbers on every machine.
void seed(db::Connection& connection);

}  // namespace chilang::places
