// Composing a report: the outline's names become figures, all read at one position of the ledger.
#pragma once

#include "figures/figures.hpp"
#include "paper/paper.hpp"
#include "reports/outline.hpp"

#include <map>
#include <string>
#include <vector>

namespace chilang::reports {

struct BoundFigure {
    figures::Figure figure;
    std::string title, definition;
    std::string address;  // "/so-lieu/dossiers_received?from=…&to=…": opens into the records
};

struct Composed {
    Outline outline;
    std::map<std::string, BoundFigure> figures;  // by metric id; also those that only checks need
    std::int64_t position = 0;                   // ledger events behind every number
    std::string draft_mark;  // "DỰ THẢO" until the register gives the document a number
};

// Throws std::out_of_range when the outline names an unknown metric.
Composed compose(const Outline& outline, const figures::Figures& figures, Instant now);

// Prose of a part that is not a figure: the period, or text.
std::string prose_of(const Part& part, const Outline& outline);

// The document in the form of NĐ 30/2020/NĐ-CP, Phụ lục I; the same blocks print as DOCX and PDF.
paper::Document document(const Composed& report);

}  // namespace chilang::reports
