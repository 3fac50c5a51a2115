// multipart/form-data: forms with files. The body is in memory (the route's limit bounds it).
#include "http/form.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace chilang::http {

namespace {

// The parameter `name` of a header value such as `form-data; name="a"; filename="b.pdf"`.
// Browsers write " as %22 and line ends as %0D%0A in names; we keep them as they are.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
    std::size_t at = header.find(';');
    while (at != header.npos && at < header.size()) {
        std::string_view rest = header.substr(at + 1);
        const auto equals = rest.find('=');
        if (equals == rest.npos) return std::nullopt;
        const std::string key = lower(text::trim(rest.substr(0, equals)));
        std::string_view value = rest.substr(equals + 1);
        std::string read;
        std::size_t used = 0;
        if (!value.empty() && value.front() == '"') {
            for (used = 1; used < value.size() && value[used] != '"'; ++used) {
                if (value[used] == '\\' && used + 1 < value.size() &&
                    (value[used + 1] == '"' || value[used + 1] == '\\'))
                    ++used;
                read += value[used];
            }
            if (used >= value.size()) return std::nullopt;  // the quote never closes
            ++used;
        } else {
            used = std::min(value.find(';'), value.size());
            read = text::trim(value.substr(0, used));
        }
        if (key == name) return read;
        at = header.find(';', at + 1 + equals + 1 + used);
    }
    return std::nullopt;
}

struct PartHead {
    std::string disposition, type;
};

// Reads the header lines of one part, up to and with the empty line; the bytes used, or npos.
std::size_t read_head(std::string_view part, PartHead& head) {
    constexpr std::size_t head_max = 4096;
    std::size_t at = 0;
    for (;;) {
        const auto end = part.substr(0, head_max).find("\r\n", at);
        if (end == part.npos) return part.npos;
        if (end == at) return at + 2;
        const std::string_view line = part.substr(at, end - at);
        const auto colon = line.find(':');
        if (colon == line.npos) return part.npos;
        const std::string name = lower(line.substr(0, colon));
        const std::string value(text::trim(line.substr(colon + 1)));
        if (name == "content-disposition") head.disposition = value;
        if (name == "content-type") head.type = value;
        at = end + 2;
    }
}

// Some browsers send a whole path: only what follows the last slash is a name.
std::string base_name(std::string name) {
    const auto slash = name.find_last_of("/\\");
    return slash == name.npos ? name : name.substr(slash + 1);
}

FormFault take_part(std::string_view part, const FormLimits& limits, Pairs& fields,
                    std::vector<Upload>& uploads) {
    PartHead head;
    const std::size_t used = read_head(part, head);
    if (used == part.npos) return FormFault::malformed;
    const std::string_view bytes = part.substr(used);
    if (!lower(head.disposition).starts_with("form-data")) return FormFault::malformed;
    const auto name = parameter(head.disposition, "name");
    if (!name || name->size() > limits.name_max) return FormFault::malformed;
    if (!is_plain_text(*name)) return FormFault::not_utf8;

    if (auto filename = parameter(head.disposition, "filename")) {
        if (!is_plain_text(*filename) || !is_plain_text(head.type)) return FormFault::not_utf8;
        // A file box left empty is sent as a part without name and bytes.
        if (filename->empty() && bytes.empty()) return FormFault::none;
        if (uploads.size() >= limits.uploads_max) return FormFault::too_many;
        uploads.push_back({*name, base_name(std::move(*filename)), head.type, std::string(bytes)});
        return FormFault::none;
    }
    if (fields.size() >= limits.fields_max || bytes.size() > limits.value_max)
        return FormFault::too_many;
    if (!is_plain_text(bytes)) return FormFault::not_utf8;
    fields.emplace_back(*name, std::string(bytes));
    return FormFault::none;
}

}  // namespace

FormFault parse_multipart(std::string_view body, std::string_view content_type,
                          const FormLimits& limits, Pairs& fields, std::vector<Upload>& uploads) {
    const auto boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70) return FormFault::malformed;
    const std::string first = "--" + *boundary, next = "\r\n--" + *boundary;
    if (!body.starts_with(first)) return FormFault::malformed;
    body.remove_prefix(first.size());
    for (;;) {
        if (body.starts_with("--")) return FormFault::none;  // the last boundary
        if (!body.starts_with("\r\n")) return FormFault::malformed;
        body.remove_prefix(2);
        const auto end = body.find(next);
        if (end == body.npos) return FormFault::malformed;
        if (const auto fault = take_part(body.substr(0, end), limits, fields, uploads);
            fault != FormFault::none)
            return fault;
        body.remove_prefix(end + next.size());
    }
}

}  // namespace chilang::http
