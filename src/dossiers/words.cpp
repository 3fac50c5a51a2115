// The words for people, and the numbers of the national portal: one table each.
//
// A clerk, a citizen and a report say the same word for the same status, because they all ask here.
// Status numbers: TT 01/2018/TT-VPCP as the portal uses them. A dossier that waits for its
// applicant is never reported as finished, whatever that does to a statistic.
#include "dossiers/model.hpp"

#include <array>

namespace chilang::dossiers {

namespace {

struct StatusRow {
    std::string_view label;
    int portal;
    bool open;
};
constexpr std::array<StatusRow, 10> statuses{{
    {"Chờ tiếp nhận", 1, true},
    {"Đã tiếp nhận", 2, true},
    {"Không được tiếp nhận", 3, false},
    {"Đang giải quyết", 4, true},
    {"Chờ bổ sung", 5, true},
    {"Chờ ký duyệt", 4, true},
    {"Đã rút", 7, false},
    {"Dừng giải quyết", 8, false},
    {"Đã có kết quả", 9, false},
    {"Đã trả kết quả", 10, false},
}};

const StatusRow& row(Status status) {
    return statuses[static_cast<std::size_t>(status)];
}

}  // namespace

std::string_view label(Status status) {
    return row(status).label;
}
int portal_code(Status status) {
    return row(status).portal;
}
bool is_open(Status status) {
    return row(status).open;
}

std::string_view label(Channel channel) {
    constexpr std::array<std::string_view, 3> words{"Trực tiếp", "Trực tuyến",
                                                    "Bưu chính công ích"};
    return words[static_cast<std::size_t>(channel)];
}

std::string_view label(ServiceLevel level) {
    constexpr std::array<std::string_view, 3> words{"Cung cấp thông tin", "Một phần", "Toàn trình"};
    return words[static_cast<std::size_t>(level)];
}

std::string_view label(Verdict verdict) {
    constexpr std::array<std::string_view, 3> words{"Trước hạn", "Đúng hạn", "Chậm hạn"};
    return words[static_cast<std::size_t>(verdict)];
}

std::string_view label(LimitUnit unit) {
    constexpr std::array<std::string_view, 4> words{"ngày làm việc", "giờ làm việc", "ngày",
                                                    "tháng"};
    return words[static_cast<std::size_t>(unit)];
}

bool is_paused(const Dossier& dossier) {
    return dossier.status == Status::waiting_applicant && !dossier.pauses.empty() &&
           !dossier.pauses.back().to;
}

}  // namespace chilang::dossiers
