// Routes as a tree over the parts of the path: literal parts before parameters, longest match
// first.
#include "http/form.hpp"
#include "http/http.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

namespace chilang::http {

namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const auto end = std::min(path.find('/'), path.size());
        parts.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    if (parts.size() == 1 && parts[0].empty()) parts.clear();  // "/"
    return parts;
}

constexpr std::string_view method_names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

}  // namespace

struct Router::Node {
    std::map<std::string, std::shared_ptr<Node>, std::less<>> literal;
    std::map<std::string, std::shared_ptr<Node>> parameter;  // by what follows it: "", ".docx"
    std::shared_ptr<Node> rest;                              // {path*}
    std::map<Method, std::size_t> routes;                    // index into routes_

    const Node* find(std::span<const std::string> parts, std::vector<std::string>& values) const {
        if (parts.empty()) return routes.empty() ? nullptr : this;
        if (const auto found = literal.find(parts[0]); found != literal.end())
            if (const Node* node = found->second->find(parts.subspan(1), values)) return node;
        for (auto it = parameter.rbegin(); it != parameter.rend(); ++it) {
            const auto& [suffix, child] = *it;  // the empty suffix comes last
            if (parts[0].size() <= suffix.size() || !parts[0].ends_with(suffix)) continue;
            values.push_back(parts[0].substr(0, parts[0].size() - suffix.size()));
            if (const Node* node = child->find(parts.subspan(1), values)) return node;
            values.pop_back();
        }
        if (!rest || (parts.size() == 1 && parts[0].empty())) return nullptr;
        std::string joined = parts[0];
        for (const auto& part : parts.subspan(1)) joined += "/" + part;
        values.push_back(std::move(joined));
        return rest.get();
    }
};

void Router::add(Route route) {
    if (!root_) root_ = std::make_shared<Node>();
    const auto fail = [&](const char* what) {
        throw std::logic_error("route " + route.pattern + ": " + what);
    };
    if (!route.pattern.starts_with('/')) fail("must begin with /");
    Node* node = root_.get();
    for (const auto part : parts_of(route.pattern)) {
        if (node->rest && node == node->rest.get()) fail("nothing may follow {name*}");
        std::shared_ptr<Node>* next = nullptr;
        if (!part.starts_with('{')) {
            next = &node->literal[std::string(part)];
        } else {
            const auto close = part.find('}');
            if (close == part.npos || close < 2) fail("a parameter is written {name}");
            next = part[close - 1] == '*' ? &node->rest
                                          : &node->parameter[std::string(part.substr(close + 1))];
        }
        if (!*next) *next = std::make_shared<Node>();
        node = next->get();
    }
    if (!node->routes.emplace(route.method, routes_.size()).second) fail("is there twice");
    routes_.push_back(std::move(route));
}

const Router::Node* Router::find(std::string_view path, std::vector<std::string>& values) const {
    if (!root_ || !path.starts_with('/')) return nullptr;
    std::vector<std::string> decoded;
    for (const auto part : parts_of(path)) {
        auto text = percent_decode(part, Plus::as_is);
        if (!text || !is_plain_text(*text) || *text == "." || *text == "..") return nullptr;
        decoded.push_back(std::move(*text));
    }
    return root_->find(decoded, values);
}

std::string Router::allowed(std::string_view path) const {
    std::vector<std::string> values;
    std::string out;
    const Node* node = find(path, values);
    if (!node) return out;
    for (const auto& [method, index] : node->routes) {
        if (!out.empty()) out += ", ";
        out += method_names[static_cast<int>(method)];
        if (method == Method::get) out += ", HEAD";
    }
    return out;
}

Router::Match Router::match(Method method, std::string_view path) const {
    Match match;
    std::vector<std::string> values;
    const Node* node = find(path, values);
    if (!node) return match;
    const auto found = node->routes.find(method);
    if (found == node->routes.end()) {
        match.method_mismatch = true;
        match.allow = allowed(path);
        return match;
    }
    match.route = &routes_[found->second];
    std::size_t value = 0;
    for (auto part : parts_of(match.route->pattern)) {
        if (!part.starts_with('{')) continue;
        part = part.substr(1, part.find('}') - 1);
        if (part.ends_with('*')) part.remove_suffix(1);
        match.params.emplace_back(part, std::move(values[value++]));
    }
    return match;
}

}  // namespace chilang::http
