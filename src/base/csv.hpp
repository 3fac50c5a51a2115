// Reads CSV (RFC 4180) with a header line: the facts in data/ and what people export from sheets.
//
// Columns are asked for by name, so a file may gain columns without breaking its reader. Lines may
// end in LF or CRLF, a byte order mark is skipped, blank lines are skipped. A line with too many or
// too few cells, an open quote or a repeated column name is an error that names the line.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace chilang {

class CsvRow {
public:
    using Columns = std::map<std::string, std::size_t, std::less<>>;
    CsvRow(std::shared_ptr<const Columns> columns, std::vector<std::string> cells, int line);

    // Throws std::runtime_error, naming the line, when there is no such column.
    const std::string& operator[](std::string_view column) const;
    bool has(std::string_view column) const;
    int line() const { return line_; }  // of the file, from 1, for messages

private:
    std::shared_ptr<const Columns> columns_;
    std::vector<std::string> cells_;
    int line_;
};

// Throws std::runtime_error ("CSV, dòng 12: …").
std::vector<CsvRow> read_csv(std::string_view text);

}  // namespace chilang
