// How actions are called in addresses, and what their forms ask for.
#pragma once

#include "dossiers/rules.hpp"

#include <optional>
#include <string_view>

namespace chilang::dossiers {

struct ActionForm {
    Action action;
    std::string_view address;  // "tu-choi"
    std::string_view guide;    // what this does and what the law wants, above the form
    bool asks = false;         // false: one button does it
    bool reason = false, clause = false;
    std::string_view reason_label = "Lý do";
};

const ActionForm& form_of(Action action);
std::optional<Action> action_of(std::string_view address);

}  // namespace chilang::dossiers
