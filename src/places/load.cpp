// Loading a snapshot: four small queries in one flush, then the index.
#include "base/text.hpp"
#include "places/index.hpp"
#include "places/places.hpp"

#include <algorithm>

namespace chilang::places {

struct Loader {
    static std::shared_ptr<const Places> run(db::Connection& connection, Date today) {
        auto places = std::make_shared<Places>();
        const auto rows = connection.pipeline({
            {"SELECT id, code, level, type, name, parent, valid_from, valid_to, lat, lon"
             " FROM places.unit ORDER BY id"},
            {"SELECT id, code, name, short_name, kind, unit, valid_from, valid_to, successor"
             " FROM places.agency ORDER BY id"},
            {"SELECT \"from\", \"to\", date, whole FROM places.succession"
             " ORDER BY \"from\", \"to\""},
            {"SELECT id AS agency, valid_from, name, short_name, '' AS decision FROM places.agency"
             " UNION ALL SELECT agency, valid_from, name, short_name, decision"
             " FROM places.agency_name ORDER BY agency, valid_from"},
        });
        places->units_ = rows[0].as<Unit>();
        places->agencies_ = rows[1].as<Agency>();
        places->successions_ = rows[2].as<Succession>();
        places->names_ = rows[3].as<AgencyName>();
        places->index_ = index(*places);
        for (const AgencyName& name : places->names_) {
            Agency& agency = places->agencies_[places->index_->agency.at(name.agency)];
            if (name.valid_from > today) continue;
            agency.name = name.name;
            agency.short_name = name.short_name;
        }
        for (const Unit& unit : places->units_) fold(*places, unit);
        return places;
    }

private:
    static std::shared_ptr<Places::Index> index(const Places& places) {
        auto index = std::make_shared<Places::Index>();
        for (std::size_t i = 0; i < places.units_.size(); ++i) {
            const Unit& unit = places.units_[i];
            index->unit.emplace(unit.id, i);
            index->unit_by_code[unit.code].push_back(i);
            if (unit.parent) index->children[*unit.parent].push_back(i);
            if (unit.level == Level::province) index->province = i;
        }
        for (auto& [parent, list] : index->children)
            std::stable_sort(list.begin(), list.end(), [&](std::size_t a, std::size_t b) {
                return places.units_[a].code < places.units_[b].code;
            });
        for (std::size_t i = 0; i < places.agencies_.size(); ++i) {
            const Agency& agency = places.agencies_[i];
            index->agency.emplace(agency.id, i);
            index->agency_by_code.emplace(agency.code, i);
            if (agency.successor) index->agency_taken_over[*agency.successor].push_back(agency.id);
        }
        for (std::size_t i = 0; i < places.successions_.size(); ++i) {
            index->succession_from[places.successions_[i].from].push_back(i);
            index->succession_to[places.successions_[i].to].push_back(i);
        }
        return index;
    }

    static void fold(Places& places, const Unit& unit) {
        auto& index = const_cast<Places::Index&>(*places.index_);  // not yet published
        index.folded.push_back({text::fold(unit.name), text::fold(places.full_name(unit))});
    }
};

std::shared_ptr<const Places> Places::load(db::Connection& connection, Date today) {
    return Loader::run(connection, today);
}

}  // namespace chilang::places
