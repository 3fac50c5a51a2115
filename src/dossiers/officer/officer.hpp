// The pages of those who handle dossiers: one inbox, one record page, the counter.
//
// Everything is links and forms; the keyboard works in the table (arrows, Enter, "/"). Reach is the
// actor's agencies: what lies outside looks as if it did not exist.
#pragma once

#include "dossiers/inbox.hpp"
#include "dossiers/recent.hpp"
#include "dossiers/service.hpp"
#include "html/html.hpp"
#include "html/kit.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace chilang::dossiers {

void install_officer(std::shared_ptr<Service> service);

// ---- what the pages share ----------------------------------------------------------------------

http::Response staff_page(Platform& platform, const http::Request& request, std::string_view name,
                          html::Page page, int status = 200);
// A page that says in a sentence why this cannot be done, and where to go from here.
http::Response told(Platform& platform, const http::Request& request, int status, std::string title,
                    std::string text, std::string link_label, std::string link_href);
// The dossier of {id} when it lies in the actor's reach.
std::optional<Dossier> dossier_of(Service& service, const http::Request& request);
http::Response no_such_dossier(Platform& platform, const http::Request& request);

html::Tag staff_tag(Status status);
// The clock of an open dossier; of a closed one how it ended; nothing before receipt.
std::optional<html::Clock> clock_of(const time::Calendar& calendar, Status status, bool paused,
                                    std::optional<Instant> received, std::optional<Instant> due,
                                    std::optional<Verdict> verdict, Instant now);

// ---- what the inbox remembers ------------------------------------------------------------------

// A first page of fifty, as HTML: its table has no token and no name of who looks.
struct ShownList {
    std::string table;  // empty when nothing is listed
    std::size_t rows = 0;
    std::string next;  // cursor, or empty
};
struct ListKey {
    std::vector<std::int64_t> agencies;
    Tab tab = Tab::all;
    std::optional<std::int64_t> assignee;
    bool tick = false;  // rows can be chosen
    auto operator<=>(const ListKey&) const = default;
};
struct RecentLists {
    Recent<std::vector<std::int64_t>, TabCount> counts;
    Recent<ListKey, ShownList> lists;
};

// ---- the pages ---------------------------------------------------------------------------------

http::Response inbox_page(Service& service, RecentLists& recent, const http::Request& request);
http::Response bulk(Service& service, const http::Request& request);
http::Response record_page(Service& service, const http::Request& request);
http::Response action_page(Service& service, const http::Request& request);
http::Response take_action(Service& service, const http::Request& request);
http::Response file_page(Service& service, const http::Request& request);
http::Response slip_page(Service& service, const http::Request& request);
http::Response history_page(Service& service, const http::Request& request);
http::Response counter_page(Service& service, const http::Request& request);
http::Response receive(Service& service, const http::Request& request);

// The form of one action with what was typed; `problems` stand beside their fields.
http::Response action_form(Service& service, const http::Request& request, const Dossier& dossier,
                           Action action, const Problems& problems, int status);
// What the form of an action says; problems of form (dates) only, rules come after.
Result<Step> read_step(const http::Request& request, Action action);

}  // namespace chilang::dossiers
