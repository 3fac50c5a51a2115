// View data and the few helpers that turn problems into what a form shows.
#include "html/html.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace chilang::html {

View View::object(std::vector<Member> members) {
    View view;
    view.members_ = std::move(members);
    view.kind_ = Kind::object;
    return view;
}

View View::safe(std::string html) {
    View view;
    view.text_ = std::move(html);
    view.kind_ = Kind::safe;
    return view;
}

View View::of_number(std::int64_t number) {
    return View(text::number(number));
}

View& View::set(std::string name, View value) {
    kind_ = Kind::object;
    for (auto& [key, old] : members_) {
        if (key == name) {
            old = std::move(value);
            return *this;
        }
    }
    members_.emplace_back(std::move(name), std::move(value));
    return *this;
}

View& View::add(View item) {
    kind_ = Kind::list;
    items_.push_back(std::move(item));
    return *this;
}

bool View::empty() const {
    switch (kind_) {
        case Kind::none:
            return true;
        case Kind::truth:
            return !truth_;
        case Kind::list:
            return items_.empty();
        case Kind::object:
            return members_.empty();
        case Kind::text:
        case Kind::safe:
            break;
    }
    return text_.empty();
}

const View* View::find(std::string_view member) const {
    for (const auto& [name, value] : members_)
        if (name == member) return &value;
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
