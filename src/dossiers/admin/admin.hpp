// The administrator's part of this module: the working calendar and the catalogue of procedures,
// as pages under /quan-tri and as API under /api/v1/admin.
#pragma once

#include "dossiers/admin/procedures.hpp"
#include "html/html.hpp"
#include "html/kit.hpp"
#include "http/http.hpp"
#include "identity/desk.hpp"

#include <memory>

namespace chilang::dossiers {

void install_admin(std::shared_ptr<Service> service);

// ---- what the files of this folder share -------------------------------------------------------

http::Response admin_show(Service& service, const http::Request& request, std::string_view name,
                          html::Page page, int status = 200);
http::Response admin_missing(Service& service, const http::Request& request, std::string title);
// "Thứ Hai, 23/11/2026"
std::string show_weekday(Date date);

html::Tag standing_tag(Standing standing);
html::Tag certainty_tag(const Procedure& procedure);

http::Response procedure_list_page(Service& service, const http::Request& request);
void add_procedure_pages(std::shared_ptr<Service> service);
void add_procedure_api(std::shared_ptr<Service> service);
void add_calendar_pages(std::shared_ptr<Service> service);
void add_calendar_api(std::shared_ptr<Service> service);

}  // namespace chilang::dossiers
