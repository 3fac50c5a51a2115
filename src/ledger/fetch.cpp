// HTTP by libcurl: the only place of the program that asks others.
#include "ledger/fetch.hpp"

#include <curl/curl.h>

namespace chilang::ledger {

namespace {

constexpr std::size_t answer_max = 65536;

std::size_t keep(char* data, std::size_t, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + count > answer_max) return 0;
    body.append(data, count);
    return count;
}

HttpAnswer ask(const std::string& url, const std::string* body) {
    static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
    HttpAnswer answer;
    CURL* curl = started == 0 ? curl_easy_init() : nullptr;
    if (curl == nullptr) return answer;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 1000L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 3000L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_slist* headers = nullptr;
    if (body != nullptr) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
        headers = curl_slist_append(nullptr, "Content-Type: text/plain");
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    }
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return answer;
}

}  // namespace

HttpAnswer http_get(const std::string& url) {
    return ask(url, nullptr);
}

HttpAnswer http_post(const std::string& url, const std::string& body) {
    return ask(url, &body);
}

}  // namespace chilang::ledger
