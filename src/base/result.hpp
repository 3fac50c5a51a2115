// Result<T>: what a form, a rule or a store answers when the answer may be "no".
//
// A value, or one or more problems. A problem carries a stable code for machines, the field it
// belongs to (empty = the whole form) and a sentence in Vietnamese for the person who must act.
// Exceptions are left for what ends the request: a broken connection, a broken invariant.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chilang {

struct Problem {
    std::string code;     // stable, snake_case: "due_in_past"
    std::string field;    // name of the form field, or empty
    std::string message;  // Vietnamese, says what to do
};

using Problems = std::vector<Problem>;

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::move(value)) {}
    Result(Problem problem) { problems_.push_back(std::move(problem)); }
    Result(Problems problems) : problems_(std::move(problems)) {}

    explicit operator bool() const { return value_.has_value(); }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return &*value_; }
    const T* operator->() const { return &*value_; }
    const Problems& problems() const { return problems_; }

private:
    std::optional<T> value_;
    Problems problems_;
};

struct Done {};  // Result<Done>: success without a value

}  // namespace chilang
