// View data and the few helpers that turn problems into what a form shows.
#include "html/html.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace chilang::html {

View::View(std::initializer_list<Given> members) : data_(std::vector<Member>()) {
    auto& kept = std::get<std::vector<Member>>(data_);
    kept.reserve(members.size());
    for (const Given& given : members) kept.push_back({given.name, std::move(given.value)});
}

View View::list(std::size_t expected) {
    std::vector<View> items;
    items.reserve(expected);
    return View(std::move(items));
}

View View::object(std::size_t expected) {
    View view;
    view.data_.emplace<std::vector<Member>>().reserve(expected);
    return view;
}

View View::safe(std::string html) {
    View view;
    view.data_ = Safe{std::move(html)};
    return view;
}

View View::of_number(std::int64_t number) {
    return View(text::number(number));
}

View& View::set(Name name, View value) {
    if (kind() != Kind::object) data_.emplace<std::vector<Member>>();
    auto& members = std::get<std::vector<Member>>(data_);
    for (Member& member : members) {
        if (member.name == name) {
            member.value = std::move(value);
            return *this;
        }
    }
    members.push_back({name, std::move(value)});
    return *this;
}

View& View::put(Name name, View value) {
    if (value.empty()) return *this;
    if (kind() != Kind::object) data_.emplace<std::vector<Member>>();
    std::get<std::vector<Member>>(data_).push_back({name, std::move(value)});
    return *this;
}

View& View::add(View item) {
    if (kind() != Kind::list) data_.emplace<std::vector<View>>();
    std::get<std::vector<View>>(data_).push_back(std::move(item));
    return *this;
}

bool View::empty() const {
    switch (kind()) {
        case Kind::none:
            return true;
        case Kind::truth:
            return !truth();
        case Kind::list:
            return items().empty();
        case Kind::object:
            return members().empty();
        case Kind::text:
        case Kind::safe:
            break;
    }
    return text().empty();
}

const std::string& View::text() const {
    static const std::string none;
    if (const auto* text = std::get_if<std::string>(&data_)) return *text;
    if (const auto* safe = std::get_if<Safe>(&data_)) return safe->html;
    return none;
}

bool View::truth() const {
    const bool* truth = std::get_if<bool>(&data_);
    return truth && *truth;
}

const std::vector<View>& View::items() const {
    static const std::vector<View> none;
    const auto* items = std::get_if<std::vector<View>>(&data_);
    return items ? *items : none;
}

const std::vector<View::Member>& View::members() const {
    static const std::vector<Member> none;
    const auto* members = std::get_if<std::vector<Member>>(&data_);
    return members ? *members : none;
}

const View* View::find(Name name) const {
    const auto* members = std::get_if<std::vector<Member>>(&data_);
    if (!members) return nullptr;
    for (const Member& member : *members)
        if (member.name == name) return &member.value;
    return nullptr;
}

View error_summary(const Problems& problems) {
    if (problems.empty()) return {};
    View list = View::list();
    for (const Problem& problem : problems)
        list.add({{"field", problem.field}, {"message", problem.message}});
    return {
        {"title", problems.size() == 1 ? "Có một chỗ cần sửa"
                                       : "Có " + std::to_string(problems.size()) + " chỗ cần sửa"},
        {"problems", std::move(list)}};
}

std::string error_of(const Problems& problems, std::string_view field) {
    const auto found = std::find_if(problems.begin(), problems.end(),
                                    [&](const Problem& p) { return p.field == field; });
    return found == problems.end() ? std::string() : found->message;
}

}  // namespace chilang::html
