// Asking witnesses and public ledgers over HTTP: short answers, short patience.
#pragma once

#include <string>

namespace chilang::ledger {

struct HttpAnswer {
    long status = 0;  // 0: no answer within 3 seconds, or one of more than 64 KiB
    std::string body;
};

HttpAnswer http_get(const std::string& url);
HttpAnswer http_post(const std::string& url, const std::string& body);  // text/plain

}  // namespace chilang::ledger
