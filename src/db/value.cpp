// Parameters and values: between the types of the platform and PostgreSQL's text form.
//
// Text everywhere: the binary form measured no faster and ties the code to PostgreSQL's insides.
// Numbers are printed with the shortest digits that read back equal, instants with microseconds.
#include "db/db.hpp"

#include <charconv>
#include <stdexcept>

namespace chilang::db {

namespace {

std::string bytea(std::string_view raw) {
    return "\\x" + to_hex(raw);
}

template <class T, class Print>
std::string array(const std::vector<T>& values, Print print) {
    std::string out = "{";
    for (const T& value : values) {
        if (out.size() > 1) out += ',';
        print(out, value);
    }
    return out += '}';
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

[[noreturn]] void unreadable(const char* wanted) {
    throw std::logic_error(std::string("a column does not hold ") + wanted);
}

template <class T>
T number(const Value& value, const char* wanted) {
    T result{};
    const std::string_view text = value.text();
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), result);
    if (fault != std::errc{} || end != text.data() + text.size()) unreadable(wanted);
    return result;
}

}  // namespace

Param::Param(double value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    text_.emplace(digits, end);
}
Param::Param(Instant value) : text_(to_iso(value)) {}
Param::Param(Date value) : text_(to_iso(value)) {}
Param::Param(const Id& value) : text_(to_string(value)) {}
Param::Param(const Hash& value) : text_(bytea(view(value))) {}
Param::Param(const std::vector<std::string>& values)
    : text_(array(values, [](std::string& out, const std::string& v) { append_quoted(out, v); })) {}
Param::Param(const std::vector<std::int64_t>& values)
    : text_(array(values, [](std::string& out, std::int64_t v) { out += std::to_string(v); })) {}
Param::Param(const std::vector<Id>& values)
    : text_(array(values, [](std::string& out, const Id& v) { out += to_string(v); })) {}
Param Param::bytes(std::string_view raw) {
    return Param(bytea(raw));
}

std::int64_t Value::integer() const {
    return number<std::int64_t>(*this, "an integer");
}
double Value::real() const {
    return number<double>(*this, "a number");
}

bool Value::boolean() const {
    if (text() != "t" && text() != "f") unreadable("a boolean");
    return text() == "t";
}

Instant Value::instant() const {
    const auto instant = parse_instant(text());
    if (!instant) unreadable("an instant");
    return *instant;
}

Date Value::date() const {
    const auto date = parse_date(text());
    if (!date) unreadable("a date");
    return *date;
}

Id Value::id() const {
    const auto id = parse_id(text());
    if (!id) unreadable("an id");
    return *id;
}

Hash Value::hash() const {
    const std::string_view hex = text();
    const auto hash = hex.starts_with("\\x") ? parse_hash(hex.substr(2)) : std::nullopt;
    if (!hash) unreadable("a hash of 32 bytes");
    return *hash;
}

std::string Value::bytes() const {
    const std::string_view hex = text();
    auto bytes = hex.starts_with("\\x") ? from_hex(hex.substr(2)) : std::nullopt;
    if (!bytes) unreadable("bytes");
    return std::move(*bytes);
}

}  // namespace chilang::db
