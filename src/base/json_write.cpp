// JSON out of described structs: canonical, so that the same value gives the same bytes.
//
// Members stand in the order of the description, without spaces; an optional member without a value
// is left out; numbers take their shortest form that reads back equal, whatever the locale. The
// ledger hashes these bytes: a change here changes hashes.
#include "base/json.hpp"

#include "base/utf8.hpp"

#include <charconv>
#include <cmath>
#include <stdexcept>

namespace chilang::json {

namespace {

template <class Number>
void append_number(std::string& out, Number value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

// Bytes that are not UTF-8 become U+FFFD: what is written is always JSON.
void append_text(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x80) {
            const utf8::CodePoint point = utf8::decode(text, i);
            out += point.valid ? text.substr(i, point.size) : std::string_view("\ufffd");
            i += point.size;
            continue;
        }
        ++i;
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            out += static_cast<char>(byte);
            continue;
        }
        out += '\\';
        switch (byte) {
            case '"':
            case '\\':
                out += static_cast<char>(byte);
                break;
            case '\b':
                out += 'b';
                break;
            case '\f':
                out += 'f';
                break;
            case '\n':
                out += 'n';
                break;
            case '\r':
                out += 'r';
                break;
            case '\t':
                out += 't';
                break;
            default:
                out += "u00";
                out += digits[byte >> 4];
                out += digits[byte & 15];
        }
    }
    out += '"';
}

void append_ascii(std::string& out, std::string_view text) {
    out += '"';
    out += text;
    out += '"';
}

template <class T>
const T& as(const void* value) {
    return *static_cast<const T*>(value);
}

// The accessors of the tables serve reading too and take a plain pointer; nothing is changed here.
void* open(const void* value) {
    return const_cast<void*>(value);
}

void write_object(const Type& type, const void* value, std::string& out) {
    out += '{';
    bool first = true;
    for (const Field& field : type.fields) {
        const Type& member = field.type();
        const void* item = field.at(open(value));
        if (member.shape == Shape::optional && member.size(item) == 0) continue;
        if (!first) out += ',';
        first = false;
        append_ascii(out, field.name);
        out += ':';
        write(member, item, out);
    }
    out += '}';
}

void write_list(const Type& type, const void* value, std::string& out) {
    out += '[';
    const std::size_t count = type.size(value);
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += ',';
        write(type.element(), type.item(open(value), i), out);
    }
    out += ']';
}

void write_label(const Type& type, const void* value, std::string& out) {
    const auto index = static_cast<std::uint64_t>(type.get_integer(value));
    if (index >= type.labels.size())
        throw std::out_of_range(std::string("no enumerator ") + std::to_string(index) + " in " +
                                type.name);
    append_ascii(out, type.labels[index]);
}

}  // namespace

void write(const Type& type, const void* value, std::string& out) {
    switch (type.shape) {
        case Shape::boolean:
            out += as<bool>(value) ? "true" : "false";
            break;
        case Shape::integer:
            append_number(out, type.get_integer(value));
            break;
        case Shape::real:
            if (!std::isfinite(as<double>(value)))
                throw std::out_of_range("JSON has no infinite number");
            append_number(out, as<double>(value));
            break;
        case Shape::text:
            append_text(out, as<std::string>(value));
            break;
        case Shape::instant:
            append_ascii(out, to_iso(as<Instant>(value)));
            break;
        case Shape::date:
            append_ascii(out, to_iso(as<Date>(value)));
            break;
        case Shape::id:
            append_ascii(out, to_string(as<Id>(value)));
            break;
        case Shape::hash:
            append_ascii(out, to_hex(view(as<Hash>(value))));
            break;
        case Shape::enumeration:
            write_label(type, value, out);
            break;
        case Shape::object:
            write_object(type, value, out);
            break;
        case Shape::list:
            write_list(type, value, out);
            break;
        case Shape::optional:
            if (type.size(value) == 0)
                out += "null";
            else
                write(type.element(), type.item(open(value), 0), out);
            break;
    }
}

std::string quote(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    append_text(out, text);
    return out;
}

}  // namespace chilang::json
