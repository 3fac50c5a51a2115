// Where a load's data come from: files of the user, or those carried inside the program.
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

// The text of a file that a scenario names: the carried one, else the one on disk at that path.
std::string read_data(std::string_view path);

}  // namespace chilang::demo
