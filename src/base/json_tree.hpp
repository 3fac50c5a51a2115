// A JSON text as a tree, exactly as it was written: numbers keep their full precision, members keep
// their order and their repetitions. Only json.cpp uses it; others read into described structs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chilang::json {

struct Tree;
struct Member;
struct Null {};
struct HugeInteger {  // written as an integer, but outside of 64 bits
    double nearest;
};
using List = std::vector<Tree>;
using Object = std::vector<Member>;

struct Tree {
    std::variant<Null, bool, std::int64_t, HugeInteger, double, std::string, List, Object> value;
};

struct Member {
    std::string name;
    Tree value;
};

struct SyntaxError {
    std::size_t offset;  // in bytes
    bool too_deep;
};

std::variant<Tree, SyntaxError> parse(std::string_view text, std::size_t depth_max);

}  // namespace chilang::json
