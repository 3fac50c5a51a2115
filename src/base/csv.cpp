// The reader is one pass over the characters: inside of quotes only a quote is special, outside of
// them a comma and a line end are. A quote in the middle of a plain cell is an error, not data: it
// nearly always means that a sheet was saved with another separator.
#include "base/csv.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace chilang {

namespace {

[[noreturn]] void fail(int line, const std::string& what) {
    throw std::runtime_error("CSV, dòng " + std::to_string(line) + ": " + what);
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {
        if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    }

    // The cells of the next line that is not blank; empty at the end.
    std::optional<std::vector<std::string>> next() {
        while (take_line_end()) {
        }
        if (at_ == text_.size()) return std::nullopt;
        started_ = line_;
        std::vector<std::string> cells;
        do cells.push_back(cell());
        while (take(','));
        if (at_ < text_.size() && !take_line_end()) fail(line_, "có chữ thừa sau dấu nháy đóng");
        return cells;
    }

    int line_started() const { return started_; }

private:
    bool take(char wanted) {
        if (at_ == text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    bool take_line_end() {
        if (text_.substr(at_, 2) == "\r\n") ++at_;
        if (!take('\n')) return false;
        ++line_;
        return true;
    }

    std::string cell() {
        if (take('"')) return quoted_cell();
        const std::size_t from = at_;
        at_ = std::min(text_.find_first_of(",\n\"", from), text_.size());
        if (at_ < text_.size() && text_[at_] == '"') fail(line_, "dấu nháy ở giữa ô");
        const bool carriage =
            at_ > from && text_[at_ - 1] == '\r' && (at_ == text_.size() || text_[at_] == '\n');
        const std::size_t to = carriage ? at_ - 1 : at_;
        return std::string(text_.substr(from, to - from));
    }

    std::string quoted_cell() {
        const int opened = line_;
        std::string out;
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"' && !take('"')) return out;
            if (c == '\n') ++line_;
            out += c;
        }
        fail(opened, "thiếu dấu nháy đóng");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
    int started_ = 1;
};

}  // namespace

CsvRow::CsvRow(std::shared_ptr<const Columns> columns, std::vector<std::string> cells, int line)
    : columns_(std::move(columns)), cells_(std::move(cells)), line_(line) {}

const std::string& CsvRow::operator[](std::string_view column) const {
    const auto found = columns_->find(column);
    if (found == columns_->end()) fail(line_, "không có cột " + std::string(column));
    return cells_[found->second];
}

bool CsvRow::has(std::string_view column) const {
    return columns_->contains(column);
}

std::vector<CsvRow> read_csv(std::string_view text) {
    Reader reader(text);
    std::vector<CsvRow> rows;
    const auto header = reader.next();
    if (!header) return rows;
    auto columns = std::make_shared<CsvRow::Columns>();
    for (const std::string& name : *header)
        if (!columns->emplace(name, columns->size()).second)
            fail(reader.line_started(), "cột " + name + " có hai lần");
    while (auto cells = reader.next()) {
        if (cells->size() != header->size())
            fail(reader.line_started(), "có " + std::to_string(cells->size()) + " ô, cần " +
                                            std::to_string(header->size()));
        rows.emplace_back(columns, std::move(*cells), reader.line_started());
    }
    return rows;
}

}  // namespace chilang
