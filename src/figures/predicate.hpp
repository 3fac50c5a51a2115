// One predicate, three readers: the fold asks `holds`, the drill list gets SQL, the page a
// sentence.
//
// The logic is two-valued: a comparison with an unknown value is false, and its negation true. SQL
// is three-valued, so below a negation every atom is wrapped in IS TRUE; elsewhere it is left bare,
// which lets PostgreSQL use its indexes.
#pragma once

#include "figures/figures.hpp"

#include <cstdint>
#include <string>

namespace chilang::figures {

template <class Get>
bool holds(const Predicate& p, const Get& get) {
    using Op = Predicate::Op;
    switch (p.op) {
        case Op::always:
            return true;
        case Op::all:
            for (const auto& part : p.parts)
                if (!holds(part, get)) return false;
            return true;
        case Op::any:
            for (const auto& part : p.parts)
                if (holds(part, get)) return true;
            return false;
        case Op::negate:
            return !holds(p.parts.front(), get);
        case Op::is:
        case Op::in: {
            const Code code = get(p.attribute);
            if (code == none) return false;
            for (const Code value : p.values)
                if (code == value) return true;
            return false;
        }
        case Op::known:
            return get(p.attribute) != none;
        case Op::not_after:
        case Op::after: {
            const Code left = get(p.attribute), right = get(p.other);
            if (left == none || right == none) return false;
            return p.op == Op::not_after ? left <= right : left > right;
        }
        case Op::at_most:
        case Op::above: {
            const Code code = get(p.attribute);
            if (code == none) return false;
            return p.op == Op::at_most ? code <= p.values.front() : code > p.values.front();
        }
    }
    return false;
}

// Bit i: the predicate reads attribute i.
std::uint64_t attributes_of(const Predicate& predicate);
// Decided by categories alone, so that it becomes a mask over the combinations of a shared cube.
bool categories_only(const Predicate& predicate, const Entity& entity);

// SQL over the entity's FROM; appends to `params` ($1 is params[0]).
std::string to_sql(const Predicate& predicate, const Entity& entity, db::Params& params);
// "kênh nộp là trực tuyến và chưa có thời điểm giải quyết"; empty for `always`.
std::string to_words(const Predicate& predicate, const Entity& entity);

}  // namespace chilang::figures
