// Finds positions by agency and role, and fills the empty ones.
#include "demo/desks.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <map>

namespace chilang::demo {

namespace {

struct Kind {
    std::string_view role, title, login;
    std::int64_t Desk::*place;
};
constexpr Kind kinds[] = {
    {"one_stop", "Cán bộ một cửa", "mc", &Desk::one_stop},
    {"specialist", "Chuyên viên", "cv", &Desk::specialist},
    {"leader", "Lãnh đạo", "ld", &Desk::leader},
};

// What was there before: the newest position of a role answers for the agency.
std::map<std::pair<std::int64_t, std::string>, std::int64_t> positions(db::Connection& connection) {
    std::map<std::pair<std::int64_t, std::string>, std::int64_t> found;
    const db::Rows rows = connection.query(
        "SELECT agency, role, min(id) FROM identity.position WHERE valid_to IS NULL"
        " GROUP BY agency, role");
    for (std::size_t i = 0; i < rows.size(); ++i)
        found[{rows.at(i, 0).integer(), std::string(rows.at(i, 1).text())}] =
            rows.at(i, 2).integer();
    return found;
}

db::Statement insert(const Office& office, const Kind& kind, const std::string& name,
                     const Scenario& scenario) {
    std::string login = "mau." + text::fold(office.code) + "." + std::string(kind.login);
    return {
        "WITH account AS (INSERT INTO identity.account"
        " (login, name, password_hash, totp_secret, disabled, created_at)"
        " VALUES ($1, $2, '', '', true, $3) RETURNING id)"
        " INSERT INTO identity.position (account, title, role, agency, valid_from)"
        " SELECT id, $4, $5, $6, $7 FROM account RETURNING id",
        {login, name, start_of(scenario.from), kind.title, kind.role, office.agency,
         scenario.from}};
}

}  // namespace

std::vector<Desk> staff_desks(db::Connection& connection, const Offices& offices,
                              const std::vector<bool>& used, const People& people,
                              const Scenario& scenario) {
    const auto found = positions(connection);
    std::vector<Desk> desks(offices.all().size());
    std::vector<db::Statement> statements;
    std::vector<std::int64_t*> places;
    for (std::size_t i = 0; i < desks.size(); ++i) {
        if (!used[i]) continue;
        const Office& office = offices.all()[i];
        Random random(scenario.seed ^ 0x6465736b, i);
        for (const Kind& kind : kinds) {
            const std::string name = people.invent_name(random, random.permille(450));
            if (const auto at = found.find({office.agency, std::string(kind.role)});
                at != found.end()) {
                desks[i].*kind.place = at->second;
                continue;
            }
            statements.push_back(insert(office, kind, name, scenario));
            places.push_back(&(desks[i].*kind.place));
        }
    }
    const std::vector<db::Rows> rows = connection.pipeline(statements);
    for (std::size_t i = 0; i < rows.size(); ++i) *places[i] = rows[i].at(0, 0).integer();
    return desks;
}

}  // namespace chilang::demo
