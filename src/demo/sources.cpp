// Reads the scenario and scales it.
#include "demo/sources.hpp"

#include "base/embedded.hpp"
#include "base/sha256.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace chilang::demo {

namespace {

std::string read_disk(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("không đọc được tệp " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::string read_data(std::string_view path) {
    for (const EmbeddedFile& file : embedded_files())
        if (file.path == path) return std::string(file.bytes);
    return read_disk(std::string(path));
}

Source scenario_of(const Options& options) {
    const std::string text = options.scenario_path.empty()
                                 ? read_data("data/langson/scenario-2023.toml")
                                 : read_disk(options.scenario_path);
    Scenario scenario = read_scenario(text);
    if (options.scale != 1) scenario = scaled(std::move(scenario), options.scale);
    return {std::move(scenario), sha256(text)};
}

}  // namespace chilang::demo
