// Fuzz target: recognising a stranger's bytes never reads outside them and always ends.
//
// clang++ -std=c++20 -Isrc -fsanitize=fuzzer,address,undefined with media_type.cpp and
// zip_listing.cpp.
#include "files/files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::string type = chilang::files::media_type(bytes);
    // A type is decided by the bytes alone.
    if (type != chilang::files::media_type(bytes)) __builtin_trap();
    return 0;
}
