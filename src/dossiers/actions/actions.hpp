// The verbs of a dossier. One file each; rules.cpp has checked the status before it calls them.
//
// A verb gets its own copy of the dossier, changes it, and says with `decided` which event that is.
#pragma once

#include "dossiers/rules.hpp"

namespace chilang::dossiers {

using Verb = Result<Decision>(Dossier dossier, const Step& step, const Facts& facts);

Verb accept, refuse, assign, ask_supplement, supplement, draft, send_back, approve, reject, extend,
    stop, withdraw, hand_over;

// The decision with its payload; `note` goes into the public history, so it holds no personal data.
// `said` is recorded word for word for the papers: reason, clause, defects, the promise before.
Decision decided(Dossier dossier, const ledger::Kind& kind, std::string note, const Facts& facts,
                 const Step& said = {});
// received_at, due_at, first_due_at and the status, as of now.
void start_clock(Dossier& dossier, const Facts& facts);
// resolved_at, verdict, outcome; answers the apology that a late result must carry, or nothing.
std::string finish_clock(Dossier& dossier, Outcome outcome, const Facts& facts);

// What is wrong with the reason and the clause of this step; each is asked for with its own
// sentence.
struct Wanted {
    std::string_view reason;  // the sentence when it's missing; empty: not needed
    std::string_view clause;
};
Problems check_grounds(const Step& step, Wanted wanted);
// "Lý do: …. Căn cứ: …." as the forms print it.
std::string grounds(const Step& step);
// A run of nine or more digits is an identity paper or a telephone number: it may not go into
// history.
bool holds_personal_number(std::string_view text);

}  // namespace chilang::dossiers
