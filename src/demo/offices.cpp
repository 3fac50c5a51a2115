// Offices out of the places of the scenario's first day.
#include "demo/offices.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"
#include "demo/sources.hpp"

#include <stdexcept>

namespace chilang::demo {

namespace {

using dossiers::ProcedureScope;

std::map<std::string, std::uint64_t> people_of_districts(const Scenario& scenario) {
    std::map<std::string, std::uint64_t> people;
    for (const CsvRow& row : read_csv(read_data(scenario.districts)))
        people[row["gso_code"]] =
            static_cast<std::uint64_t>(text::parse_integer(row["population_2019"]).value_or(0));
    return people;
}

std::uint64_t town_factor(const places::Unit& unit, const Scenario& scenario) {
    return unit.type == "xã" ? 1000 : static_cast<std::uint64_t>(scenario.town);
}

struct Maker {
    const places::Places& places;
    const Scenario& scenario;
    std::map<std::string, std::uint64_t> people = people_of_districts(scenario);
    std::vector<std::string> all_homes;

    std::vector<const places::Unit*> communes(const places::Unit& district) const {
        return places.children(district.id, scenario.from);
    }
    std::uint64_t share(const places::Unit& commune) const {
        const places::Unit& district = places.unit(commune.parent.value());
        std::uint64_t sum = 0;
        for (const places::Unit* unit : communes(district)) sum += town_factor(*unit, scenario);
        return people.at(district.code) * town_factor(commune, scenario) / sum;
    }
    Office make(const places::Agency& agency) const {
        const places::Unit& unit = places.unit(agency.unit);
        Office office{.agency = agency.id, .code = agency.code};
        office.tier = static_cast<ProcedureScope>(unit.level);
        if (office.tier == ProcedureScope::commune) {
            office.weight = share(unit);
            office.homes.push_back(places.full_name(unit));
        } else if (office.tier == ProcedureScope::district) {
            office.weight = people.at(unit.code);
            for (const places::Unit* commune : communes(unit))
                office.homes.push_back(places.full_name(*commune));
        } else {
            office.homes = all_homes;
        }
        return office;
    }
};

}  // namespace

Offices Offices::of(const places::Places& places, const Scenario& scenario) {
    Maker maker{places, scenario};
    for (const places::Unit* district : places.children(places.province().id, scenario.from))
        for (const places::Unit* commune : maker.communes(*district))
            maker.all_homes.push_back(places.full_name(*commune));
    std::vector<Office> offices;
    for (const places::Agency* agency : places.agencies_on(scenario.from))
        offices.push_back(maker.make(*agency));
    return Offices(std::move(offices));
}

Offices::Offices(std::vector<Office> offices) : offices_(std::move(offices)) {
    for (std::size_t i = 0; i < offices_.size(); ++i) {
        const Office& office = offices_[i];
        by_agency_[office.agency] = i;
        if (office.tier == ProcedureScope::district) {
            districts_.push_back(i);
            district_weights_.add(office.weight);
        } else if (office.tier == ProcedureScope::commune) {
            communes_.push_back(i);
            commune_weights_.add(office.weight);
        }
    }
}

std::size_t Offices::pick(const dossiers::Procedure& procedure, Random& random) const {
    switch (procedure.scope) {
        case ProcedureScope::district:
            return districts_[district_weights_.pick(random)];
        case ProcedureScope::commune:
            return communes_[commune_weights_.pick(random)];
        case ProcedureScope::province:
            break;
    }
    const auto at = by_agency_.find(procedure.department);
    if (at == by_agency_.end())
        throw std::runtime_error("thủ tục " + procedure.code + ": không có cơ quan phụ trách");
    return at->second;
}

}  // namespace chilang::demo
