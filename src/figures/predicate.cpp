#include "figures/predicate.hpp"

#include "base/text.hpp"

namespace chilang::figures {

using Op = Predicate::Op;

Predicate all_of(std::vector<Predicate> parts) {
    return {.op = Op::all, .parts = std::move(parts)};
}
Predicate any_of(std::vector<Predicate> parts) {
    return {.op = Op::any, .parts = std::move(parts)};
}
Predicate not_(Predicate part) {
    return {.op = Op::negate, .parts = {std::move(part)}};
}
Predicate is(int attribute, Code value) {
    return {.op = Op::is, .attribute = attribute, .values = {value}};
}
Predicate in(int attribute, std::vector<Code> values) {
    return {.op = Op::in, .attribute = attribute, .values = std::move(values)};
}
Predicate known(int attribute) {
    return {.op = Op::known, .attribute = attribute};
}

std::uint64_t attributes_of(const Predicate& predicate) {
    std::uint64_t bits = 0;
    if (predicate.attribute >= 0) bits |= std::uint64_t{1} << predicate.attribute;
    if (predicate.other >= 0) bits |= std::uint64_t{1} << predicate.other;
    for (const auto& part : predicate.parts) bits |= attributes_of(part);
    return bits;
}

bool categories_only(const Predicate& predicate, const Entity& entity) {
    const auto bits = attributes_of(predicate);
    for (std::size_t i = 0; i < entity.attributes.size(); ++i)
        if ((bits >> i & 1) && entity.attributes[i].kind != AttributeKind::category) return false;
    return true;
}

namespace {

db::Param param_of(const Attribute& attribute, Code value) {
    switch (attribute.kind) {
        case AttributeKind::category:
            return attribute.labels.at(static_cast<std::size_t>(value)).code;
        case AttributeKind::instant:
            return from_microseconds(value);
        case AttributeKind::number:
            break;
    }
    return value;
}

struct Sql {
    const Entity& entity;
    db::Params& params;

    std::string bind(db::Param param) {
        params.push_back(std::move(param));
        return "$" + std::to_string(params.size());
    }

    std::string join(const std::vector<Predicate>& parts, bool negated, const char* word,
                     const char* nothing) {
        std::string out;
        for (const auto& part : parts) out += (out.empty() ? "(" : word) + sql(part, negated);
        return out.empty() ? nothing : out + ")";
    }

    std::string atom(const Predicate& p) {
        const auto& attribute = entity.attributes.at(static_cast<std::size_t>(p.attribute));
        const auto& column = attribute.sql;
        const auto other = [&] {
            return entity.attributes.at(static_cast<std::size_t>(p.other)).sql;
        };
        switch (p.op) {
            case Op::known:
                return column + " IS NOT NULL";
            case Op::not_after:
                return column + " <= " + other();
            case Op::after:
                return column + " > " + other();
            case Op::at_most:
                return column + " <= " + bind(param_of(attribute, p.values.front()));
            case Op::above:
                return column + " > " + bind(param_of(attribute, p.values.front()));
            default:
                break;
        }
        if (p.values.empty()) return "false";
        std::string list;
        for (const Code value : p.values)
            list += (list.empty() ? "" : ", ") + bind(param_of(attribute, value));
        return p.values.size() == 1 ? column + " = " + list : column + " IN (" + list + ")";
    }

    std::string sql(const Predicate& p, bool negated) {
        switch (p.op) {
            case Op::always:
                return "true";
            case Op::all:
                return join(p.parts, negated, " AND ", "true");
            case Op::any:
                return join(p.parts, negated, " OR ", "false");
            case Op::negate:
                return "NOT (" + sql(p.parts.front(), true) + ")";
            default:
                return negated ? "((" + atom(p) + ") IS TRUE)" : "(" + atom(p) + ")";
        }
    }
};

struct Words {
    const Entity& entity;

    const Attribute& attribute(int index) const {
        return entity.attributes.at(static_cast<std::size_t>(index));
    }
    std::string value(const Attribute& attribute, Code code) const {
        switch (attribute.kind) {
            case AttributeKind::category:
                return attribute.labels.at(static_cast<std::size_t>(code)).text;
            case AttributeKind::instant:
                return show(from_microseconds(code));
            case AttributeKind::number:
                break;
        }
        return "số " + std::to_string(code);
    }
    std::string values(const Predicate& p) const {
        std::string out;
        for (std::size_t i = 0; i < p.values.size(); ++i) {
            if (i > 0) out += i + 1 == p.values.size() ? " hoặc " : ", ";
            out += value(attribute(p.attribute), p.values[i]);
        }
        return out;
    }
    std::string join(const Predicate& p, const char* word) const {
        std::string out;
        for (const auto& part : p.parts) {
            const auto text = words(part);
            if (text.empty()) continue;
            out += (out.empty() ? "" : word) + text;
        }
        return out;
    }
    std::string atom(const Predicate& p, bool negated) const {
        const auto& phrase = attribute(p.attribute).phrase;
        switch (p.op) {
            case Op::known:
                return (negated ? "chưa có " : "đã có ") + phrase;
            case Op::not_after:
                return phrase + (negated ? " muộn hơn " : " không muộn hơn ") +
                       attribute(p.other).phrase;
            case Op::after:
                return phrase + (negated ? " không muộn hơn " : " muộn hơn ") +
                       attribute(p.other).phrase;
            case Op::at_most:
                return phrase + (negated ? " trên " : " không quá ") +
                       text::number(p.values.front());
            case Op::above:
                return phrase + (negated ? " không quá " : " trên ") +
                       text::number(p.values.front());
            default:
                return phrase + (negated ? " không phải là " : " là ") + values(p);
        }
    }
    std::string words(const Predicate& p) const {
        switch (p.op) {
            case Op::always:
                return "";
            case Op::all:
                return join(p, " và ");
            case Op::any:
                return p.parts.size() > 1 ? "(" + join(p, " hoặc ") + ")" : join(p, "");
            case Op::negate: {
                const auto& part = p.parts.front();
                if (part.parts.empty() && part.op != Op::always) return atom(part, true);
                return "không thuộc trường hợp " + words(part);
            }
            default:
                return atom(p, false);
        }
    }
};

}  // namespace

std::string to_sql(const Predicate& predicate, const Entity& entity, db::Params& params) {
    return Sql{entity, params}.sql(predicate, false);
}

std::string to_words(const Predicate& predicate, const Entity& entity) {
    return Words{entity}.words(predicate);
}

}  // namespace chilang::figures
