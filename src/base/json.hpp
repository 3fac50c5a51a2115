// JSON in and out of described structs, and their OpenAPI schema.
//
// Reading collects every fault with its path ("/files/1/size"), so that a caller mends them in one
// go; an absent optional is fine, an unknown member is a fault. Writing is canonical: members in
// the order of the description, no spaces, so the same value gives the same bytes (the ledger
// hashes them). Forms: instants "2023-06-14T16:30:00+07:00" (UTC accepted), dates "2023-06-14", ids
// and hashes hex.
#pragma once

#include "base/describe.hpp"
#include "base/result.hpp"

#include <string>
#include <string_view>

namespace chilang::json {

// Throws std::out_of_range for what JSON cannot say: an infinite number, an unnamed enumerator.
void write(const Type& type, const void* value, std::string& out);

// At most 8 MB and 32 levels. Problem::field is the path (RFC 6901, "" = the whole text),
// Problem::code one of: syntax, too_large, too_deep, missing, unknown_member,
// repeated_member, wrong_type, wrong_format, out_of_range, unknown_value. `value` is partly filled
// when there are problems.
Result<Done> read(std::string_view text, const Type& type, void* value);

template <class T>
std::string write(const T& value) {
    std::string out;
    write(type_of<T>(), &value, out);
    return out;
}

template <class T>
Result<T> read(std::string_view text) {
    T value{};
    if (auto result = read(text, type_of<T>(), &value); !result) return result.problems();
    return value;
}

std::string quote(std::string_view text);

// JSON Schema (2020-12, as OpenAPI 3.1 uses it) of a described type; objects and enumerations that
// it mentions are put into `components` by name.
struct NamedSchema {
    std::string name;
    std::string schema;
    const Type* type = nullptr;
};
std::string schema(const Type& type, std::vector<NamedSchema>& components);

}  // namespace chilang::json
