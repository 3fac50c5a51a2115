// Pieces that the citizens' pages share: the frame, and a dossier in a citizen's words.
#pragma once

#include "dossiers/service.hpp"
#include "html/html.hpp"
#include "html/kit.hpp"
#include "http/http.hpp"

#include <string_view>

namespace chilang::dossiers {

http::Response citizen_page(Platform& platform, const http::Request& request, std::string_view name,
                            html::Page page, int status = 200);
html::Tag status_tag(Status status);
std::string limit_words(const Procedure& procedure);  // "3 ngày làm việc", "trong ngày"
std::string fee_words(const Procedure& procedure);    // "8.000 đ", "không thu"

}  // namespace chilang::dossiers
