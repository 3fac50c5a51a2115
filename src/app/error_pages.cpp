#include "app/error_pages.hpp"

#include "html/html.hpp"
#include "identity/identity.hpp"
#include "platform/platform.hpp"

namespace chilang::app {
namespace {

std::string advice(int status) {
    switch (status) {
        case 400:
            return "Trình duyệt đã gửi một yêu cầu không đúng dạng. Hãy quay lại trang trước và "
                   "thử lại.";
        case 403:
            return "Vị trí công tác của anh/chị không có quyền với trang này. Nếu cần, hãy đề nghị "
                   "quản trị cấp quyền.";
        case 404:
            return "Kiểm tra lại địa chỉ, hoặc bắt đầu từ trang chủ.";
        case 405:
            return "Trang này không nhận thao tác vừa gửi. Hãy quay lại và thử lại.";
        case 408:
            return "Đường truyền quá chậm nên yêu cầu chưa tới đủ. Chưa có gì thay đổi; hãy gửi "
                   "lại.";
        case 413:
            return "Nội dung gửi lên quá lớn. Mỗi tệp nhiều nhất 20 MB; hãy chụp lại ảnh nhỏ hơn "
                   "hoặc chia tệp.";
        case 429:
            return "Có quá nhiều lần thử trong thời gian ngắn. Hãy đợi một phút rồi thử lại.";
        case 503:
            return "Hệ thống đang bận. Việc vừa gửi chưa được ghi nhận; hãy gửi lại sau ít giây.";
        case 507:
            return "Việc vừa gửi chưa được ghi nhận và không có gì mất. Quản trị cần mở rộng dung "
                   "lượng lưu trữ; sau đó hãy gửi lại.";
        default:
            return "Lỗi thuộc về hệ thống, không phải do bạn. Việc chưa được báo đã xong thì chưa "
                   "được ghi nhận; hãy thử lại.";
    }
}

}  // namespace

std::function<http::Response(const http::Request&, int, std::string)> error_pages(
    Platform& platform) {
    return [&platform](const http::Request& request, int status, std::string title) {
        if (request.path.starts_with("/api/")) return http::problem(status, title);
        html::Page page;
        page.title = title;
        page.frame = html::Page::Frame::citizen;
        identity::dress(page, request);
        page.content = {{"heading", title},
                        {"advice", advice(status)},
                        {"status", std::to_string(status)},
                        {"trace", request.trace_id}};
        http::Response response;
        response.status = status;
        response.body = platform.templates.page("app/error", page);
        response.headers.emplace_back("content-security-policy",
                                      platform.templates.csp(page.frame));
        return response;
    };
}

}  // namespace chilang::app
