// SHA-256 and HMAC-SHA-256: the one hash of the platform (ledger, files, sessions, receipts).
//
// OpenSSL does the work (with the processor's SHA instructions); the algorithm is looked up once
// for the program and each thread keeps one context, because looking it up costs more than hashing
// a short text.
#pragma once

#include "base/id.hpp"

#include <memory>
#include <string_view>

struct evp_md_ctx_st;

namespace chilang {

Hash sha256(std::string_view data);
Hash hmac_sha256(std::string_view key, std::string_view data);  // RFC 2104

// For what comes in pieces: add … add, finish; after `finish` it is empty again and can be reused.
class Sha256 {
public:
    Sha256();
    void add(std::string_view data);
    Hash finish();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// Takes as long for the first differing byte as for the last; the lengths are not secret.
bool constant_time_equal(std::string_view left, std::string_view right);

}  // namespace chilang
