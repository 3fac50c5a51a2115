// OpenAPI 3.1 from the routes under /api/v1: the table of routes is the documentation's only
// source.
#include "http/http.hpp"

#include "base/json.hpp"

#include <map>

namespace chilang::http {

namespace {

constexpr std::string_view prefix = "/api/v1/";
constexpr std::string_view method_words[] = {"get", "post", "put", "patch", "delete"};

void append(std::string& list, const std::string& item) {
    if (!list.empty()) list += ',';
    list += item;
}

// "/api/v1/tiles/{path*}" is "/api/v1/tiles/{path}"; the names go to `names`.
std::string plain_pattern(std::string_view pattern, std::vector<std::string>& names) {
    std::string out;
    bool inside = false;
    for (const char c : pattern) {
        if (c == '*' && inside) continue;
        if (c == '}') inside = false;
        if (inside) names.back() += c;
        if (c == '{') {
            inside = true;
            names.emplace_back();
        }
        out += c;
    }
    return out;
}

// GET /api/v1/figures/{id} is getFiguresById: unique, because method and pattern are.
std::string operation_id(std::string_view method, std::string_view pattern) {
    std::string out(method);
    bool upper = true;
    for (std::size_t i = prefix.size(); i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '{') out += "By";
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter) out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = !letter;
    }
    return out;
}

std::string parameter(std::string_view name, std::string_view place, std::string_view meaning) {
    std::string out = "{\"name\":" + json::quote(name) + ",\"in\":" + json::quote(place);
    if (place == "path") out += ",\"required\":true";
    if (!meaning.empty()) out += ",\"description\":" + json::quote(meaning);
    return out + ",\"schema\":{\"type\":\"string\"}}";
}

std::string content(std::string_view type, const std::string& schema) {
    return "\"content\":{" + json::quote(type) + ":{\"schema\":" + schema + "}}";
}

// The JSON alone, or as one part beside files.
std::string request_body(const Doc& doc, std::vector<json::NamedSchema>& components) {
    const std::string schema = json::schema(*doc.input, components);
    if (doc.part.empty()) return "{\"required\":true," + content("application/json", schema) + "}";
    const std::string form =
        "{\"type\":\"object\",\"required\":[" + json::quote(doc.part) + "],\"properties\":{" +
        json::quote(doc.part) + ":" + schema + "},\"description\":" + json::quote(doc.files) +
        ",\"additionalProperties\":{\"type\":\"string\",\"format\":\"binary\"}}";
    return "{\"required\":true,\"content\":{\"application/json\":{\"schema\":" + schema +
           "},\"multipart/form-data\":{\"schema\":" + form + "}}}";
}

std::string operation(const Route& route, const std::vector<std::string>& names,
                      std::vector<json::NamedSchema>& components) {
    const std::string_view method = method_words[static_cast<int>(route.method)];
    std::string parameters;
    for (const auto& name : names) append(parameters, parameter(name, "path", ""));
    for (const auto& [name, meaning] : route.doc.query)
        append(parameters, parameter(name, "query", meaning));
    if (route.method != Method::get)
        append(parameters, parameter("Idempotency-Key", "header",
                                     "The same key gives the same answer and writes once."));
    std::string_view section = std::string_view(route.pattern).substr(prefix.size());
    section = section.substr(0, section.find('/'));
    std::string out = "{\"operationId\":" + json::quote(operation_id(method, route.pattern)) +
                      ",\"summary\":" + json::quote(route.doc.summary) + ",\"tags\":[" +
                      json::quote(section) + "]" + ",\"x-right\":" + json::quote(route.right) +
                      ",\"x-event\":" + json::quote(route.event);
    if (!parameters.empty()) out += ",\"parameters\":[" + parameters + "]";
    if (route.doc.input) out += ",\"requestBody\":" + request_body(route.doc, components);
    const std::string schema =
        route.doc.output ? json::schema(*route.doc.output, components) : std::string("{}");
    out += ",\"responses\":{\"200\":{\"description\":\"Success\"," +
           content(route.doc.output_type, schema) +
           "},\"default\":{\"$ref\":\"#/components/responses/Problem\"}}";
    return out + "}";
}

constexpr const char* problem_schema =
    R"({"type":"object","properties":{"type":{"type":"string","format":"uri-reference"},)"
    R"("title":{"type":"string","description":"In Vietnamese"},"status":{"type":"integer"},)"
    R"("errors":{"type":"array","items":{"type":"object","properties":{)"
    R"("field":{"type":"string"},"code":{"type":"string"},)"
    R"("message":{"type":"string","description":"In Vietnamese"}},)"
    R"("required":["field","code","message"]}}},"required":["type","title","status"]})";

}  // namespace

std::string openapi(const Router& router, std::string_view version) {
    std::map<std::string, std::string> paths;  // sorted: the file is the same each time
    std::vector<json::NamedSchema> components;
    for (const Route& route : router.routes()) {
        if (!route.pattern.starts_with(prefix)) continue;
        std::vector<std::string> names;
        const std::string path = plain_pattern(route.pattern, names);
        append(paths[path], json::quote(method_words[static_cast<int>(route.method)]) + ":" +
                                operation(route, names, components));
    }
    std::string out = "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Chi Lăng\",\"version\":" +
                      json::quote(version) + "},\"paths\":{";
    std::string list;
    for (const auto& [path, operations] : paths)
        append(list, json::quote(path) + ":{" + operations + "}");
    out += list + "},\"components\":{\"schemas\":{";
    list = std::string("\"ProblemDetails\":") + problem_schema;
    for (const auto& component : components)
        append(list, json::quote(component.name) + ":" + component.schema);
    out += list + R"(},"responses":{"Problem":{"description":"RFC 9457 problem",)"
                  R"("content":{"application/problem+json":{"schema":)"
                  R"({"$ref":"#/components/schemas/ProblemDetails"}}}}}}})";
    return out;
}

}  // namespace chilang::http
