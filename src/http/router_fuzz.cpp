// Fuzz target: no address makes the router read outside it, and what it hands out is plain text
// that belongs to the route it found. Built by tests/sanitize/fuzz.sh.
#include "http/form.hpp"
#include "http/http.hpp"

#include <algorithm>
#include <cstdlib>

using namespace chilang::http;

namespace {

Router sample() {
    Router router;
    for (const char* pattern : {"/", "/a", "/a/{id}", "/a/{id}.docx", "/a/{id}/b/{file}",
                                "/a/b/{c}", "/tile/{path*}", "/{any}/x"})
        router.add({Method::get, pattern, "public", "none", {}});
    router.add({Method::post, "/a/{id}", "public", "none", {}});
    return router;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    static const Router router = sample();
    const std::string_view path(reinterpret_cast<const char*>(data), size);
    for (const Method method : {Method::get, Method::post, Method::del}) {
        const auto match = router.match(method, path);
        if (match.route && match.method_mismatch) std::abort();
        if (!match.route) continue;
        const auto braces = std::ranges::count(match.route->pattern, '{');
        if (static_cast<std::ptrdiff_t>(match.params.size()) != braces) std::abort();
        for (const auto& [name, value] : match.params)
            if (value.empty() || !is_plain_text(value)) std::abort();
    }
    return 0;
}
