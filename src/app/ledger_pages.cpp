// The ledger for people and for auditors: its state, its proofs, its tiles, and the offline check.
#include "app/pages.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "html/html.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"
#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"
#include "platform/platform.hpp"

#include <fstream>
#include <iterator>

namespace chilang::app {
namespace {

http::Response note(std::string text) {
    http::Response response = http::text(std::move(text));
    response.headers.emplace_back("cache-control", "no-cache");
    return response;
}

// The newest signed checkpoint, as C2SP tlog-checkpoint text; 404 before the first.
http::Response checkpoint(Platform& platform) {
    const auto newest = platform.ledger.checkpoint();
    if (newest.note.empty()) return http::problem(404, "Sổ cái chưa có điểm niêm phong nào");
    return note(newest.note);
}

http::Response proof(Platform& platform, const http::Request& request) {
    const auto id = parse_id(request.param("event"));
    if (!id)
        return http::problem(
            400, "Mã sự kiện không đúng dạng",
            {{"wrong_format", "event", "Mã sự kiện có dạng 8-4-4-4-12 chữ số thập lục phân."}});
    auto connection = platform.pool.lease();
    if (!platform.ledger.find(*connection, *id))
        return http::problem(404, "Không có sự kiện này trong sổ cái");
    const auto text = platform.ledger.proof(*connection, *id);
    if (!text) return http::problem(409, "Sự kiện đang chờ niêm phong; hãy hỏi lại sau một giây");
    return note(*text);
}

// Immutable tiles, straight from disk; names hold digits, "x", "p", "." and "/" only.
http::Response tile(Platform& platform, std::string name) {
    if (name.empty() || name.find("..") != name.npos ||
        name.find_first_not_of("0123456789xp./abcdefghijklmnopqrstuvwxyz") != name.npos)
        return http::text("Không có mảnh này.", 404);
    std::ifstream in(platform.ledger.folder() / "tile" / name, std::ios::binary);
    if (!in) return http::text("Không có mảnh này.", 404);
    http::Response response;
    response.type = "application/octet-stream";
    response.body.assign(std::istreambuf_iterator<char>(in), {});
    response.headers.emplace_back("cache-control", "public, max-age=31536000, immutable");
    return response;
}

http::Response show(Platform& platform, const http::Request& request, std::string_view name,
                    html::Page page) {
    identity::dress(page, request);
    if (!page.signed_in_name.empty()) page.frame = html::Page::Frame::staff;
    http::Response response;
    response.body = platform.templates.page(name, page);
    response.headers.emplace_back("content-security-policy", platform.templates.csp(page.frame));
    return response;
}

http::Response ledger_page(Platform& platform, const http::Request& request) {
    const auto newest = platform.ledger.checkpoint();
    html::Page page;
    page.title = "Sổ cái";
    page.section = "ledger";
    page.content = {{"size", newest.size},
                    {"root", to_hex(view(newest.root))},
                    {"at", newest.note.empty() ? std::string("chưa có") : chilang::show(newest.at)},
                    {"note", newest.note},
                    {"key", platform.ledger.public_key()}};
    return show(platform, request, "app/ledger", std::move(page));
}

// Checks a receipt that somebody pasted or uploaded, with the same code as `chilang verify`.
http::Response check_page(Platform& platform, const http::Request& request) {
    std::string receipt{request.field("receipt")};
    for (const auto& upload : request.uploads)
        if (upload.field == "file" && !upload.bytes.empty()) receipt = upload.bytes;
    std::erase(receipt, '\r');  // browsers send the lines of a text box with CR LF
    html::Page page;
    page.title = "Kiểm tra biên nhận";
    html::View findings = html::View::list();
    bool valid = false;
    if (!receipt.empty()) {
        const auto found = ledger::verify_receipt(receipt, platform.ledger.public_key());
        valid = found.empty();
        for (const auto& finding : found) findings.add(html::View(finding));
    }
    const bool asked = request.method == http::Method::post;
    Problems problems;
    if (asked && receipt.empty())
        problems.push_back(
            {"missing", "receipt", "Hãy dán nội dung biên nhận hoặc chọn tệp biên nhận."});
    page.content = {{"receipt", receipt},
                    {"valid", asked && valid},
                    {"broken", asked && !receipt.empty() && !valid},
                    {"findings", std::move(findings)},
                    {"errors", html::error_summary(problems)},
                    {"receipt_error", html::error_of(problems, "receipt")}};
    return show(platform, request, "app/check", std::move(page));
}

}  // namespace

void install_ledger_pages(Platform& platform) {
    using http::Method;
    auto& router = platform.router;
    router.add({.method = Method::get,
                .pattern = "/api/v1/ledger/checkpoint",
                .right = "public",
                .event = "none",
                .handler = [&](http::Request&) { return checkpoint(platform); },
                .doc = {.summary = "The newest signed checkpoint (C2SP signed note).",
                        .output_type = "text/plain"}});
    router.add({.method = Method::get,
                .pattern = "/api/v1/ledger/proof/{event}",
                .right = "public",
                .event = "none",
                .handler = [&](http::Request& request) { return proof(platform, request); },
                .doc = {.summary = "The proof of one event (C2SP tlog-proof).",
                        .output_type = "text/plain"}});
    router.add({Method::get, "/ledger/checkpoint", "public", "none",
                [&](http::Request&) { return checkpoint(platform); }});
    for (const std::string pattern :
         {"/ledger/tile/{a}/{b}", "/ledger/tile/{a}/{b}/{c}", "/ledger/tile/{a}/{b}/{c}/{d}",
          "/ledger/tile/{a}/{b}/{c}/{d}/{e}"})
        router.add({Method::get, pattern, "public", "none", [&](http::Request& request) {
                        return tile(platform,
                                    request.path.substr(std::string_view("/ledger/tile/").size()));
                    }});
    router.add({Method::get, "/so-cai", "public", "none",
                [&](http::Request& request) { return ledger_page(platform, request); }});
    router.add({Method::get, "/kiem-tra", "public", "none",
                [&](http::Request& request) { return check_page(platform, request); }});
    router.add({Method::post, "/kiem-tra", "public", "none",
                [&](http::Request& request) { return check_page(platform, request); }});
}

}  // namespace chilang::app
