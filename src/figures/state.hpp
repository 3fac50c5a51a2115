// The engine behind Figures: what was registered, and one set of everything folded so far.
//
// A Set is a position of the ledger and the records and cubes at that position. Rebuilding fills a
// second Set and swaps it in; a reader holds the lock, so all its answers belong to one Set and one
// position.
#pragma once

#include "figures/cube.hpp"

#include <map>
#include <mutex>
#include <shared_mutex>

namespace chilang::figures {

struct EntityPlan {
    Entity entity;
    Fold fold;
    std::vector<CubeKind> cubes;
    std::vector<std::vector<Predicate>> predicates;  // by cube
    std::vector<std::vector<Dimension>> dimensions;  // by cube
};

struct MetricPlan {
    Metric metric;
    std::size_t entity = 0;
    std::size_t cube = 0;  // of the entity; not of a ratio
    int predicate = 0;     // of the cube
};

struct EntitySet {
    Records records;
    std::vector<Cube> cubes;
};

struct Set {
    std::int64_t position = 0;
    std::vector<EntitySet> entities;

    explicit Set(const std::vector<EntityPlan>& plans);
};

// Which agencies belong to which group, for one unit on one day.
struct Leaves {
    std::vector<std::int32_t> group_of_leaf;
    std::int32_t other_leaves = -1;
    int groups = 1;
};

struct Figures::State {
    explicit State(const places::Directory& directory) : places(directory) {}

    const places::Directory& places;
    std::vector<EntityPlan> entities;
    std::vector<Metric> metrics;
    std::vector<MetricPlan> plans;    // parallel to metrics, made by `plan`
    mutable std::shared_mutex mutex;  // guards `set`
    std::unique_ptr<Set> set;         // made at the first use, when all is registered
    std::mutex rebuilding;
    std::vector<std::function<void(std::int64_t)>> listeners;  // told before the first event

    void plan();
    void ready();                                       // plans and makes the set once
    const MetricPlan& find(std::string_view id) const;  // throws std::out_of_range
    // Numerator and denominator of every cell of the ask; denominators are 1 unless it is a ratio.
    struct Counts {
        std::vector<std::int64_t> numerators, denominators;
    };
    Counts count(const MetricPlan& plan, const Query& query, const Leaves& leaves,
                 const std::vector<std::string>& split_by) const;
    std::vector<std::int64_t> count_one(const MetricPlan& plan, const Query& query,
                                        const Leaves& leaves,
                                        const std::vector<std::string>& split_by) const;
    Ask ask(const MetricPlan& plan, const Query& query, const Leaves& leaves,
            const std::vector<std::string>& split_by) const;
};

// The day on which the query's unit is looked at: `to`, or the unit's last day if it ended before.
Date tree_day(const places::Places& places, const Query& query);
Leaves leaves_of(const places::Places& places, const Query& query);
// The agencies of a query as its drill list names them; empty: all, also unknown ones.
std::vector<std::int64_t> agencies_of(const places::Places& places, const Query& query);
// The instant at which a stock is looked at: the end of `to`, or now when `to` has not ended.
Code as_of(const Query& query);
std::string printed(const Metric& metric, std::int64_t numerator, std::int64_t denominator);

}  // namespace chilang::figures
