// What the page files of identity share: showing a page, answering a form, and the routes they
// bring.
#pragma once

#include "html/html.hpp"
#include "html/kit.hpp"
#include "http/http.hpp"
#include "identity/state.hpp"
#include "platform/platform.hpp"

namespace chilang::identity {

using State = Identity::State;

http::Response show(const State& state, const http::Request& request, std::string_view name,
                    html::Page page, int status = 200);
// After a form: to `where`, or an error page with the first problem.
http::Response done_or_problem(const State& state, const http::Request& request,
                               const Result<Done>& result, std::string where);
// Runs `task` on the hashing threads and answers when it is done; 503 when too many wait.
http::Response on_hashing_thread(State& state, const http::Request& request,
                                 std::function<http::Response(http::Request&)> task);
std::int64_t id_param(const http::Request& request);  // 0 when it is no number

Date asked_date(const http::Request& request);  // "ngay" of the query, else today
// "See as of this day" with what was searched for; for the partial identity/day_form.
html::View day_form(std::string_view action, Date on, std::string_view query);
// The events of a stream: what, who, when, sealed or not. Empty when nothing happened.
html::View timeline_of(const State& state, db::Connection& connection, std::string_view stream);

// Leaves of the table the page that "trang" of the query asks for, fifty rows; the links to the
// others, empty when all fit.
html::View cut(html::Table& table, const http::Request& request);

html::Page staff_page(std::string title);  // frame staff, section admin
html::Page admin_page(std::string title, std::string_view current_href);

void add_sign_in_routes(State& state, http::Router& router);
void add_own_account_routes(State& state, http::Router& router);
void add_account_admin_routes(State& state, http::Router& router);
void add_register_routes(State& state, http::Router& router);  // overview, rights, look-ups
void add_unit_routes(State& state, http::Router& router);
void add_agency_routes(State& state, http::Router& router);
void add_agency_api(State& state, http::Router& router);
void add_token_routes(State& state, http::Router& router);

}  // namespace chilang::identity
