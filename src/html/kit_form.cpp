// Fields of forms: each view sets every variable that its partial reads.
#include "html/kit.hpp"

#include <algorithm>

namespace chilang::html {

namespace {

// What all fields share. Their id is "f-<name>", so that the error summary can link to them;
// `described` lists the hint and the error for screen readers.
View base(const std::string& name, const std::string& label, const std::string& hint,
          const std::string& error, bool optional, bool heading) {
    const std::string id = "f-" + name;
    std::string described;
    if (!hint.empty()) described = id + "-hint";
    if (!error.empty()) described += (described.empty() ? "" : " ") + id + "-error";
    return {{"id", id},           {"name", name},          {"label", label},
            {"hint", hint},       {"error", error},        {"optional", optional},
            {"heading", heading}, {"described", described}};
}

std::string digits(int value) {
    return value > 0 ? std::to_string(value) : std::string();
}

}  // namespace

View view(const FieldView& field) {
    View out =
        base(field.name, field.label, field.hint, field.error, field.optional, field.heading);
    out.set("value", field.value);
    out.set("type", field.type);
    out.set("textarea", field.type == "textarea");
    out.set("autocomplete", field.autocomplete);
    out.set("inputmode", field.inputmode);
    out.set("width", digits(field.width));
    out.set("rows", digits(field.rows));
    out.set("length_max", digits(field.length_max));
    return out;
}

View view(const ChoiceView& choice) {
    View out =
        base(choice.name, choice.label, choice.hint, choice.error, choice.optional, choice.heading);
    View options = View::list();
    // The first choice carries the field's own id: that is where the error summary leads.
    std::string id = "f-" + choice.name;
    int number = 1;
    for (const Option& option : choice.options) {
        const bool chosen = std::find(choice.chosen.begin(), choice.chosen.end(), option.value) !=
                            choice.chosen.end();
        options.add({{"id", id},
                     {"name", choice.name},
                     {"value", option.value},
                     {"label", option.label},
                     {"hint", option.hint},
                     {"chosen", chosen},
                     {"disabled", option.disabled}});
        id = "f-" + choice.name + "-" + std::to_string(++number);
    }
    out.set("options", std::move(options));
    out.set("in_line", choice.in_line);
    out.set("placeholder", choice.placeholder);
    return out;
}

View view(const DateView& date) {
    View out = base(date.name, date.label, date.hint, date.error, date.optional, date.heading);
    out.set("day", date.day);
    out.set("month", date.month);
    out.set("year", date.year);
    out.set("birth", date.birth);
    return out;
}

View view(const FileView& file) {
    View out = base(file.name, file.label, file.hint, file.error, file.optional, false);
    View kept = View::list();
    for (const auto& name : file.kept) kept.add(name);
    out.set("has_kept", !file.kept.empty());
    out.set("kept", std::move(kept));
    out.set("accept", file.accept);
    out.set("multiple", file.multiple);
    out.set("photo", file.photo);
    return out;
}

View view(const Search& search) {
    View keep = View::list();
    for (const auto& [name, value] : search.keep) keep.add({{"name", name}, {"value", value}});
    return {{"action", search.action}, {"value", search.value}, {"label", search.label},
            {"hint", search.hint},     {"name", search.name},   {"keep", std::move(keep)}};
}

View view(const Button& button) {
    static constexpr const char* kinds[] = {"primary", "secondary", "danger", "quiet"};
    return {{"label", button.label},      {"href", button.href},
            {"name", button.name},        {"value", button.value},
            {"icon", button.icon},        {"kind", kinds[static_cast<int>(button.kind)]},
            {"disabled", button.disabled}};
}

View view(const Dialog& dialog) {
    static constexpr const char* kinds[] = {"primary", "secondary", "danger", "quiet"};
    return {{"id", dialog.id},
            {"title", dialog.title},
            {"text", dialog.text},
            {"action", dialog.action},
            {"csrf", dialog.csrf},
            {"confirm_label", dialog.confirm_label},
            {"kind", kinds[static_cast<int>(dialog.kind)]}};
}

}  // namespace chilang::html
