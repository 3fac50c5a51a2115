// What officers write in the demonstration: defects, reasons, extensions. No names, no numbers of
// papers.
#pragma once

#include "demo/random.hpp"
#include "dossiers/rules.hpp"

#include <vector>

namespace chilang::demo {

std::vector<dossiers::Defect> invent_defects(const dossiers::Procedure& procedure, Random& random);
// A new promise two to six working days after the old one, with its reason and ground.
dossiers::Step invent_extension(const time::Calendar& calendar, Instant due, Random& random);
// A reasoned refusal after appraisal.
dossiers::Step invent_refusal(Random& random);

}  // namespace chilang::demo
