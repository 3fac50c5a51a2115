// Named constraints in the words of the person who ran into them.
#pragma once

#include "base/result.hpp"

#include <string>

namespace chilang::app {

// A constraint without a sentence of its own becomes a general one that names nothing.
Problem explain_constraint(const std::string& constraint);

}  // namespace chilang::app
