// Parsing and rendering of templates. Partials are pasted while parsing, so that a recursion of
// partials is a fault of the program's start and rendering knows only one flat list of nodes.
#include "html/template.hpp"

#include <array>
#include <cstring>
#include <stdexcept>

namespace chilang::html {

namespace {

// For each byte whether escape() may copy it as it is; most of a page is such bytes.
constexpr std::array<bool, 256> plain = [] {
    std::array<bool, 256> table{};
    table.fill(true);
    for (const char c : {'&', '<', '>', '"', '\''}) table[static_cast<unsigned char>(c)] = false;
    return table;
}();

// The same for eight bytes at once; `none_is` asks whether no byte of a word is zero.
bool eight_plain(const char* bytes) {
    constexpr std::uint64_t each = 0x0101010101010101u, high = 0x8080808080808080u;
    const auto none_is = [](std::uint64_t word) { return ((word - each) & ~word & high) == 0; };
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    return none_is((word & each * 0xFB) ^ each * '"') &&  // " and &, which differ in one bit
           none_is((word & each * 0xFD) ^ each * '<') &&  // < and >, likewise
           none_is(word ^ each * '\'');
}

std::string_view reference(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        default:
            return "&#39;";
    }
}

}  // namespace

void escape(std::string_view input, std::string& out) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < input.size(); ++i) {
        while (i + 8 <= input.size() && eight_plain(input.data() + i)) i += 8;
        if (i == input.size()) break;
        if (plain[static_cast<unsigned char>(input[i])]) continue;
        out.append(input, from, i - from);
        out += reference(input[i]);
        from = i + 1;
    }
    out.append(input, from);
}

struct Template::Parser {
    Template& self;
    const Partial& partial;
    Raw raw;
    std::vector<std::size_t> open{};  // indexes of sections not closed yet
    int depth = 0;

    [[noreturn]] void fail(const std::string& what) const {
        throw std::logic_error("template " + self.name_ + ": " + what);
    }

    void literal(std::string_view text) {
        if (text.empty()) return;
        auto& nodes = self.nodes_;
        // Joining neighbours is only right when no section begins or ends between them.
        if (!nodes.empty() && nodes.back().op == Op::literal && boundary != nodes.size()) {
            nodes.back().text += text;
            return;
        }
        nodes.push_back({.op = Op::literal, .text = std::string(text)});
    }
    std::size_t boundary = 0;  // nodes_.size() at the last end of a section

    static std::string_view trim(std::string_view text) {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\n'))
            text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
        return text;
    }

    Node named(Op op, std::string_view name) const {
        if (name.empty()) fail("a tag without a name");
        Node node{.op = op, .text = std::string(name)};
        if (name == ".") return node;
        if (name.front() == '.') {
            node.local = true;
            name.remove_prefix(1);
        }
        for (std::size_t at = 0; at <= name.size();) {
            const auto dot = std::min(name.find('.', at), name.size());
            if (dot == at) fail("bad name {{" + node.text + "}}");
            node.path.emplace_back(name.substr(at, dot - at));
            at = dot + 1;
        }
        return node;
    }

    void close(std::string_view name) {
        if (open.empty()) fail("{{/" + std::string(name) + "}} closes nothing");
        Node& section = self.nodes_[open.back()];
        if (section.text != name)
            fail("{{/" + std::string(name) + "}} closes {{#" + section.text + "}}");
        section.end = static_cast<std::uint32_t>(self.nodes_.size());
        open.pop_back();
        boundary = self.nodes_.size();
    }

    void tag(std::string_view inner) {
        const char sign = inner.empty() ? ' ' : inner.front();
        const std::string_view rest = trim(inner.substr(inner.empty() ? 0 : 1));
        switch (sign) {
            case '!':
                return;
            case '#':
            case '^':
                open.push_back(self.nodes_.size());
                self.nodes_.push_back(named(sign == '#' ? Op::section : Op::inverted, rest));
                boundary = self.nodes_.size();
                return;
            case '/':
                return close(rest);
            case '>': {
                if (++depth > 16) fail("partials paste each other without end");
                const std::string text = partial(rest);
                parse(text);
                --depth;
                return;
            }
            case '&':
            case '=':
                fail("{{" + std::string(1, sign) + "…}} is not part of the language");
            default:
                self.nodes_.push_back(named(Op::variable, trim(inner)));
        }
    }

    void parse(std::string_view text) {
        while (!text.empty()) {
            const auto begin = text.find("{{");
            literal(text.substr(0, begin));
            if (begin == text.npos) return;
            text.remove_prefix(begin + 2);
            const bool triple = text.starts_with('{');
            const auto end = text.find(triple ? "}}}" : "}}");
            if (end == text.npos) fail("a tag is not closed");
            if (triple) {
                if (raw == Raw::refused) fail("{{{raw}}} is refused outside kit/layout");
                self.nodes_.push_back(named(Op::raw, trim(text.substr(1, end - 1))));
            } else {
                tag(trim(text.substr(0, end)));
            }
            text.remove_prefix(end + (triple ? 3 : 2));
        }
    }
};

Template::Template(std::string name, std::string_view text, const Partial& partial, Raw raw)
    : name_(std::move(name)) {
    Parser parser{*this, partial, raw};
    parser.parse(text);
    if (!parser.open.empty())
        parser.fail("{{#" + nodes_[parser.open.back()].text + "}} is not closed");
}

struct Template::Renderer {
    const Template& self;
    Missing missing;
    std::string& out;
    std::vector<const View*> stack{};

    const View* lookup(const Node& node) const {
        if (node.path.empty()) return stack.back();
        for (auto it = stack.rbegin(); it != stack.rend(); ++it) {
            if ((*it)->kind() != View::Kind::object) continue;
            // Only the first name decides where to look: {{a.b}} of the nearest `a`.
            const View* found = (*it)->find(node.path.front());
            for (std::size_t i = 1; found && i < node.path.size(); ++i) {
                found = found->find(node.path[i]);
                if (!found) return nullptr;
            }
            if (found || node.local) return found;
        }
        return nullptr;
    }

    void variable(const Node& node) {
        const View* value = lookup(node);
        if (!value) {
            if (missing == Missing::error)
                throw std::logic_error("template " + self.name_ + ": no data for {{" + node.text +
                                       "}}");
            return;
        }
        if (value->kind() == View::Kind::text && node.op == Op::variable)
            escape(value->text(), out);
        else
            out += value->text();  // safe; nothing for truth, list, object
    }

    void section(const Node& node, std::size_t first) {
        const View* value = lookup(node);
        if (!value || value->empty()) return;
        if (value->kind() == View::Kind::list) {
            for (const View& item : value->items()) within(item, first, node.end);
        } else if (value->kind() == View::Kind::truth) {
            run(first, node.end);
        } else {
            within(*value, first, node.end);
        }
    }

    void within(const View& value, std::size_t first, std::size_t end) {
        stack.push_back(&value);
        run(first, end);
        stack.pop_back();
    }

    void run(std::size_t at, std::size_t end) {
        while (at < end) {
            const Node& node = self.nodes_[at];
            switch (node.op) {
                case Op::literal:
                    out += node.text;
                    break;
                case Op::variable:
                case Op::raw:
                    variable(node);
                    break;
                case Op::section:
                    section(node, at + 1);
                    break;
                case Op::inverted:
                    if (const View* value = lookup(node); !value || value->empty())
                        run(at + 1, node.end);
                    break;
            }
            at = node.end ? node.end : at + 1;
        }
    }
};

void Template::render(const View& data, Missing missing, std::string& out,
                      const View* outer) const {
    Renderer renderer{*this, missing, out};
    renderer.stack.reserve(16);
    if (outer) renderer.stack.push_back(outer);
    renderer.stack.push_back(&data);
    renderer.run(0, nodes_.size());
}

}  // namespace chilang::html
