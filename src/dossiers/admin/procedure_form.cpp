#include "dossiers/admin/procedure_form.hpp"

#include "base/text.hpp"
#include "html/kit.hpp"
#include "places/places.hpp"

namespace chilang::dossiers {

namespace {

constexpr std::pair<std::string_view, std::string_view> sources[] = {
    {"upload", "bản điện tử"}, {"original", "bản chính"}, {"data", "dữ liệu có sẵn"}};

std::string source_of(std::string_view typed) {
    const std::string folded = text::fold(typed);
    for (const auto& [source, word] : sources)
        if (folded == text::fold(word) || folded == source) return std::string(source);
    return "upload";
}

std::int64_t whole(std::string_view typed) {
    const std::string digits = text::digits_only(typed);
    for (const char c : text::trim(typed))
        if (!((c >= '0' && c <= '9') || c == '.' || c == ' ')) return -1;
    return text::parse_integer(digits).value_or(-1);
}

template <class E>
html::View choice(std::string name, std::string caption, E chosen, const http::Request& request,
                  const Problems& problems) {
    const auto words = type_of<E>().labels;
    std::string now(request.field(name));
    if (now.empty()) now = enum_name(chosen);
    html::ChoiceView view_of{.name = name,
                             .label = std::move(caption),
                             .error = html::error_of(problems, name),
                             .chosen = {now}};
    for (std::size_t i = 0; i < words.size(); ++i)
        view_of.options.push_back({words[i], std::string(label(static_cast<E>(i)))});
    return view(view_of);
}

}  // namespace

std::string_view label(ProcedureScope scope) {
    constexpr std::string_view words[] = {"Cấp tỉnh", "Cấp huyện (đến 30/06/2025)", "Cấp xã"};
    return words[static_cast<std::size_t>(scope)];
}

std::string_view label(PausePolicy policy) {
    constexpr std::string_view words[] = {"Không tạm dừng", "Cộng thêm thời gian chờ",
                                          "Tính lại từ đầu khi bổ sung"};
    return words[static_cast<std::size_t>(policy)];
}

std::string_view source_label(std::string_view source) {
    for (const auto& [known, word] : sources)
        if (known == source) return word;
    return source;
}

std::string limit_of(const Procedure& p) {
    if (p.limit_amount == 0) return "trong ngày làm việc";
    return std::to_string(p.limit_amount) + " " + std::string(label(p.limit_unit));
}

std::vector<Component> read_components(std::string_view lines) {
    std::vector<Component> components;
    for (const std::string& line : text::split(lines, '\n')) {
        if (text::trim(line).empty()) continue;
        const auto parts = text::split(line, '|');
        Component component{.name = text::clean(parts[0]), .source = "upload"};
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const std::string part = text::fold(text::clean(parts[i]));
            if (part.empty()) continue;
            if (part == text::fold("không bắt buộc"))
                component.required = false;
            else if (const auto copies = text::parse_integer(text::digits_only(part)))
                component.copies = static_cast<int>(std::min<std::int64_t>(*copies, 99));
            else
                component.source = source_of(part);
        }
        components.push_back(std::move(component));
    }
    return components;
}

std::string write_components(const std::vector<Component>& components) {
    std::string lines;
    for (const Component& component : components) {
        lines += component.name + " | " + std::string(source_label(component.source)) + " | " +
                 std::to_string(component.copies);
        if (!component.required) lines += " | không bắt buộc";
        lines += '\n';
    }
    return lines;
}

Procedure read_procedure(const http::Request& request) {
    const auto typed = [&](std::string_view name) { return text::clean(request.field(name)); };
    Procedure p;
    p.code = typed("ma");
    p.name = typed("ten");
    p.field = typed("linh_vuc");
    p.department = text::parse_integer(request.field("co_quan")).value_or(0);
    p.scope = enum_value<ProcedureScope>(request.field("cap")).value_or(ProcedureScope::commune);
    p.level = enum_value<ServiceLevel>(request.field("muc_do")).value_or(ServiceLevel::full);
    p.limit_amount =
        static_cast<int>(std::min<std::int64_t>(whole(request.field("thoi_han")), 10'000));
    p.limit_unit = enum_value<LimitUnit>(request.field("don_vi")).value_or(LimitUnit::working_day);
    p.pause_policy = enum_value<PausePolicy>(request.field("tam_dung")).value_or(PausePolicy::keep);
    p.pause_clause = typed("can_cu_dung");
    p.fee_dong = whole(request.field("phi"));
    p.fee_note = typed("phi_ghi_chu");
    p.components = read_components(request.field("thanh_phan"));
    p.result_name = typed("ket_qua");
    p.basis = typed("phap_ly");
    return p;
}

void set_procedure_fields(html::View& content, const Service& service, const http::Request& request,
                          const Procedure& p, const Problems& problems) {
    const bool typed = request.method == http::Method::post;
    const auto field = [&](html::FieldView one, std::string value) {
        one.value = typed ? std::string(request.field(one.name)) : std::move(value);
        one.error = html::error_of(problems, one.name);
        content.set(one.name, view(one));
    };
    field({.name = "ma", .label = "Mã thủ tục", .hint = "Ví dụ 1.001193", .width = 12}, p.code);
    field({.name = "ten", .label = "Tên thủ tục", .length_max = 300}, p.name);
    field({.name = "thoi_han",
           .label = "Thời hạn",
           .hint = "0 là giải quyết trong ngày; áp dụng cho mọi kênh nộp",
           .inputmode = "numeric",
           .width = 4},
          std::to_string(p.limit_amount));
    field({.name = "can_cu_dung",
           .label = "Điều, khoản cho phép tạm dừng",
           .optional = true,
           .length_max = 300},
          p.pause_clause);
    field({.name = "phi", .label = "Phí, lệ phí (đồng)", .inputmode = "numeric", .width = 12},
          text::number(p.fee_dong));
    field({.name = "phi_ghi_chu",
           .label = "Ghi chú về phí",
           .hint = "Mức theo văn bản nào, ai được miễn",
           .optional = true,
           .length_max = 300},
          p.fee_note);
    field(
        {.name = "thanh_phan",
         .label = "Thành phần hồ sơ",
         .hint = "Mỗi dòng một giấy tờ: tên | bản điện tử, bản chính hoặc dữ liệu có sẵn | số bản "
                 "| không bắt buộc",
         .type = "textarea",
         .rows = 8,
         .length_max = 8000},
        write_components(p.components));
    field({.name = "ket_qua", .label = "Kết quả", .hint = "Ví dụ: Giấy khai sinh"}, p.result_name);
    field({.name = "phap_ly", .label = "Căn cứ pháp lý", .length_max = 600}, p.basis);
    content.set("cap", choice("cap", "Cấp giải quyết", p.scope, request, problems));
    content.set("muc_do", choice("muc_do", "Mức độ dịch vụ công", p.level, request, problems));
    content.set("don_vi", choice("don_vi", "Đơn vị thời hạn", p.limit_unit, request, problems));
    content.set("tam_dung",
                choice("tam_dung", "Khi chờ người nộp bổ sung", p.pause_policy, request, problems));
    html::ChoiceView fields{.name = "linh_vuc",
                            .label = "Lĩnh vực",
                            .error = html::error_of(problems, "linh_vuc"),
                            .chosen = {typed ? std::string(request.field("linh_vuc")) : p.field},
                            .placeholder = "Chọn lĩnh vực"};
    for (const std::string& name : service.procedures()->fields())
        fields.options.push_back({name, name});
    content.set("linh_vuc", view(fields));
    html::ChoiceView agencies{
        .name = "co_quan",
        .label = "Cơ quan phụ trách",
        .error = html::error_of(problems, "co_quan"),
        .chosen = {typed ? std::string(request.field("co_quan")) : std::to_string(p.department)},
        .placeholder = "Chọn cơ quan"};
    const auto places = service.platform().places.now();
    for (const places::Agency* agency : places->agencies_on(date_of(request.now)))
        if (places->unit(agency->unit).level == places::Level::province)
            agencies.options.push_back({std::to_string(agency->id), agency->name});
    content.set("co_quan", view(agencies));
}

}  // namespace chilang::dossiers
