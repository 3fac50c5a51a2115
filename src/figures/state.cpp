#include "figures/state.hpp"

#include "figures/predicate.hpp"

#include <stdexcept>

namespace chilang::figures {

Set::Set(const std::vector<EntityPlan>& plans) {
    for (const auto& plan : plans) {
        std::uint64_t distinct = 0;
        for (const auto& cube : plan.cubes)
            if (cube.distinct_of >= 0) distinct |= std::uint64_t{1} << cube.distinct_of;
        EntitySet set{Records(plan.entity.attributes, distinct), {}};
        for (std::size_t i = 0; i < plan.cubes.size(); ++i)
            set.cubes.emplace_back(plan.cubes[i], plan.dimensions[i], plan.predicates[i]);
        entities.push_back(std::move(set));
    }
}

void Figures::State::plan() {
    plans.clear();
    for (const auto& metric : metrics) {
        MetricPlan plan{.metric = metric};
        if (metric.kind == MetricKind::ratio) {
            plans.push_back(std::move(plan));
            continue;
        }
        while (plan.entity < entities.size() && entities[plan.entity].entity.name != metric.entity)
            ++plan.entity;
        if (plan.entity == entities.size())
            throw std::logic_error("figures: metric " + metric.id + " of unknown entity " +
                                   metric.entity);
        auto& entity = entities[plan.entity];
        CubeKind kind{.kind = metric.kind,
                      .time = metric.time_attribute,
                      .entered = metric.entered,
                      .left = metric.left,
                      .distinct_of = metric.distinct_of,
                      .own = {}};
        const bool shared = categories_only(metric.where, entity.entity);
        if (!shared) kind.own = metric.where;
        for (plan.cube = 0; plan.cube < entity.cubes.size(); ++plan.cube) {
            const auto& cube = entity.cubes[plan.cube];
            if (shared && cube.own.op == Predicate::Op::always && cube.kind == kind.kind &&
                cube.time == kind.time && cube.entered == kind.entered && cube.left == kind.left &&
                cube.distinct_of == kind.distinct_of && entity.predicates[plan.cube].size() < 64)
                break;
        }
        if (plan.cube == entity.cubes.size()) {
            entity.cubes.push_back(kind);
            entity.predicates.emplace_back();
        }
        plan.predicate = static_cast<int>(entity.predicates[plan.cube].size());
        entity.predicates[plan.cube].push_back(shared ? metric.where : Predicate{});
        plans.push_back(std::move(plan));
    }
    for (auto& entity : entities) {
        if (entity.cubes.size() > 32) throw std::logic_error("figures: more than 32 cubes");
        for (std::size_t i = 0; i < entity.cubes.size(); ++i) {
            auto& cube = entity.cubes[i];
            std::uint64_t used = attributes_of(cube.own);
            std::vector<Dimension> dimensions;
            for (const auto& predicate : entity.predicates[i]) used |= attributes_of(predicate);
            for (std::size_t a = 0; a < entity.entity.attributes.size(); ++a) {
                const auto& attribute = entity.entity.attributes[a];
                if (attribute.kind != AttributeKind::category) continue;
                if (!attribute.split && !(used >> a & 1)) continue;
                used |= std::uint64_t{1} << a;
                dimensions.push_back(
                    {static_cast<int>(a), static_cast<std::uint32_t>(attribute.labels.size() + 1)});
            }
            for (const int a : {cube.time, cube.entered, cube.left, cube.distinct_of})
                if (a >= 0) used |= std::uint64_t{1} << a;
            cube.attributes = used;
            entity.dimensions.push_back(std::move(dimensions));
        }
    }
}

void Figures::State::ready() {
    if (set) return;
    plan();
    set = std::make_unique<Set>(entities);
}

const MetricPlan& Figures::State::find(std::string_view id) const {
    for (const auto& plan : plans)
        if (plan.metric.id == id) return plan;
    throw std::out_of_range("figures: no metric " + std::string(id));
}

}  // namespace chilang::figures
