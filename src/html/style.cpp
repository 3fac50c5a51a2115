// Style sheets: which of web/*.css go where, and their minimal form.
#include "html/style.hpp"

#include "base/embedded.hpp"
#include "base/id.hpp"
#include "html/html.hpp"

#include <openssl/sha.h>

#include <array>
#include <cctype>

namespace chilang::html {

namespace {

std::string joined(std::initializer_list<std::string_view> files) {
    std::string css;
    for (const auto file : files) css += embedded_file("web/" + std::string(file));
    return minify_css(css);
}

bool tight(char c) {
    return c == '{' || c == '}' || c == ';' || c == ',' || c == '>';
}

}  // namespace

std::string minify_css(std::string_view css) {
    std::string out;
    char quote = 0;
    for (std::size_t i = 0; i < css.size(); ++i) {
        const char c = css[i];
        if (quote) {
            out += c;
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            out += quote = c;
        } else if (css.substr(i, 2) == "/*") {
            const auto end = css.find("*/", i + 2);
            if (end == css.npos) break;
            i = end + 1;
        } else if (std::isspace(static_cast<unsigned char>(c))) {
            if (!out.empty() && out.back() != ' ' && !tight(out.back()) && out.back() != ':')
                out += ' ';
        } else {
            if (tight(c) && !out.empty() && out.back() == ' ') out.pop_back();
            if (c == '}' && !out.empty() && out.back() == ';') out.pop_back();
            out += c;
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string citizen_style() {
    return joined({"tokens.css", "base.css", "parts.css", "chart.css", "citizen.css"});
}

std::string staff_style() {
    return joined(
        {"tokens.css", "base.css", "parts.css", "staff.css", "chart.css", "wall.css", "print.css"});
}

std::string sha256_base64(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return to_base64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::vector<Asset> assets() {
    const auto file = [](std::string_view path) { return std::string(embedded_file(path)); };
    return {{"app.css", "text/css; charset=utf-8", staff_style()},
            {"live.js", "text/javascript; charset=utf-8", file("web/send.js") + file("web/live.js")},
            {"citizen.js", "text/javascript; charset=utf-8",
             file("web/send.js") + file("web/citizen.js")},
            {"icons.svg", "image/svg+xml", file("web/icons.svg")}};
}

std::string asset_version() {
    static const std::string version = [] {
        std::string all;
        for (const Asset& asset : assets()) all += asset.bytes;
        std::string hash = sha256_base64(all).substr(0, 10);
        for (char& c : hash)  // letters that need no escaping in an address
            if (c == '+' || c == '/') c = '-';
        return hash;
    }();
    return version;
}

}  // namespace chilang::html
