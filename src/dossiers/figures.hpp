// The figures of this module: records "dossier" and "procedure", and the metrics of report part
// I.2.2.
#pragma once

#include "dossiers/catalogue.hpp"
#include "figures/figures.hpp"

namespace chilang::dossiers {

// The fields known now become the words of the split "field"; procedures of fields that come later
// are counted all the same, without a word, until the next start.
void register_figures(figures::Figures& figures, const Procedures& procedures);

}  // namespace chilang::dossiers
