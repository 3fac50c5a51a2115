// A small province for tests without a database: 20 departments, 11 districts, 200 communes.
#pragma once

#include "base/embedded.hpp"
#include "demo/plan.hpp"
#include "demo/sources.hpp"
#include "demo/walk.hpp"

#include <map>
#include <string>

namespace chilang::demo {

struct TestProvince {
    Scenario scenario;
    Catalogue catalogue;
    Offices offices{{}};
    time::Calendar calendar = time::load_calendar(embedded_file("data/holidays.csv"));
    People people{embedded_file("data/langson/names.csv")};
    std::vector<Desk> desks;

    explicit TestProvince(double scale = 1, std::uint64_t seed = 0) {
        Options options;
        options.scale = scale;
        scenario = scenario_of(options).scenario;
        if (seed != 0) scenario.seed = seed;
        std::map<std::string, std::int64_t, std::less<>> departments;
        catalogue = make_catalogue(scenario, [&](std::string_view name) {
            const auto number = static_cast<std::int64_t>(departments.size()) + 1;
            return departments.try_emplace(std::string(name), number).first->second;
        });
        std::vector<Office> list;
        const auto add = [&](int count, dossiers::ProcedureScope tier, std::uint64_t weight) {
            for (int i = 0; i < count; ++i) {
                const auto number = static_cast<std::int64_t>(list.size()) + 1;
                list.push_back({number,
                                "H37." + std::to_string(100 + number),
                                tier,
                                weight,
                                {"Xã Mẫu, huyện Mẫu"}});
            }
        };
        add(static_cast<int>(departments.size()), dossiers::ProcedureScope::province, 0);
        add(11, dossiers::ProcedureScope::district, 60'000);
        add(200, dossiers::ProcedureScope::commune, 3'500);
        desks.assign(list.size(), Desk{1, 2, 3});
        offices = Offices(std::move(list));
    }

    World world() const { return {scenario, catalogue, offices, calendar, people, desks, {}}; }
};

}  // namespace chilang::demo
