// `fold`: text as it is compared and searched, without case and without marks.
//
// Written by hand instead of with ICU because it runs on each stored name and on each keystroke of
// a search: one pass over the bytes, a table look-up for each letter. Decomposed and composed
// spellings fold to the same bytes, and so do the old and the new placement of tone marks
// ("hoà", "hòa"). The folded text is stored: a change of the tables means that *_fold columns must
// be written anew.
#include "base/text.hpp"

#include "base/utf8.hpp"

namespace chilang::text {

namespace {

// The letter that remains of each character; '.' = the character stays as it is. Ð (eth) becomes
// d, because old keyboards typed it for Đ.
constexpr std::string_view kFrom00c0 =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "................................oo.............uu..............."
    ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
    "................";
constexpr std::string_view kFrom1e00 =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy....s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static_assert(kFrom00c0.size() == 0x250 - 0xc0 && kFrom1e00.size() == 0x100);

char base_letter(char32_t c) {
    if (c >= 0xc0 && c < 0x250) return kFrom00c0[c - 0xc0];
    if (c >= 0x1e00 && c < 0x1f00) return kFrom1e00[c - 0x1e00];
    if (c == 0x212a) return 'k';  // the signs of Kelvin and Ångström, which NFC turns into letters
    if (c == 0x212b) return 'a';
    return '.';
}

}  // namespace

std::string fold(std::string_view input) {
    std::string out;
    out.reserve(input.size());
    bool pending_space = false;
    const auto gap = [&] {
        if (pending_space && !out.empty()) out += ' ';
        pending_space = false;
    };
    for (std::size_t i = 0; i < input.size();) {
        const auto byte = static_cast<unsigned char>(input[i]);
        if (byte < 0x80) {
            ++i;
            if (byte <= ' ' || byte == 0x7f) {
                pending_space = true;
                continue;
            }
            gap();
            out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            continue;
        }
        const utf8::CodePoint point = utf8::decode(input, i);
        i += point.size;
        if (!point.valid || utf8::is_combining_mark(point.value) || utf8::is_invisible(point.value))
            continue;
        if (utf8::is_space(point.value)) {
            pending_space = true;
            continue;
        }
        gap();
        const char letter = base_letter(point.value);
        if (letter != '.')
            out += letter;
        else
            out += input.substr(i - point.size, point.size);
    }
    return out;
}

}  // namespace chilang::text
