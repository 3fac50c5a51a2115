// Rows: what a statement answered, and their way into described structs.
//
// The mapping of columns to members is made once for an answer and kept; one function, driven by
// the type's table, reads every kind of member. Objects come from jsonb by the same reader that the
// API uses, so a struct has one form only.
#include "db/db.hpp"

#include "base/json.hpp"

#include <libpq-fe.h>

#include <stdexcept>

namespace chilang::db {

namespace {

PGresult* raw(void* result) {
    return static_cast<PGresult*>(result);
}

[[noreturn]] void out_of_step(std::string_view column, const std::string& why) {
    throw std::logic_error("column " + std::string(column) + ": " + why);
}

void read_value(std::string_view column, Value value, const Type& type, void* object);

// An array in PostgreSQL's text form: {a,"b, \"c\"",NULL}.
std::vector<std::optional<std::string>> array_items(std::string_view column,
                                                    std::string_view text) {
    std::vector<std::optional<std::string>> items;
    std::size_t i = 1;
    while (i < text.size() && text[i] != '}') {
        std::string item;
        const bool quoted = text[i] == '"';
        if (quoted) ++i;
        while (i < text.size() && (quoted ? text[i] != '"' : text[i] != ',' && text[i] != '}')) {
            if (text[i] == '\\') ++i;
            if (!quoted && text[i] == '{') out_of_step(column, "arrays of arrays are not read");
            item += text[i++];
        }
        if (quoted) ++i;
        if (!quoted && item == "NULL")
            items.emplace_back(std::nullopt);
        else
            items.emplace_back(std::move(item));
        if (i < text.size() && text[i] == ',') ++i;
    }
    return items;
}

void read_json(std::string_view column, std::string_view text, const Type& type, void* object) {
    const auto result = json::read(text, type, object);
    if (result) return;
    const Problem& first = result.problems().front();
    out_of_step(column, "JSON does not fit at '" + first.field + "': " + first.message);
}

void read_list(std::string_view column, std::string_view text, const Type& type, void* object) {
    if (!text.starts_with('{')) return read_json(column, text, type, object);
    const auto items = array_items(column, text);
    type.resize(object, items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        read_value(column, Value(items[i]), type.element(), type.item(object, i));
}

void read_enumeration(std::string_view column, std::string_view text, const Type& type,
                      void* object) {
    for (std::size_t i = 0; i < type.labels.size(); ++i)
        if (text == type.labels[i]) return type.set_integer(object, static_cast<std::int64_t>(i));
    out_of_step(column, "'" + std::string(text) + "' is no " + type.name);
}

void read_value(std::string_view column, Value value, const Type& type, void* object) {
    if (type.shape == Shape::optional) {
        type.resize(object, value.is_null() ? 0 : 1);
        if (!value.is_null()) read_value(column, value, type.element(), type.item(object, 0));
        return;
    }
    if (value.is_null()) out_of_step(column, "NULL for a member that is not optional");
    switch (type.shape) {
        case Shape::boolean:
            *static_cast<bool*>(object) = value.boolean();
            return;
        case Shape::integer: {
            const std::int64_t number = value.integer();
            type.set_integer(object, number);
            if (type.get_integer(object) != number) out_of_step(column, "number too large");
            return;
        }
        case Shape::real:
            *static_cast<double*>(object) = value.real();
            return;
        case Shape::text:
            *static_cast<std::string*>(object) = value.text();
            return;
        case Shape::instant:
            *static_cast<Instant*>(object) = value.instant();
            return;
        case Shape::date:
            *static_cast<Date*>(object) = value.date();
            return;
        case Shape::id:
            *static_cast<Id*>(object) = value.id();
            return;
        case Shape::hash:
            *static_cast<Hash*>(object) = value.hash();
            return;
        case Shape::enumeration:
            return read_enumeration(column, value.text(), type, object);
        case Shape::object:
            return read_json(column, value.text(), type, object);
        case Shape::list:
            return read_list(column, value.text(), type, object);
        case Shape::optional:
            return;
    }
}

}  // namespace

Rows::Rows(void* pg_result) : result_(pg_result) {}
Rows::Rows(Rows&& other) noexcept
    : result_(std::exchange(other.result_, nullptr)),
      mapped_(other.mapped_),
      columns_(std::move(other.columns_)) {}
Rows& Rows::operator=(Rows&& other) noexcept {
    std::swap(result_, other.result_);
    std::swap(mapped_, other.mapped_);
    std::swap(columns_, other.columns_);
    return *this;
}
Rows::~Rows() {
    PQclear(raw(result_));
}

std::size_t Rows::size() const {
    return static_cast<std::size_t>(PQntuples(raw(result_)));
}
std::size_t Rows::columns() const {
    return static_cast<std::size_t>(PQnfields(raw(result_)));
}

std::size_t Rows::affected() const {
    const char* count = PQcmdTuples(raw(result_));
    return *count ? std::stoull(count) : 0;
}

std::string_view Rows::column_name(std::size_t column) const {
    const char* name = PQfname(raw(result_), static_cast<int>(column));
    if (!name) throw std::logic_error("no column number " + std::to_string(column));
    return name;
}

Value Rows::at(std::size_t row, std::size_t column) const {
    if (row >= size() || column >= columns())
        throw std::logic_error("no row " + std::to_string(row) + ", column " +
                               std::to_string(column));
    const int r = static_cast<int>(row), c = static_cast<int>(column);
    if (PQgetisnull(raw(result_), r, c)) return Value(std::nullopt);
    return Value(std::string_view(PQgetvalue(raw(result_), r, c),
                                  static_cast<std::size_t>(PQgetlength(raw(result_), r, c))));
}

Value Rows::at(std::size_t row, std::string_view column) const {
    for (std::size_t c = 0; c < columns(); ++c)
        if (column_name(c) == column) return at(row, c);
    throw std::logic_error("no column " + std::string(column));
}

void Rows::map_columns(const Type& type) const {
    std::vector<bool> used(columns());
    columns_.clear();
    for (const Field& field : type.fields) {
        std::size_t c = 0;
        while (c < columns() && column_name(c) != field.name) ++c;
        if (c == columns())
            throw std::logic_error(std::string(type.name) + "." + field.name + " has no column");
        used[c] = true;
        columns_.push_back(c);
    }
    for (std::size_t c = 0; c < columns(); ++c)
        if (!used[c]) out_of_step(column_name(c), std::string("no member of ") + type.name);
    mapped_ = &type;
}

void Rows::read(std::size_t row, const Type& type, void* object) const {
    if (type.shape != Shape::object) {
        if (columns() != 1) throw std::logic_error("a plain value is read from one column");
        return read_value(column_name(0), at(row, 0), type, object);
    }
    if (mapped_ != &type) map_columns(type);
    for (std::size_t i = 0; i < columns_.size(); ++i)
        read_value(type.fields[i].name, at(row, columns_[i]), type.fields[i].type(),
                   type.fields[i].at(object));
}

}  // namespace chilang::db
