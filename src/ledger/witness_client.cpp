// One request a witness, at most one repetition after it told the size it knows.
#include "ledger/witness_client.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "ledger/note.hpp"
#include "ledger/sealer.hpp"
#include "ledger/tiles.hpp"

#include <curl/curl.h>

namespace chilang::ledger {

namespace {

struct Answer {
    long status = 0;  // 0: no answer
    std::string body;
};

std::size_t keep(char* data, std::size_t, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + count > 65536) return 0;
    body.append(data, count);
    return count;
}

Answer post(const std::string& url, const std::string& body) {
    static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
    Answer answer;
    CURL* curl = started == 0 ? curl_easy_init() : nullptr;
    if (curl == nullptr) return answer;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 1000L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 3000L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: text/plain");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return answer;
}

std::string request(const Ledger::Options& options, const Checkpoint& head, std::int64_t old_size) {
    std::string body = "old " + std::to_string(old_size) + "\n";
    const TileReader reader(options.folder, head.size);
    for (const auto& hash : reader.consistency(old_size)) body += to_base64(view(hash)) + "\n";
    return body + "\n" + head.note;
}

Answer submit(const Ledger::Options& options, const Checkpoint& head, const std::string& witness) {
    const auto url = witness + (witness.ends_with('/') ? "" : "/") + "add-checkpoint";
    auto answer = post(url, request(options, head, 0));
    if (answer.status != 409) return answer;
    const auto known = text::parse_integer(text::trim(answer.body));
    if (!known) return answer;
    if (*known > head.size)
        throw SealRefused("Nhân chứng " + witness + " đã thấy sổ cái có " + std::to_string(*known) +
                          " sự kiện, ở đây chỉ có " + std::to_string(head.size) +
                          ": có thể một bản sao lưu cũ đã được khôi phục. Không niêm phong tiếp.");
    return post(url, request(options, head, *known));
}

}  // namespace

std::string ask_witnesses(const Ledger::Options& options, const Checkpoint& head) {
    std::string lines;
    if (head.note.empty()) return lines;
    for (const auto& witness : options.witnesses) {
        const auto answer = submit(options, head, witness);
        if (answer.status != 200) {
            log::warn("witness did not cosign", {{"witness", witness}, {"status", answer.status}});
            continue;
        }
        // Whole lines of the right form only: they will stand in a note.
        if (parse_note(head.note + answer.body)) lines += answer.body;
    }
    return lines;
}

void refuse_if_witness_is_ahead(const Ledger::Options& options, const Checkpoint& head) {
    ask_witnesses(options, head);
}

}  // namespace chilang::ledger
