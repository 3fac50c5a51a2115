// What a change of the working calendar would mean for open dossiers: whose due date would come out
// otherwise, were it counted again. Promises already made are kept (NĐ 61/2018 Điều 19: a date
// moves by form 04 only, once, with an apology), so this is shown to people and changes nothing.
#pragma once

#include "dossiers/catalogue.hpp"
#include "workdays/workdays.hpp"

#include <functional>
#include <vector>

namespace chilang::dossiers {

struct MovedDue {
    Id id{};
    std::string code;
    std::int64_t agency = 0;
    Instant promised{}, recounted{};
};
BOOST_DESCRIBE_STRUCT(MovedDue, (), (id, code, agency, promised, recounted))

// Of the open dossiers given, those whose promise, counted by `after`, differs from the promise
// counted by the calendar of their receipt; soonest promise first. Pure.
std::vector<MovedDue> moved_dues(
    const std::vector<Dossier>& open, const Procedures& procedures,
    const std::function<const time::Calendar&(Instant received)>& counted_by,
    const time::Calendar& after, Instant now);

}  // namespace chilang::dossiers
