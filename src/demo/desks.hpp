// Who takes the steps at each agency: the positions of the demonstration.
//
// Where an agency has accounts already (the ones that visitors sign in with), those take its steps
// and find the open work in their inbox. Everywhere else three invented colleagues are put in, with
// disabled accounts: history shows a name, and nobody can sign in as them.
#pragma once

#include "db/db.hpp"
#include "demo/offices.hpp"
#include "demo/people.hpp"
#include "demo/scenario.hpp"
#include "demo/walk.hpp"

#include <vector>

namespace chilang::demo {

// Beside the offices; offices that `used` doesn't mark get nobody.
std::vector<Desk> staff_desks(db::Connection& connection, const Offices& offices,
                              const std::vector<bool>& used, const People& people,
                              const Scenario& scenario);

}  // namespace chilang::demo
