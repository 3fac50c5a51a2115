// An unknown role or agency leaves the default, which the command then refuses or the page shows.
#include "identity/position_form.hpp"

#include "base/text.hpp"

namespace chilang::identity {

Position position_of_form(const http::Request& request) {
    Position position;
    position.title = text::clean(request.field("chuc_danh"));
    position.role = enum_value<Role>(request.field("vai_tro")).value_or(Role::specialist);
    position.agency = text::parse_integer(request.field("co_quan")).value_or(0);
    return position;
}

void set_position_fields(html::View& content, const State& state, const http::Request& request,
                         const Problems& problems) {
    html::ChoiceView roles{
        .name = "vai_tro", .label = "Vai trò", .chosen = {std::string(request.field("vai_tro"))}};
    const auto words = type_of<Role>().labels;
    for (std::size_t i = 0; i < words.size(); ++i)
        roles.options.push_back({words[i], std::string(label(static_cast<Role>(i)))});
    html::ChoiceView agencies{.name = "co_quan",
                              .label = "Cơ quan",
                              .error = html::error_of(problems, "co_quan"),
                              .chosen = {std::string(request.field("co_quan"))},
                              .placeholder = "Chọn cơ quan"};
    const auto places = state.places.now();
    for (const places::Agency* agency : places->agencies_on(date_of(request.now)))
        agencies.options.push_back({std::to_string(agency->id), places->full_name(*agency)});
    content.set("title_field",
                view(html::FieldView{.name = "chuc_danh",
                                     .label = "Chức danh",
                                     .value = std::string(request.field("chuc_danh")),
                                     .error = html::error_of(problems, "chuc_danh"),
                                     .length_max = 80}));
    content.set("role_field", view(roles));
    content.set("agency_field", view(agencies));
}

}  // namespace chilang::identity
