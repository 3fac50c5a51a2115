// Reads the scenario and scales it.
#include "demo/sources.hpp"

#include "base/embedded.hpp"
#include "base/sha256.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace chilang::demo {

Source scenario_of(const Options& options) {
    std::string text;
    if (options.scenario_path.empty()) {
        text = embedded_file("data/langson/scenario-2023.toml");
    } else {
        std::ifstream file(options.scenario_path, std::ios::binary);
        if (!file) throw std::runtime_error("không đọc được kịch bản " + options.scenario_path);
        text.assign(std::istreambuf_iterator<char>(file), {});
    }
    Scenario scenario = read_scenario(text);
    if (options.scale != 1) scenario = scaled(std::move(scenario), options.scale);
    return {std::move(scenario), sha256(text)};
}

}  // namespace chilang::demo
