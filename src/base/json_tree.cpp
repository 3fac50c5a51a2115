// Builds the tree from Boost.JSON's events; the only file that includes it.
//
// Boost.JSON's own values are not used: version 1.81 rounds some decimals to a neighbouring double
// (0.0141659), and of a repeated member it silently keeps the last. Here each number is read from
// its characters by std::from_chars, which is exact.
#include "base/json_tree.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <charconv>
#include <limits>
#include <utility>

namespace chilang::json {

namespace {

namespace bj = boost::json;
using Error = bj::error_code;
using View = bj::string_view;

struct Open {
    Tree tree;
    std::string name;  // of the member that is being read
};

// Returning false would stop the parser with an error of ours; the limits of size are json.cpp's.
struct Builder {
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    Tree root;
    std::vector<Open> open;
    std::string text;  // parts of the string, name or number that is being read

    bool put(Tree tree) {
        if (open.empty()) {
            root = std::move(tree);
        } else if (auto* object = std::get_if<Object>(&open.back().tree.value)) {
            object->push_back({std::move(open.back().name), std::move(tree)});
        } else {
            std::get<List>(open.back().tree.value).push_back(std::move(tree));
        }
        return true;
    }
    bool close() {
        Tree done = std::move(open.back().tree);
        open.pop_back();
        return put(std::move(done));
    }
    std::string take() { return std::exchange(text, {}); }
    bool add(View part) {
        text.append(part.data(), part.size());
        return true;
    }

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&) {
        open.push_back({Tree{Object{}}, {}});
        return true;
    }
    bool on_object_end(std::size_t, Error&) { return close(); }
    bool on_array_begin(Error&) {
        open.push_back({Tree{List{}}, {}});
        return true;
    }
    bool on_array_end(std::size_t, Error&) { return close(); }
    bool on_key_part(View part, std::size_t, Error&) { return add(part); }
    bool on_key(View part, std::size_t, Error&) {
        add(part);
        open.back().name = take();
        return true;
    }
    bool on_string_part(View part, std::size_t, Error&) { return add(part); }
    bool on_string(View part, std::size_t, Error&) {
        add(part);
        return put({take()});
    }
    bool on_number_part(View part, Error&) { return add(part); }
    bool on_int64(std::int64_t number, View, Error&) {
        text.clear();
        return put({number});
    }
    bool on_uint64(std::uint64_t number, View, Error&) {
        text.clear();
        return put({HugeInteger{static_cast<double>(number)}});
    }
    bool on_double(double rounded, View part, Error&) {
        add(part);
        const std::string digits = take();
        double exact = 0;
        // What is too small or too great for a double stays what Boost.JSON made of it: 0 or
        // infinite.
        if (std::from_chars(digits.data(), digits.data() + digits.size(), exact).ec != std::errc{})
            exact = rounded;
        if (digits.find_first_of(".eE") == digits.npos) return put({HugeInteger{exact}});
        return put({exact});
    }
    bool on_bool(bool value, Error&) { return put({value}); }
    bool on_null(Error&) { return put({Null{}}); }
    bool on_comment_part(View, Error&) { return true; }
    bool on_comment(View, Error&) { return true; }
};

}  // namespace

std::variant<Tree, SyntaxError> parse(std::string_view text, std::size_t depth_max) {
    bj::parse_options options;
    options.max_depth = depth_max;
    bj::basic_parser<Builder> parser{options};
    Error error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (error || used < text.size()) return SyntaxError{used, error == bj::error::too_deep};
    return std::move(parser.handler().root);
}

}  // namespace chilang::json
