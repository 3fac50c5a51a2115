// libFuzzer target: the first byte chooses the reader, the rest is what a browser might send.
// clang++-16 -std=c++20 -fsanitize=fuzzer,address,undefined (see http/README.md).
#include "http/form.hpp"
#include "http/intake.hpp"

#include <cstdlib>

using namespace chilang::http;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    Pairs pairs;
    std::vector<Upload> uploads;
    switch (data[0] % 4) {
        case 0: {
            if (parse_urlencoded(bytes, {}, pairs) == FormFault::none)
                for (const auto& [name, value] : pairs)
                    if (!is_plain_text(name) || !is_plain_text(value)) std::abort();
            break;
        }
        case 1:
            parse_multipart(bytes, "multipart/form-data; boundary=XX", {}, pairs, uploads);
            break;
        case 2: {
            const auto line = std::min(bytes.find('\n'), bytes.size());
            parse_multipart(bytes.substr(line), bytes.substr(0, line), {}, pairs, uploads);
            parse_cookies(bytes);
            break;
        }
        default: {
            Raw raw{.method = "POST", .target = std::string(bytes), .body = std::string(bytes)};
            Request request;
            take_in(std::move(raw), true, request);
        }
    }
    return 0;
}
