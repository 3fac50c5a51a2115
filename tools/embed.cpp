// Turns files into one C++ source, so that the program carries its migrations, pages, styles and
// reference data inside: embed ROOT OUTPUT FILE… (paths relative to ROOT).
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

void write_literal(std::ostream& out, const std::string& bytes) {
    static const char* digits = "01234567";
    out << '"';
    std::size_t column = 0;
    for (unsigned char c : bytes) {
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '?') {
            out << c;
            ++column;
        } else {
            out << '\\' << digits[c >> 6] << digits[(c >> 3) & 7] << digits[c & 7];
            column += 4;
        }
        if (column > 4000) {
            out << "\"\n\"";
            column = 0;
        }
    }
    out << '"';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::cerr << "usage: embed ROOT OUTPUT FILE…\n";
        return 2;
    }
    const std::string root = argv[1];
    std::ofstream out(argv[2], std::ios::binary);
    out << "#include \"base/embedded.hpp\"\n\nnamespace chilang {\n\nstatic const EmbeddedFile "
           "files[] = {\n";
    for (int i = 3; i < argc; ++i) {
        std::ifstream in(root + "/" + argv[i], std::ios::binary);
        if (!in) {
            std::cerr << "embed: cannot read " << argv[i] << "\n";
            return 1;
        }
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        out << "{\"" << argv[i] << "\", std::string_view(";
        write_literal(out, bytes);
        out << ", " << bytes.size() << ")},\n";
    }
    out << "};\n\nstd::span<const EmbeddedFile> embedded_files() { return files; }\n\n}  // "
           "namespace chilang\n";
    return out.good() ? 0 : 1;
}
