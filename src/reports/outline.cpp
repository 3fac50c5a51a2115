#include "reports/outline.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::reports {
namespace {

std::string roman(int number) {
    static constexpr std::pair<int, const char*> digits[] = {
        {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
    std::string out;
    for (const auto& [value, letters] : digits)
        for (; number >= value; number -= value) out += letters;
    return out;
}

std::vector<Part> parts_of(std::string_view sentence) {
    std::vector<Part> parts;
    while (!sentence.empty()) {
        const auto open = sentence.find("{{");
        if (open > 0) parts.push_back({std::string(sentence.substr(0, open)), ""});
        if (open == sentence.npos) break;
        const auto close = sentence.find("}}", open);
        if (close == sentence.npos) throw std::invalid_argument("ngoặc {{ không đóng");
        parts.push_back({"", std::string(sentence.substr(open + 2, close - open - 2))});
        sentence.remove_prefix(close + 2);
    }
    return parts;
}

class Parser {
public:
    void line(std::string_view line) {
        if (line.starts_with("## ")) return paragraph(Kind::heading, line.substr(3));
        if (line.starts_with("### ")) return paragraph(Kind::subheading, line.substr(4));
        if (line.starts_with("- ")) return paragraph(Kind::item, line.substr(2));
        if (line.starts_with("+ ")) return paragraph(Kind::subitem, line.substr(2));
        if (line.empty() || line.starts_with('#')) return;
        const auto space = line.find(' ');
        setting(line.substr(0, space), space == line.npos ? "" : line.substr(space + 1));
    }
    Outline outline;

private:
    void paragraph(Kind kind, std::string_view sentence) {
        std::string number;
        if (kind == Kind::heading) {
            number = roman(++headings_) + ".";
            subheadings_ = 0;
        } else if (kind == Kind::subheading) {
            number = std::to_string(++subheadings_) + ".";
        }
        outline.paragraphs.push_back({kind, number, parts_of(sentence)});
    }
    void setting(std::string_view name, std::string_view value) {
        if (name == "id")
            outline.id = value;
        else if (name == "title")
            outline.title = value;
        else if (name == "kind")
            outline.kind = value;
        else if (name == "symbol")
            outline.symbol = value;
        else if (name == "issuer")
            outline.issuer = value;
        else if (name == "parent")
            outline.parent = value;
        else if (name == "place")
            outline.place = value;
        else if (name == "recipient")
            outline.recipients.emplace_back(value);
        else if (name == "signer")
            outline.signers.emplace_back(value);
        else if (name == "period")
            period(value);
        else
            throw std::invalid_argument("không hiểu mục " + std::string(name));
    }
    void period(std::string_view value) {
        const auto from = parse_date(value.substr(0, 10)),
                   to = parse_date(value.substr(std::min<std::size_t>(11, value.size())));
        if (!from || !to || *to < *from)
            throw std::invalid_argument("kỳ báo cáo phải là hai ngày, trước rồi sau");
        outline.from = *from;
        outline.to = *to;
    }
    int headings_ = 0, subheadings_ = 0;
};

}  // namespace

Outline parse_outline(std::string_view text) {
    Parser parser;
    int number = 0;
    for (const std::string& line : text::split(text, '\n')) {
        ++number;
        try {
            parser.line(line);
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument("dòng " + std::to_string(number) + ": " + error.what());
        }
    }
    if (parser.outline.id.empty() || parser.outline.paragraphs.empty())
        throw std::invalid_argument("mẫu báo cáo cần id và ít nhất một đoạn");
    return parser.outline;
}

std::vector<Outline> embedded_outlines() {
    std::vector<Outline> outlines;
    for (const EmbeddedFile& file : embedded_files())
        if (file.path.starts_with("data/") && file.path.find("/report-") != file.path.npos)
            outlines.push_back(parse_outline(file.bytes));
    std::sort(outlines.begin(), outlines.end(),
              [](const Outline& a, const Outline& b) { return a.to > b.to; });
    return outlines;
}

}  // namespace chilang::reports
