// The template of a report: an outline whose sentences hold names of figures instead of numbers.
//
// It is a text file that an official can read (data/langson/report-2023-h1.txt): headings number
// themselves, {{dossiers_received}} is bound to the metric of that name, and a digit typed by hand
// is what the checker looks for.
#pragma once

#include "base/instant.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chilang::reports {

struct Part {  // a piece of a sentence: prose, or the name of a figure
    std::string prose, figure;
};

enum class Kind { heading, subheading, item, subitem };

struct Paragraph {
    Kind kind = Kind::item;
    std::string number;  // "I.", "1." — made by the parser, never typed
    std::vector<Part> parts;
};

struct Outline {
    std::string id, title, kind, symbol, issuer, parent, place;
    Date from{}, to{};
    std::vector<std::string> recipients, signers;
    std::vector<Paragraph> paragraphs;
};

// Throws std::invalid_argument naming the line that it cannot read.
Outline parse_outline(std::string_view text);

// The outlines carried inside the program, newest period first.
std::vector<Outline> embedded_outlines();

}  // namespace chilang::reports
