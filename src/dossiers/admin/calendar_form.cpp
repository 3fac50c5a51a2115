#include "dossiers/admin/calendar_form.hpp"

#include "base/text.hpp"

namespace chilang::dossiers {

Field query_of(const http::Request& request) {
    return [&request](std::string_view name) { return request.arg(name); };
}

Field form_of(const http::Request& request) {
    return [&request](std::string_view name) { return request.field(name); };
}

CalendarCommand read_command(const Field& field) {
    CalendarCommand command;
    if (field("viec") == "xac-nhan") command.verb = CalendarVerb::confirm;
    if (field("viec") == "bo") command.verb = CalendarVerb::end;
    command.day = text::parse_integer(field("muc")).value_or(0);
    command.decision = text::clean(field("quyet_dinh"));
    command.added = {
        .date = parse_shown_date(text::trim(field("ngay"))),
        .working = field("loai") == "lam-bu",
        .name = text::clean(field("ten")),
        .basis = enum_value<workdays::Basis>(field("can_cu")).value_or(workdays::Basis::statutory),
        .decision = command.decision,
        .confirmed = field("xac_nhan") != "chua"};
    return command;
}

void set_day_fields(html::View& content, const Field& field, const Problems& problems) {
    content.set("date", view(html::FieldView{.name = "ngay",
                                             .label = "Ngày",
                                             .hint = "Ví dụ 02/09/2027",
                                             .value = std::string(field("ngay")),
                                             .error = html::error_of(problems, "ngay"),
                                             .inputmode = "numeric",
                                             .width = 12,
                                             .length_max = 10}));
    content.set("kind",
                view(html::ChoiceView{.name = "loai",
                                      .label = "Loại",
                                      .error = html::error_of(problems, "loai"),
                                      .options = {{"nghi", "Ngày nghỉ"}, {"lam-bu", "Ngày làm bù"}},
                                      .chosen = {field("loai") == "lam-bu" ? "lam-bu" : "nghi"},
                                      .in_line = true}));
    content.set("name", view(html::FieldView{.name = "ten",
                                             .label = "Tên",
                                             .hint = "Ví dụ: Quốc khánh 2/9",
                                             .value = std::string(field("ten")),
                                             .error = html::error_of(problems, "ten"),
                                             .length_max = 120}));
    html::ChoiceView basis{
        .name = "can_cu", .label = "Căn cứ", .chosen = {std::string(field("can_cu"))}};
    for (const auto value :
         {workdays::Basis::statutory, workdays::Basis::compensation, workdays::Basis::swap})
        basis.options.push_back({std::string(enum_name(value)), std::string(label(value))});
    content.set("basis", view(basis));
    content.set("sure",
                view(html::ChoiceView{
                    .name = "xac_nhan",
                    .label = "Đã có văn bản chưa?",
                    .options = {{"roi", "Đã có văn bản"},
                                {"chua", "Chưa xác nhận", "Chỉ ghi để theo dõi, chưa tính hạn"}},
                    .chosen = {field("xac_nhan") == "chua" ? "chua" : "roi"}}));
}

html::View decision_field(const Field& field, const Problems& problems) {
    return view(html::FieldView{.name = "quyet_dinh",
                                .label = "Văn bản quyết định",
                                .hint = "Số, ký hiệu và ngày ban hành",
                                .value = std::string(field("quyet_dinh")),
                                .error = html::error_of(problems, "quyet_dinh"),
                                .length_max = 200});
}

}  // namespace chilang::dossiers
