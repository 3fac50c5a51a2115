// One parsed template: a flat program of literal text, variables and sections.
//
// Why our own and not a library's Mustache: measured on a page of thirty form fields, the packaged
// one needs a copy of all data into its own maps and cannot tell a missing variable (README has the
// figures). This one reads View directly, never allocates but for the output, and is const.
#pragma once

#include "html/html.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::html {

class Template {
public:
    // `partial` gives the text of {{> name}}; it throws std::logic_error for an unknown one.
    using Partial = std::function<std::string(std::string_view name)>;
    enum class Raw { refused, allowed };
    // Throws std::logic_error naming the template for unclosed tags, crossed sections, {{{raw}}}.
    Template(std::string name, std::string_view text, const Partial& partial, Raw raw);

    enum class Missing { empty, error };
    // Appends to `out`. Names that `data` lack are looked up in `outer`.
    void render(const View& data, Missing missing, std::string& out,
                const View* outer = nullptr) const;

private:
    enum class Op : std::uint8_t { literal, variable, raw, section, inverted };
    struct Node {
        Op op;
        bool local = false;            // {{.x}}: only the nearest object
        std::uint32_t end = 0;         // section: index after its last node
        std::string text;              // literal, or the name as written
        std::vector<View::Name> path;  // a.b -> {a, b}; {{.}} -> {}
    };
    struct Parser;
    struct Renderer;

    std::string name_;
    std::vector<Node> nodes_;
};

// Appends `input` with & < > " ' as references: safe in text and in quoted attributes.
void escape(std::string_view input, std::string& out);

}  // namespace chilang::html
