#include "ioc/period.hpp"

namespace chilang::ioc {

std::vector<Period> periods(Date today) {
    const auto [year, month, day] = civil(today);
    const int quarter = (month - 1) / 3 * 3 + 1;
    return {
        {"luy-ke", "Lũy kế từ 01/01/2023", make_date(2023, 1, 1), today},
        {"hom-nay", "Hôm nay", today, today},
        {"thang-nay", "Tháng này", make_date(year, month, 1), today},
        {"quy-nay", "Quý này", make_date(year, quarter, 1), today},
        {"nam-nay", "Năm nay", make_date(year, 1, 1), today},
        // The plan's figures end on the day of its report, 14/06/2023.
        {"6-thang-2023", "6 tháng đầu năm 2023", make_date(2023, 1, 1), make_date(2023, 6, 14)}};
}

const Period* period(const std::vector<Period>& periods, std::string_view code) {
    for (const auto& period : periods)
        if (period.code == code) return &period;
    return nullptr;
}

}  // namespace chilang::ioc
