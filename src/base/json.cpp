// JSON into described structs, with every fault and its path. The only file that includes
// Boost.JSON.
//
// The text is parsed to a tree within limits of size and depth, then compared with the description.
// Nothing is guessed: a number in quotes is not a number, an unknown member is a fault, and so is
// an integer that does not fit. Of a repeated member the last one counts. Messages are for the
// person who wrote the request.
#include "base/json.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>

namespace chilang::json {

namespace {

namespace bj = boost::json;

constexpr std::size_t kBytesMax = 16U << 20;
constexpr std::size_t kDepthMax = 32;
constexpr std::size_t kProblemsMax = 100;    // more help nobody and would cost memory
constexpr std::size_t kQuotedBytesMax = 60;  // of the caller's own text in a message

class Reader {
public:
    void read(const bj::value& json, const Type& type, void* value);
    Problems problems;

private:
    void read_object(const bj::object& json, const Type& type, void* value);
    void read_list(const bj::array& json, const Type& type, void* value);
    void read_integer(const bj::value& json, const Type& type, void* value);
    void read_real(const bj::value& json, double& value);
    void read_text(const bj::string& json, std::string& value);
    void read_label(const bj::string& json, const Type& type, void* value);
    template <class T>
    void parsed(std::optional<T> found, void* value, const char* wanted);
    void fault(const char* code, std::string message);
    void wrong_type(const bj::value& json, const Type& type);

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

std::string quoted(std::string_view text) {
    std::string_view part = text.substr(0, kQuotedBytesMax);
    if (part.size() < text.size())  // do not cut inside of a character
        while (!part.empty() && (static_cast<unsigned char>(text[part.size()]) & 0xc0) == 0x80)
            part.remove_suffix(1);
    return "“" + std::string(part) + (part.size() < text.size() ? "…" : "") + "”";
}

const char* kind_name(const bj::value& json) {
    switch (json.kind()) {
        case bj::kind::null:
            return "null";
        case bj::kind::bool_:
            return "giá trị đúng/sai";
        case bj::kind::int64:
        case bj::kind::uint64:
        case bj::kind::double_:
            return "số";
        case bj::kind::string:
            return "chuỗi";
        case bj::kind::array:
            return "danh sách";
        case bj::kind::object:
            return "đối tượng";
    }
    return "";
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

bool fits(const bj::value& json, Shape shape) {
    switch (shape) {
        case Shape::boolean:
            return json.is_bool();
        case Shape::integer:
            return json.is_int64() || json.is_uint64();
        case Shape::real:
            return json.is_number();
        case Shape::object:
            return json.is_object();
        case Shape::list:
            return json.is_array();
        default:
            return json.is_string();
    }
}

void Reader::fault(const char* code, std::string message) {
    if (problems.size() < kProblemsMax) problems.push_back({code, path_, std::move(message)});
}

void Reader::wrong_type(const bj::value& json, const Type& type) {
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

void Reader::read_integer(const bj::value& json, const Type& type, void* value) {
    const bool too_great = json.is_uint64();  // Boost.JSON uses it only above the 64-bit maximum
    const std::int64_t number = too_great ? 0 : json.get_int64();
    if (too_great || number < type.minimum || number > type.maximum)
        fault("out_of_range", "Số phải nằm trong khoảng từ " + std::to_string(type.minimum) +
                                  " đến " + std::to_string(type.maximum) + ".");
    else
        type.set_integer(value, number);
}

void Reader::read_real(const bj::value& json, double& value) {
    const double number = json.is_int64()    ? static_cast<double>(json.get_int64())
                          : json.is_uint64() ? static_cast<double>(json.get_uint64())
                                             : json.get_double();
    if (std::isfinite(number))
        value = number;
    else
        fault("out_of_range", "Số quá lớn.");
}

void Reader::read_text(const bj::string& json, std::string& value) {
    if (json.find('\0') != bj::string::npos)  // PostgreSQL cannot store it
        fault("wrong_format", "Chuỗi không được chứa ký tự có mã 0.");
    else
        value.assign(json.data(), json.size());
}

void Reader::read_label(const bj::string& json, const Type& type, void* value) {
    std::string known;
    for (std::size_t i = 0; i < type.labels.size(); ++i) {
        if (std::string_view(json) == type.labels[i])
            return type.set_integer(value, std::int64_t(i));
        if (i > 0) known += ", ";
        known += type.labels[i];
    }
    fault("unknown_value", "Giá trị " + quoted(json) +
                               " không có trong danh mục; hãy chọn một trong: " + known + ".");
}

void Reader::read_list(const bj::array& json, const Type& type, void* value) {
    type.resize(value, json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::size_t before = descend(path_, std::to_string(i));
        read(json[i], type.element(), type.item(value, i));
        path_.resize(before);
    }
}

void Reader::read_object(const bj::object& json, const Type& type, void* value) {
    for (const Field& field : type.fields) {
        const std::size_t before = descend(path_, field.name);
        const bj::value* member = json.if_contains(field.name);
        if (member != nullptr)
            read(*member, field.type(), field.at(value));
        else if (field.type().shape != Shape::optional)
            fault("missing", "Thiếu trường " + quoted(field.name) + "; hãy bổ sung.");
        path_.resize(before);
    }
    for (const auto& member : json) {
        const std::string_view name = member.key();
        if (std::any_of(type.fields.begin(), type.fields.end(),
                        [&](const Field& field) { return name == field.name; }))
            continue;
        const std::size_t before = descend(path_, name.substr(0, kQuotedBytesMax));
        fault("unknown_member",
              "Không có trường " + quoted(name) + " ở đây; hãy bỏ hoặc sửa lại tên.");
        path_.resize(before);
    }
}

void Reader::read(const bj::value& json, const Type& type, void* value) {
    if (type.shape == Shape::optional) {
        type.resize(value, json.is_null() ? 0 : 1);
        if (!json.is_null()) read(json, type.element(), type.item(value, 0));
        return;
    }
    if (!fits(json, type.shape)) return wrong_type(json, type);
    const auto text = [&] { return std::string_view(json.get_string()); };
    switch (type.shape) {
        case Shape::boolean:
            *static_cast<bool*>(value) = json.get_bool();
            break;
        case Shape::integer:
            read_integer(json, type, value);
            break;
        case Shape::real:
            read_real(json, *static_cast<double*>(value));
            break;
        case Shape::text:
            read_text(json.get_string(), *static_cast<std::string*>(value));
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
            read_label(json.get_string(), type, value);
            break;
        case Shape::object:
            read_object(json.get_object(), type, value);
            break;
        case Shape::list:
            read_list(json.get_array(), type, value);
            break;
        case Shape::optional:
            break;
    }
}

Problem syntax_fault(std::string_view text, std::size_t offset, const bj::error_code& error) {
    if (error == bj::error::too_deep)
        return {"too_deep", "",
                "Dữ liệu lồng nhau quá " + std::to_string(kDepthMax) + " tầng; hãy viết gọn lại."};
    const std::string_view before = text.substr(0, offset);
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
    bj::parse_options options;
    options.max_depth = kDepthMax;
    bj::stream_parser parser{bj::storage_ptr{}, options};
    bj::error_code error;
    const std::size_t used = parser.write_some(text.data(), text.size(), error);
    if (!error && used < text.size()) error = bj::error::extra_data;
    if (!error) parser.finish(error);
    if (error) return syntax_fault(text, used, error);
    Reader reader;
    reader.read(parser.release(), type, value);
    if (!reader.problems.empty()) return std::move(reader.problems);
    return Done{};
}

}  // namespace chilang::json
