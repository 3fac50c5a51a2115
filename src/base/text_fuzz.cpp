// Fuzzing of text, ids, instants and CSV: no input may crash them, and their laws must hold on
// bytes that nobody would type.
#include "base/csv.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <stdexcept>

namespace {

using namespace chilang;

void require(bool holds) {
    if (!holds) std::abort();
}

void try_csv(std::string_view bytes) {
    try {
        for (const CsvRow& row : read_csv(bytes)) require(row.line() > 1);
    } catch (const std::runtime_error&) {  // refused, with its line
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::string folded = text::fold(bytes);
    require(text::is_utf8(folded) && text::fold(folded) == folded);
    for (const auto lines : {text::Lines::single, text::Lines::multiple}) {
        const std::string cleaned = text::clean(bytes, lines);
        require(text::is_utf8(cleaned) && text::clean(cleaned, lines) == cleaned);
    }
    if (const auto instant = parse_instant(bytes))
        require(parse_instant(to_iso(*instant)).has_value());
    if (const auto date = parse_date(bytes)) require(to_iso(*date) == bytes);
    if (const auto date = parse_shown_date(bytes)) require(parse_shown_date(show(*date)) == *date);
    if (const auto id = parse_id(bytes)) require(parse_id(to_string(*id)) == *id);
    if (const auto plain = from_base64(bytes)) require(to_base64(*plain) == bytes);
    text::collate(bytes, folded);
    text::words(bytes);
    try_csv(bytes);
    return 0;
}
