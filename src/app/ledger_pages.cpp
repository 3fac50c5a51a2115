// The ledger for people and for auditors: its state, its proofs, its tiles, and the offline check.
#include "app/pages.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "html/html.hpp"
#include "html/kit.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"
#include "ledger/ledger.hpp"
#include "ledger/note.hpp"
#include "ledger/tiles.hpp"
#include "ledger/verify.hpp"
#include "platform/platform.hpp"

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
http::Response tile(Platform& platform, const std::string& name) {
    if (name.empty() || name.find("..") != name.npos ||
        name.find_first_not_of("0123456789xp./abcdefghijklmnopqrstuvwxyz") != name.npos)
        return http::text("Không có mảnh này.", 404);
    auto bytes = ledger::read_tile(platform.ledger.folder(), "tile/" + name);
    if (!bytes) return http::text("Không có mảnh này.", 404);
    http::Response response;
    response.type = "application/octet-stream";
    response.body = std::move(*bytes);
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

// Who cosigned, by name, and since when; names whose key this ledger was not given are not said.
html::View witnesses_view(const std::vector<ledger::WitnessSignature>& witnesses) {
    html::View list = html::View::list();
    for (const auto& one : witnesses)
        list.add({{"name", one.name}, {"at", chilang::show(one.at)}});
    return list;
}

http::Response ledger_page(Platform& platform, const http::Request& request) {
    const auto newest = platform.ledger.checkpoint();
    const auto cosigned = platform.ledger.cosigned();
    html::Page page;
    page.title = "Sổ cái";
    page.section = "ledger";
    page.content = {{"sealed", newest.size > 0},
                    {"size", text::number(newest.size)},
                    {"root", to_hex(view(newest.root))},
                    {"at", chilang::show(newest.at)},
                    {"note", newest.note},
                    {"key", platform.ledger.public_key()},
                    {"trouble", platform.ledger.trouble()}};
    if (const auto note = ledger::parse_note(cosigned.note)) {
        const auto report = ledger::check_note(*note, platform.ledger.policy());
        page.content.set("cosigned", cosigned.note);
        page.content.set("cosigned_size", text::number(cosigned.size));
        page.content.set("witnesses", witnesses_view(report.witnesses));
        html::View strangers = html::View::list();
        for (const auto& name : report.strangers) strangers.add(html::View(name));
        page.content.set("strangers", std::move(strangers));
    }
    return show(platform, request, "app/ledger", std::move(page));
}

html::View report_view(const ledger::ReceiptReport& report) {
    html::View findings = html::View::list(), strangers = html::View::list();
    for (const auto& finding : report.findings) findings.add(html::View(finding));
    for (const auto& name : report.strangers) strangers.add(html::View(name));
    return {{"index", text::number(report.index)},
            {"size", text::number(report.size)},
            {"kind", report.kind},
            {"at", chilang::show(report.at)},
            {"stream", report.stream},
            {"actor", report.actor},
            {"payload", report.payload},
            {"erased", report.erased},
            {"unbound", report.stream.empty() && !report.erased},
            {"witnesses", witnesses_view(report.witnesses)},
            {"strangers", std::move(strangers)},
            {"findings", std::move(findings)}};
}

// Checks a receipt that somebody pasted or uploaded, with the same code as `chilang verify`.
http::Response check_page(Platform& platform, const http::Request& request) {
    std::string receipt{request.field("receipt")};
    for (const auto& upload : request.uploads)
        if (upload.field == "file" && !upload.bytes.empty()) receipt = upload.bytes;
    std::erase(receipt, '\r');  // browsers send the lines of a text box with CR LF
    const bool asked = request.method == http::Method::post;
    Problems problems;
    if (asked && receipt.empty())
        problems.push_back(
            {"missing", "receipt", "Hãy dán nội dung biên nhận hoặc chọn tệp biên nhận."});
    html::Page page;
    page.title = "Kiểm tra biên nhận";
    page.content = {
        {"errors", html::error_summary(problems)},
        {"receipt", html::view(html::FieldView{.name = "receipt",
                                               .label = "Nội dung bằng chứng",
                                               .value = receipt,
                                               .error = html::error_of(problems, "receipt"),
                                               .type = "textarea",
                                               .rows = 8})},
        {"file", html::view(html::FileView{.name = "file",
                                           .label = "Hoặc chọn tệp biên nhận",
                                           .accept = ".tlog-proof,.txt,text/plain"})}};
    if (!receipt.empty()) {
        const auto report = ledger::verify_receipt(receipt, platform.ledger.policy());
        page.content.set(report.findings.empty() ? "valid" : "broken", report_view(report));
    }
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
