#include "dossiers/citizen/applicant_form.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace chilang::dossiers {
namespace {

// Mobile and landline numbers of Việt Nam, national form; +84 and spaces are forgiven.
std::string phone_digits(std::string_view typed) {
    std::string digits = text::digits_only(typed);
    if (digits.starts_with("84") && digits.size() >= 11) digits = "0" + digits.substr(2);
    return digits;
}

bool plausible_email(std::string_view email) {
    const auto at = email.find('@');
    return at != email.npos && at > 0 && email.find('.', at) != email.npos &&
           email.find(' ') == email.npos && email.size() <= 200;
}

}  // namespace

Result<Applicant> applicant_form(const http::Request& request) {
    Problems problems;
    Applicant applicant;
    applicant.name = text::clean(request.field("name"));
    if (text::length(applicant.name) < 2)
        problems.push_back(
            {"missing", "name", "Hãy ghi họ và tên người nộp, đúng như trên giấy tờ."});
    else if (text::length(applicant.name) > 120)
        problems.push_back({"too_long", "name", "Họ và tên dài nhất 120 chữ."});

    applicant.citizen_id = text::digits_only(request.field("citizen_id"));
    if (applicant.citizen_id.size() != 12)
        problems.push_back({"wrong_format", "citizen_id",
                            "Số định danh cá nhân có 12 chữ số, in ở mặt trước thẻ căn cước."});

    applicant.phone = phone_digits(request.field("phone"));
    if ((applicant.phone.size() != 10 && applicant.phone.size() != 11) || applicant.phone[0] != '0')
        problems.push_back(
            {"wrong_format", "phone", "Hãy ghi số điện thoại có 10 chữ số, ví dụ 0912 345 678."});

    applicant.email = text::clean(request.field("email"));
    if (!applicant.email.empty() && !plausible_email(applicant.email))
        problems.push_back({"wrong_format", "email",
                            "Địa chỉ thư điện tử phải có dạng ten@noi-gui.vn; hoặc để trống."});

    applicant.address = text::clean(request.field("address"));
    if (text::length(applicant.address) < 4)
        problems.push_back({"missing", "address",
                            "Hãy ghi nơi ở hiện nay: thôn, bản hoặc số nhà, rồi xã, phường."});
    else if (text::length(applicant.address) > 300)
        problems.push_back({"too_long", "address", "Địa chỉ dài nhất 300 chữ."});

    if (!problems.empty()) return problems;
    return applicant;
}

}  // namespace chilang::dossiers
