// The look of an administrative paper (NĐ 30/2020/NĐ-CP, Phụ lục I): its head, its boxes, its foot.
#pragma once

#include "dossiers/slips/slips.hpp"

#include <string>
#include <vector>

namespace chilang::dossiers::sheet {

using paper::Align;
using paper::Block;

struct Face {
    double size_pt = 13;
    bool bold = false, italic = false;
    double after_pt = 3;
};
Block line(std::string text, Align align = Align::left, Face face = {});
Block prose(std::string text);                   // justified, first line indented
Block fact(std::string key, std::string value);  // "Mã hồ sơ: H37.…"; the value in bold
Block cell_text(std::string text, Align align = Align::left, bool bold = false);
Block bordered(std::vector<double> widths, std::vector<std::string> header,
               std::vector<std::vector<std::string>> rows);

// Boxes 1-4: the agency (or its superior and itself), motto, number, place and date.
struct Head {
    std::string above, issuer, number;  // number may be empty
    Instant at;
};
Block head(const SlipSource& source, const Head& head);
// The one-stop unit of the dossier's agency, as forms 01-03 are headed; the agency itself else.
Head of_counter(const SlipSource& source, std::string number, Instant at);
Head of_agency(const SlipSource& source, std::string number, Instant at);
// "230614-0001/TNHS": day and running number of the dossier, unique in its agency.
std::string number_of(const Dossier& dossier, std::string_view symbol);

// "Mẫu số 02 (Thông tư 01/2018/TT-VPCP)", by the law of the day.
Block mark(Slip slip, Instant at);
std::vector<Block> title(std::string text, std::string about = {});

struct Signature {
    std::string title, note, name;
};
Block signatures(const Signature& left, const Signature& right);
// Where to look the dossier up, as QR and as text, and the event that the paper prints.
std::vector<Block> foot(const SlipSource& source, const ledger::Event& event);

std::string agency_name(const SlipSource& source);
std::string long_time(Instant instant);  // "09 giờ 05 phút, ngày 14 tháng 6 năm 2023"

// The newest event of a kind; null when there is none. `last` also reads what it says.
const ledger::Event* newest(const std::vector<ledger::ProvenEvent>& events,
                            const ledger::Kind& kind);
struct Happened {
    const ledger::Event* event = nullptr;
    StepFacts facts;
    explicit operator bool() const { return event != nullptr; }
};
Happened last(const std::vector<ledger::ProvenEvent>& events, const ledger::Kind& kind);

}  // namespace chilang::dossiers::sheet

namespace chilang::dossiers {
// One file each; the step of each has happened.
paper::Document print_submission(const SlipSource& source);
paper::Document print_receipt(const SlipSource& source);
paper::Document print_supplement(const SlipSource& source);
paper::Document print_refusal(const SlipSource& source);
paper::Document print_apology(const SlipSource& source);
paper::Document print_stop(const SlipSource& source);
paper::Document print_control(const SlipSource& source);
}  // namespace chilang::dossiers
