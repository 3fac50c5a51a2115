#include "figures/figures.hpp"

#include "figures/batch.hpp"

#include <stdexcept>

namespace chilang::figures {

Figures::Figures(const places::Directory& places) : state_(std::make_unique<State>(places)) {}
Figures::~Figures() = default;

void Figures::add_entity(Entity entity, Fold fold) {
    if (state_->set)
        throw std::logic_error("figures: entities are registered before the first event");
    if (entity.attributes.size() > 64) throw std::logic_error("figures: more than 64 attributes");
    EntityPlan plan{};
    plan.entity = std::move(entity);
    plan.fold = std::move(fold);
    state_->entities.push_back(std::move(plan));
}

void Figures::add_metric(Metric metric) {
    if (state_->set)
        throw std::logic_error("figures: metrics are registered before the first event");
    state_->metrics.push_back(std::move(metric));
}

const std::vector<Metric>& Figures::metrics() const {
    return state_->metrics;
}

const Metric* Figures::metric(std::string_view id) const {
    for (const auto& metric : state_->metrics)
        if (metric.id == id) return &metric;
    return nullptr;
}

const Entity& Figures::entity(std::string_view name) const {
    for (const auto& plan : state_->entities)
        if (plan.entity.name == name) return plan.entity;
    throw std::out_of_range("figures: no entity " + std::string(name));
}

void Figures::on_change(std::function<void(std::int64_t)> listener) {
    state_->listeners.push_back(std::move(listener));
}

void Figures::consume(std::span<const ledger::Sealed> events) {
    std::int64_t position = 0;
    {
        std::unique_lock lock(state_->mutex);
        state_->ready();
        auto& set = *state_->set;
        {
            Batch batch(state_->entities, set);
            for (const auto& event : events)
                if (event.index >= set.position) batch.fold(event);
        }
        position = set.position;
    }
    for (const auto& listener : state_->listeners) listener(position);
}

std::int64_t Figures::position() const {
    std::shared_lock lock(state_->mutex);
    return state_->set ? state_->set->position : 0;
}

Hash Figures::hash() const {
    const auto reading = read();
    std::array<std::uint64_t, 4> sums{};
    std::uint64_t salt = 0;
    for (const auto& entity : state_->set->entities)
        for (const auto& cube : entity.cubes) cube.hash(++salt, sums);
    Hash hash;
    for (std::size_t i = 0; i < 32; ++i)
        hash.bytes[i] = static_cast<std::uint8_t>(sums[i / 8] >> (i % 8 * 8));
    return hash;
}

std::shared_mutex& Reading::mutex(const Figures& figures) {
    auto& state = *figures.state_;
    {
        std::shared_lock lock(state.mutex);
        if (state.set) return state.mutex;
    }
    std::unique_lock lock(state.mutex);
    state.ready();
    return state.mutex;
}

Reading Figures::read() const {
    return Reading(*this);
}
Figure Figures::value(const Query& query) const {
    return read().value(query);
}
std::vector<SplitRow> Figures::split(const Query& query) const {
    return read().split(query);
}
std::vector<UnitRow> Figures::children(const Query& query) const {
    return read().children(query);
}
std::vector<DayPoint> Figures::by_day(const Query& query) const {
    return read().by_day(query);
}

}  // namespace chilang::figures
