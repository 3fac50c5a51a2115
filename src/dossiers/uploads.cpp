#include "dossiers/uploads.hpp"

#include "base/json.hpp"
#include "base/sha256.hpp"
#include "ledger/ledger.hpp"

#include <algorithm>

namespace chilang::dossiers {

namespace {

std::string mark(Service& service, std::string_view body) {
    return to_hex(view(hmac_sha256(view(service.platform().ledger.stream_key()),
                                   "kept upload\n" + std::string(body))));
}

std::optional<files::StoredFile> redeemed(Service& service, std::string_view token, Instant now) {
    const auto dot = token.find('.');
    if (dot == token.npos ||
        !constant_time_equal(token.substr(dot + 1), mark(service, token.substr(0, dot))))
        return std::nullopt;
    const auto body = from_base64(token.substr(0, dot));
    if (!body) return std::nullopt;
    auto file = json::read<files::StoredFile>(*body);
    if (!file) return std::nullopt;
    file->id = new_id(to_microseconds(now) / 1000);  // a token used twice makes two rows
    return std::move(*file);
}

}  // namespace

Kept keep_uploads(Service& service, const http::Request& request) {
    Kept kept;
    for (const http::Upload& upload : request.uploads) {
        if (upload.bytes.empty()) continue;
        auto file = service.platform().files.keep(upload, request.now);
        if (!file) {
            kept.problems.insert(kept.problems.end(), file.problems().begin(),
                                 file.problems().end());
            continue;
        }
        if (component_of(upload.field) > 0) file->part = upload.field;
        kept.files.push_back(std::move(*file));
    }
    const std::size_t fresh = kept.files.size();
    for (const auto& [name, token] : request.form) {
        if (name != "kept") continue;
        auto file = redeemed(service, token, request.now);
        if (!file) continue;
        const bool replaced =
            !file->part.empty() &&
            std::any_of(kept.files.begin(), kept.files.begin() + static_cast<std::ptrdiff_t>(fresh),
                        [&](const auto& f) { return f.part == file->part; });
        if (!replaced) kept.files.push_back(std::move(*file));
    }
    return kept;
}

std::vector<std::string> tokens_of(Service& service, const std::vector<files::StoredFile>& files) {
    std::vector<std::string> tokens;
    for (const auto& file : files) {
        const std::string body = to_base64(json::write(file));
        tokens.push_back(body + "." + mark(service, body));
    }
    return tokens;
}

std::vector<int> components_of(const std::vector<files::StoredFile>& files) {
    std::vector<int> numbers;
    for (const auto& file : files)
        if (const int number = component_of(file.part); number > 0) numbers.push_back(number);
    return numbers;
}

}  // namespace chilang::dossiers
