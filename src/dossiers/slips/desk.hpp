// A paper of a stored dossier as PDF: gathers what slips.hpp prints from.
#pragma once

#include "dossiers/service.hpp"
#include "dossiers/slips/slips.hpp"

#include <optional>
#include <string>

namespace chilang::dossiers {

// TT 01/2018/TT-VPCP: the receipt is made in two copies, one for the agency.
enum class Copies { one, with_the_agencys };

// `secret` stands on the applicant's copy only. Empty when the paper's step has not happened.
std::optional<std::string> slip_pdf(Service& service, const Dossier& dossier, Slip slip,
                                    Instant now, const std::string& secret, Copies copies);
std::string slip_file_name(const Dossier& dossier, Slip slip);  // "xin-loi-H37.12-….pdf"

}  // namespace chilang::dossiers
