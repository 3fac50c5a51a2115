// Arrivals: service, channel and office of each dossier.
//
// Real procedures have a weight of their own in the catalogue; the samples that are used follow a
// law of 1/rank, as service counts do. Each used service gets one dossier first, the rest is drawn.
#include "demo/plan.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::demo {

namespace {

using dossiers::Channel;
using dossiers::ServiceLevel;

struct Services {
    std::vector<std::uint32_t> online;  // indexes into the catalogue: also online
    std::vector<std::uint32_t> counter_only;
};

Services choose_services(const Scenario& scenario, const Catalogue& catalogue, Random& random) {
    std::vector<std::uint32_t> samples;
    Services services;
    for (std::uint32_t i = 0; i < catalogue.procedures.size(); ++i) {
        if (catalogue.procedures[i].level == ServiceLevel::information) continue;
        if (i >= catalogue.real)
            samples.push_back(i);
        else if (catalogue.weights[i] > 0)
            services.online.push_back(i);
    }
    const auto online = static_cast<std::size_t>(scenario.used_online);
    const auto counter = static_cast<std::size_t>(scenario.used - scenario.used_online);
    random.shuffle(samples);
    // A small scenario has fewer services than the catalogue has real ones: the usual ones stay.
    std::stable_sort(services.online.begin(), services.online.end(),
                     [&](auto a, auto b) { return catalogue.weights[a] > catalogue.weights[b]; });
    if (services.online.size() > online) services.online.resize(online);
    std::size_t next = 0;
    const auto take = [&](std::vector<std::uint32_t>& into, std::size_t size) {
        while (into.size() < size) {
            if (next == samples.size())
                throw std::runtime_error("kịch bản: services.used: không đủ dịch vụ");
            into.push_back(samples[next++]);
        }
    };
    take(services.online, online);
    take(services.counter_only, counter);
    return services;
}

// One choice of a tier, then of a service in it.
struct Demand {
    Weighted tiers;
    std::vector<std::uint32_t> services[3];
    Weighted weights[3];

    Demand(const Scenario& scenario, const Catalogue& catalogue, const Services& used) {
        std::uint64_t rank[3] = {};
        for (const std::uint32_t service : used.online) {
            const auto tier = static_cast<std::size_t>(catalogue.procedures[service].scope);
            const std::uint64_t own = catalogue.weights[service];
            services[tier].push_back(service);
            weights[tier].add(own > 0 ? own * 100 : 24'000 / (3 + ++rank[tier]));
        }
        const int shares[] = {scenario.province, scenario.district, scenario.commune};
        for (std::size_t tier = 0; tier < 3; ++tier)
            tiers.add(services[tier].empty() ? 0 : static_cast<std::uint64_t>(shares[tier]));
    }
    std::uint32_t pick(Random& random) const {
        const std::size_t tier = tiers.pick(random);
        return services[tier][weights[tier].pick(random)];
    }
};

}  // namespace

std::vector<Planned> plan_arrivals(const Scenario& scenario, const Catalogue& catalogue,
                                   const Offices& offices) {
    Random random(scenario.seed, 2);
    const Services used = choose_services(scenario, catalogue, random);
    const Demand demand(scenario, catalogue, used);
    std::vector<Planned> plan;
    plan.reserve(static_cast<std::size_t>(scenario.dossiers()));
    const auto add = [&](std::uint32_t service, Channel channel) {
        const auto office = offices.pick(catalogue.procedures[service], random);
        plan.push_back({.procedure = service,
                        .office = static_cast<std::uint32_t>(office),
                        .channel = channel});
    };
    for (const std::uint32_t service : used.online) add(service, Channel::online);
    while (plan.size() < static_cast<std::size_t>(scenario.online))
        add(demand.pick(random), Channel::online);
    for (const std::uint32_t service : used.counter_only) add(service, Channel::counter);
    while (plan.size() < static_cast<std::size_t>(scenario.dossiers()))
        add(demand.pick(random), Channel::counter);
    return plan;
}

}  // namespace chilang::demo
