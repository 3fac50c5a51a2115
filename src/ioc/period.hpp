// The periods that people ask for by name.
#pragma once

#include "base/instant.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chilang::ioc {

struct Period {
    std::string code, label;  // "thang-nay", "Tháng này"
    Date from{}, to{};        // inclusive
};

// In the order of the tabs; the first is the default: everything since the plan's start,
// 01/01/2023.
std::vector<Period> periods(Date today);
const Period* period(const std::vector<Period>& periods, std::string_view code);

}  // namespace chilang::ioc
