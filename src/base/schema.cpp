// JSON Schema of described types, for the OpenAPI file.
//
// Objects and enumerations become named components and are referred to. Two types of different
// modules may have the same name ("Status"): the second one is called "Status2", in the order in
// which they are met, so the file is the same at each generation.
#include "base/json.hpp"

#include <algorithm>

namespace chilang::json {

namespace {

std::string reference(const std::string& name) {
    return R"({"$ref":"#/components/schemas/)" + name + "\"}";
}

bool is_taken(const std::vector<NamedSchema>& components, const std::string& name) {
    return std::any_of(components.begin(), components.end(),
                       [&](const NamedSchema& known) { return known.name == name; });
}

std::string enumeration(const Type& type) {
    std::string labels;
    for (const char* label : type.labels) labels += (labels.empty() ? "" : ",") + quote(label);
    return R"({"type":"string","enum":[)" + labels + "]}";
}

std::string object(const Type& type, std::vector<NamedSchema>& components) {
    std::string properties, required;
    for (const Field& field : type.fields) {
        const std::string name = quote(field.name);
        properties += (properties.empty() ? "" : ",") + name + ":";
        properties += schema(field.type(), components);
        if (field.type().shape != Shape::optional) required += (required.empty() ? "" : ",") + name;
    }
    std::string out = R"({"type":"object","properties":{)" + properties + "}";
    if (!required.empty()) out += R"(,"required":[)" + required + "]";
    return out + R"(,"additionalProperties":false})";
}

// The component is entered before its members are looked at: a type may contain lists of itself.
std::string named(const Type& type, std::vector<NamedSchema>& components) {
    for (const NamedSchema& known : components)
        if (known.type == &type) return reference(known.name);
    std::string name = type.name;
    for (int n = 2; is_taken(components, name); ++n) name = type.name + std::to_string(n);
    const std::size_t index = components.size();
    components.push_back({name, "", &type});
    std::string made = type.shape == Shape::object ? object(type, components) : enumeration(type);
    components[index].schema = std::move(made);
    return reference(name);
}

std::string integer(const Type& type) {
    if (type.minimum == std::numeric_limits<std::int64_t>::min())
        return R"({"type":"integer","format":"int64"})";
    return R"({"type":"integer","minimum":)" + std::to_string(type.minimum) + R"(,"maximum":)" +
           std::to_string(type.maximum) + "}";
}

}  // namespace

std::string schema(const Type& type, std::vector<NamedSchema>& components) {
    switch (type.shape) {
        case Shape::boolean:
            return R"({"type":"boolean"})";
        case Shape::integer:
            return integer(type);
        case Shape::real:
            return R"({"type":"number"})";
        case Shape::text:
            return R"({"type":"string"})";
        case Shape::instant:
            return R"({"type":"string","format":"date-time"})";
        case Shape::date:
            return R"({"type":"string","format":"date"})";
        case Shape::id:
            return R"({"type":"string","format":"uuid"})";
        case Shape::hash:
            return R"({"type":"string","pattern":"^[0-9a-f]{64}$"})";
        case Shape::enumeration:
        case Shape::object:
            return named(type, components);
        case Shape::list:
            return R"({"type":"array","items":)" + schema(type.element(), components) + "}";
        case Shape::optional:
            return R"({"anyOf":[)" + schema(type.element(), components) + R"(,{"type":"null"}]})";
    }
    return "{}";
}

}  // namespace chilang::json
