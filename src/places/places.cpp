// Questions to a snapshot of places. The tables are small (278 units, 350 agencies), so lists are
// built on demand from the index; nothing here touches the database.
#include "places/places.hpp"

#include "places/index.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::places {

namespace {

std::string capitalised(std::string type) {
    // The types begin with t, h, x, p, đ: only đ is two bytes long, and no type in use begins with
    // it.
    if (!type.empty() && type[0] >= 'a' && type[0] <= 'z')
        type[0] = static_cast<char>(type[0] - 32);
    return type;
}

}  // namespace

const Unit& Places::unit(std::int64_t id) const {
    const auto at = index_->unit.find(id);
    if (at == index_->unit.end()) throw std::out_of_range("no unit " + std::to_string(id));
    return units_[at->second];
}

const Unit& Places::province() const {
    if (units_.empty()) throw std::out_of_range("no province: the places were not seeded");
    return units_[index_->province];
}

const Unit* Places::by_code(std::string_view code, Date on) const {
    const auto at = index_->unit_by_code.find(std::string(code));
    if (at == index_->unit_by_code.end()) return nullptr;
    for (const auto position : at->second)
        if (valid_on(units_[position], on)) return &units_[position];
    return nullptr;
}

std::vector<const Unit*> Places::children(std::int64_t unit, Date on) const {
    std::vector<const Unit*> found;
    if (const auto at = index_->children.find(unit); at != index_->children.end())
        for (const auto position : at->second)
            if (valid_on(units_[position], on)) found.push_back(&units_[position]);
    return found;
}

std::vector<std::int64_t> Places::subtree(std::int64_t unit, Date on) const {
    std::vector<std::int64_t> ids{unit};
    for (std::size_t i = 0; i < ids.size(); ++i)
        for (const Unit* child : children(ids[i], on)) ids.push_back(child->id);
    return ids;
}

std::string Places::full_name(const Unit& unit) const {
    std::string name = capitalised(unit.type) + " " + unit.name;
    if (unit.parent) {
        const Unit& above = this->unit(*unit.parent);
        name += ", " + above.type + " " + above.name;
    }
    return name;
}

std::string Places::full_name(const Agency& agency) const {
    const Unit& home = unit(agency.unit);
    if (home.level != Level::commune || !home.parent) return agency.name;
    const Unit& above = unit(*home.parent);
    return agency.name + ", " + above.type + " " + above.name;
}

std::vector<const Succession*> Places::predecessors(std::int64_t unit) const {
    std::vector<const Succession*> found;
    if (const auto at = index_->succession_to.find(unit); at != index_->succession_to.end())
        for (const auto position : at->second) found.push_back(&successions_[position]);
    return found;
}

std::vector<const Succession*> Places::successors(std::int64_t unit) const {
    std::vector<const Succession*> found;
    if (const auto at = index_->succession_from.find(unit); at != index_->succession_from.end())
        for (const auto position : at->second) found.push_back(&successions_[position]);
    return found;
}

const Agency& Places::agency(std::int64_t id) const {
    const auto at = index_->agency.find(id);
    if (at == index_->agency.end()) throw std::out_of_range("no agency " + std::to_string(id));
    return agencies_[at->second];
}

const Agency* Places::agency_by_code(std::string_view code) const {
    const auto at = index_->agency_by_code.find(std::string(code));
    return at == index_->agency_by_code.end() ? nullptr : &agencies_[at->second];
}

std::vector<const Agency*> Places::agencies_on(Date on) const {
    std::vector<const Agency*> found;
    for (const Agency& agency : agencies_)
        if (valid_on(agency, on)) found.push_back(&agency);
    return found;
}

std::vector<AgencyName> Places::names(std::int64_t agency) const {
    std::vector<AgencyName> found;
    for (const AgencyName& name : names_)
        if (name.agency == agency) found.push_back(name);
    return found;
}

std::string Places::name_on(const Agency& agency, Date on) const {
    std::string name;
    for (const AgencyName& known : names(agency.id))
        if (name.empty() || known.valid_from <= on) name = known.name;
    return name;
}

std::vector<const Agency*> Places::agencies_in(std::int64_t unit, Date on) const {
    auto ids = subtree(unit, on);
    std::sort(ids.begin(), ids.end());
    std::vector<const Agency*> found;
    for (const Agency& agency : agencies_)
        if (valid_on(agency, on) && std::binary_search(ids.begin(), ids.end(), agency.unit))
            found.push_back(&agency);
    return found;
}

std::vector<std::int64_t> Places::with_predecessors(std::int64_t agency) const {
    std::vector<std::int64_t> ids{agency};
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (const auto at = index_->agency_taken_over.find(ids[i]);
            at != index_->agency_taken_over.end())
            for (const auto id : at->second)  // a wrong circle of links must not hang the inbox
                if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    return ids;
}

void Directory::reload(Date today) {
    auto lease = pool_.lease();
    places_.store(Places::load(*lease, today));
}

std::shared_ptr<const Places> Directory::now() const {
    auto places = places_.load();
    if (!places) throw std::logic_error("the directory of places was never loaded");
    return places;
}

}  // namespace chilang::places
