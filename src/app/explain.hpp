// Named constraints in the words of the person who ran into them, and what other faults mean.
#pragma once

#include "base/result.hpp"

#include <exception>
#include <optional>
#include <string>

namespace chilang::app {

// A constraint without a sentence of its own becomes a general one that names nothing.
Problem explain_constraint(const std::string& constraint);

// The HTTP status of what a handler threw, where it is not our own fault: 503 while the database is
// away, 507 when the disk of the database, of the ledger or of attachments is full.
std::optional<int> status_of_fault(const std::exception& fault);

}  // namespace chilang::app
