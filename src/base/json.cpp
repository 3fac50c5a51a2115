// JSON into described structs, with every fault and its path.
//
// The text is parsed to a tree within limits of size and depth, then compared with the description.
// Nothing is guessed: a number in quotes is not a number; an unknown or repeated member is a fault,
// and so is an integer that does not fit. Messages are for the person who wrote the request.
#include "base/json.hpp"

#include "base/json_tree.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

namespace chilang::json {

namespace {

constexpr std::size_t kBytesMax = 8U << 20;
constexpr std::size_t kDepthMax = 32;
constexpr std::size_t kProblemsMax = 100;    // more help nobody and would cost memory
constexpr std::size_t kQuotedBytesMax = 60;  // of the caller's own text in a message

class Reader {
public:
    void read(const Tree& json, const Type& type, void* value);
    Problems problems;

private:
    void read_object(const Object& json, const Type& type, void* value);
    void read_list(const List& json, const Type& type, void* value);
    void read_integer(const Tree& json, const Type& type, void* value);
    void read_real(const Tree& json, double& value);
    void read_text(const std::string& json, std::string& value);
    void read_label(const std::string& json, const Type& type, void* value);
    template <class T>
    void parsed(std::optional<T> found, void* value, const char* wanted);
    void fault(const char* code, std::string message);
    void wrong_type(const Tree& json, const Type& type);

    std::string path_;
};

// RFC 6901: "~" and "/" inside of a name are escaped. Returns the length to cut back to.
std::size_t descend(std::string& path, std::string_view name) {
    const std::size_t before = path.size();
    path += '/';
    for (const char c : name) {
        if (c == '~')
            path += "~0";
        else if (c == '/')
            path += "~1";
        else
            path += c;
    }
    return before;
}

// The caller's own text, for a message or a path: not endless, not cut inside of a character.
std::string_view shortened(std::string_view text) {
    std::size_t end = std::min(text.size(), kQuotedBytesMax);
    while (end < text.size() && end > 0 && utf8::is_continuation(text[end])) --end;
    return text.substr(0, end);
}

std::string quoted(std::string_view text) {
    const std::string_view part = shortened(text);
    return "“" + std::string(part) + (part.size() < text.size() ? "…" : "") + "”";
}

template <class T>
bool is(const Tree& json) {
    return std::holds_alternative<T>(json.value);
}

const char* kind_name(const Tree& json) {
    if (is<Null>(json)) return "null";
    if (is<bool>(json)) return "giá trị đúng/sai";
    if (is<std::string>(json)) return "chuỗi";
    if (is<List>(json)) return "danh sách";
    if (is<Object>(json)) return "đối tượng";
    return is<double>(json) ? "số thập phân" : "số nguyên";
}

const char* shape_name(Shape shape) {
    switch (shape) {
        case Shape::boolean:
            return "true hoặc false";
        case Shape::integer:
            return "số nguyên";
        case Shape::real:
            return "số";
        case Shape::object:
            return "đối tượng";
        case Shape::list:
            return "danh sách";
        default:
            return "chuỗi";
    }
}

bool fits(const Tree& json, Shape shape) {
    const bool whole = is<std::int64_t>(json) || is<HugeInteger>(json);
    switch (shape) {
        case Shape::boolean:
            return is<bool>(json);
        case Shape::integer:
            return whole;
        case Shape::real:
            return whole || is<double>(json);
        case Shape::object:
            return is<Object>(json);
        case Shape::list:
            return is<List>(json);
        default:
            return is<std::string>(json);
    }
}

void Reader::fault(const char* code, std::string message) {
    if (problems.size() < kProblemsMax) problems.push_back({code, path_, std::move(message)});
}

void Reader::wrong_type(const Tree& json, const Type& type) {
    fault("wrong_type",
          std::string("Cần ") + shape_name(type.shape) + ", không nhận " + kind_name(json) + ".");
}

template <class T>
void Reader::parsed(std::optional<T> found, void* value, const char* wanted) {
    if (found)
        *static_cast<T*>(value) = *found;
    else
        fault("wrong_format", std::string("Giá trị không đúng dạng; hãy ghi ") + wanted + ".");
}

void Reader::read_integer(const Tree& json, const Type& type, void* value) {
    const auto* number = std::get_if<std::int64_t>(&json.value);
    if (number == nullptr || *number < type.minimum || *number > type.maximum)
        fault("out_of_range", "Số phải nằm trong khoảng từ " + std::to_string(type.minimum) +
                                  " đến " + std::to_string(type.maximum) + ".");
    else
        type.set_integer(value, *number);
}

void Reader::read_real(const Tree& json, double& value) {
    double number = 0;
    if (const auto* whole = std::get_if<std::int64_t>(&json.value))
        number = static_cast<double>(*whole);
    else if (const auto* huge = std::get_if<HugeInteger>(&json.value))
        number = huge->nearest;
    else
        number = std::get<double>(json.value);
    if (std::isfinite(number))
        value = number;
    else
        fault("out_of_range", "Số quá lớn.");
}

void Reader::read_text(const std::string& json, std::string& value) {
    if (json.find('\0') != json.npos)  // PostgreSQL cannot store it
        fault("wrong_format", "Chuỗi không được chứa ký tự có mã 0.");
    else
        value = json;
}

void Reader::read_label(const std::string& json, const Type& type, void* value) {
    std::string known;
    for (std::size_t i = 0; i < type.labels.size(); ++i) {
        if (json == type.labels[i]) return type.set_integer(value, std::int64_t(i));
        if (i > 0) known += ", ";
        known += type.labels[i];
    }
    fault("unknown_value", "Giá trị " + quoted(json) +
                               " không có trong danh mục; hãy chọn một trong: " + known + ".");
}

void Reader::read_list(const List& json, const Type& type, void* value) {
    type.resize(value, json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::size_t before = descend(path_, std::to_string(i));
        read(json[i], type.element(), type.item(value, i));
        path_.resize(before);
    }
}

void Reader::read_object(const Object& json, const Type& type, void* value) {
    for (const Field& field : type.fields) {
        const auto named = [&](const Member& member) { return member.name == field.name; };
        const std::size_t before = descend(path_, field.name);
        const auto member = std::find_if(json.begin(), json.end(), named);
        if (member == json.end()) {
            if (field.type().shape != Shape::optional)
                fault("missing", "Thiếu trường " + quoted(field.name) + "; hãy bổ sung.");
        } else {
            read(member->value, field.type(), field.at(value));
            if (std::any_of(member + 1, json.end(), named))
                fault("repeated_member",
                      "Trường " + quoted(field.name) + " có nhiều lần; chỉ giữ một.");
        }
        path_.resize(before);
    }
    for (const auto& [name, member] : json) {
        if (std::any_of(type.fields.begin(), type.fields.end(),
                        [&name = name](const Field& field) { return name == field.name; }))
            continue;
        const std::size_t before = descend(path_, shortened(name));
        fault("unknown_member",
              "Không có trường " + quoted(name) + " ở đây; hãy bỏ hoặc sửa lại tên.");
        path_.resize(before);
    }
}

void Reader::read(const Tree& json, const Type& type, void* value) {
    if (type.shape == Shape::optional) {
        type.resize(value, is<Null>(json) ? 0 : 1);
        if (!is<Null>(json)) read(json, type.element(), type.item(value, 0));
        return;
    }
    if (!fits(json, type.shape)) return wrong_type(json, type);
    const auto text = [&]() -> const std::string& { return std::get<std::string>(json.value); };
    switch (type.shape) {
        case Shape::boolean:
            *static_cast<bool*>(value) = std::get<bool>(json.value);
            break;
        case Shape::integer:
            read_integer(json, type, value);
            break;
        case Shape::real:
            read_real(json, *static_cast<double*>(value));
            break;
        case Shape::text:
            read_text(text(), *static_cast<std::string*>(value));
            break;
        case Shape::instant:
            parsed(parse_instant(text()), value, "thời điểm như 2023-06-14T16:30:00+07:00");
            break;
        case Shape::date:
            parsed(parse_date(text()), value, "ngày như 2023-06-14");
            break;
        case Shape::id:
            parsed(parse_id(text()), value, "mã như 0190163d-8694-739b-aea5-966c26f8ad91");
            break;
        case Shape::hash:
            parsed(parse_hash(text()), value, "64 chữ số hệ mười sáu");
            break;
        case Shape::enumeration:
            read_label(text(), type, value);
            break;
        case Shape::object:
            read_object(std::get<Object>(json.value), type, value);
            break;
        case Shape::list:
            read_list(std::get<List>(json.value), type, value);
            break;
        case Shape::optional:
            break;
    }
}

Problem syntax_fault(std::string_view text, const SyntaxError& error) {
    if (error.too_deep)
        return {"too_deep", "",
                "Dữ liệu lồng nhau quá " + std::to_string(kDepthMax) + " tầng; hãy viết gọn lại."};
    const std::string_view before = text.substr(0, error.offset);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto line_start = before.rfind('\n');
    const auto column = before.size() - (line_start == before.npos ? 0 : line_start + 1) + 1;
    return {"syntax", "",
            "Không đọc được JSON: sai cú pháp ở dòng " + std::to_string(line) + ", byte thứ " +
                std::to_string(column) + "."};
}

}  // namespace

Result<Done> read(std::string_view text, const Type& type, void* value) {
    if (text.size() > kBytesMax)
        return Problem{"too_large", "",
                       "Dữ liệu lớn quá " + std::to_string(kBytesMax >> 20) + " MB."};
    const auto parsed = parse(text, kDepthMax);
    if (const auto* error = std::get_if<SyntaxError>(&parsed)) return syntax_fault(text, *error);
    Reader reader;
    reader.read(std::get<Tree>(parsed), type, value);
    if (!reader.problems.empty()) return std::move(reader.problems);
    return Done{};
}

}  // namespace chilang::json
