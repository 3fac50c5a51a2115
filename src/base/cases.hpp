// Reads a rulebook for a test: rows of text, cells separated by "|", the last cell what is
// expected.
//
// Blank lines and lines that begin with "#" are skipped; cells are trimmed; \uXXXX stands for a
// character that an editor would hide or change. Tests only.
#pragma once

#include "base/text.hpp"

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace chilang {

struct CaseRow {
    int line;
    std::vector<std::string> cells;
};

inline std::string unescape_case(std::string_view cell) {
    std::string out;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        unsigned code = 0;
        if (cell.substr(i, 2) != "\\u" || i + 6 > cell.size()) {
            out += cell[i];
            continue;
        }
        std::from_chars(cell.data() + i + 2, cell.data() + i + 6, code, 16);
        if (code < 0x80) {
            out += static_cast<char>(code);
        } else if (code < 0x800) {
            out += static_cast<char>(0xc0 | code >> 6);
            out += static_cast<char>(0x80 | (code & 0x3f));
        } else {
            out += static_cast<char>(0xe0 | code >> 12);
            out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
            out += static_cast<char>(0x80 | (code & 0x3f));
        }
        i += 5;
    }
    return out;
}

// `path` from the root of the project. Throws when the file is not there, has no rows, or a row has
// not `columns` cells.
inline std::vector<CaseRow> read_cases(const std::string& path, std::size_t columns) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no cases in " + path);
    std::vector<CaseRow> rows;
    std::string text;
    for (int line = 1; std::getline(file, text); ++line) {
        if (text::trim(text).empty() || text[0] == '#') continue;
        CaseRow row{line, text::split(text, '|')};
        if (row.cells.size() != columns)
            throw std::runtime_error(path + ":" + std::to_string(line) + ": wrong cell count");
        for (std::string& cell : row.cells) cell = unescape_case(text::trim(cell));
        rows.push_back(std::move(row));
    }
    if (rows.empty()) throw std::runtime_error("no cases in " + path);
    return rows;
}

}  // namespace chilang
