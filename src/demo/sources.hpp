// Where a load's scenario comes from: a file given by the user, or the one carried inside.
#pragma once

#include "demo/demo.hpp"
#include "demo/scenario.hpp"

namespace chilang::demo {

struct Source {
    Scenario scenario;
    Hash hash;  // of the file's bytes
};

// Throws std::runtime_error when the file cannot be read or is wrong.
Source scenario_of(const Options& options);

}  // namespace chilang::demo
