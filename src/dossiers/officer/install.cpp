// The officers' routes. What a step needs is decided per dossier (service), so its route asks only
// for somebody who works on dossiers at all.
#include "dossiers/officer/officer.hpp"

namespace chilang::dossiers {

void install_officer(std::shared_ptr<Service> service) {
    using http::Method;
    http::Router& router = service->platform().router;
    using Page = http::Response (*)(Service&, const http::Request&);
    const auto run = [service](Page page) {
        return [service, page](http::Request& request) { return page(*service, request); };
    };
    constexpr std::size_t uploads = 25 * 1024 * 1024;
    const auto recent = std::make_shared<RecentLists>();
    router.add(
        {Method::get, "/viec", "dossiers.view", "none", [service, recent](http::Request& request) {
             return inbox_page(*service, *recent, request);
         }});
    router.add({Method::post, "/viec/hang-loat", "dossiers.view", "dossier_resolved", run(bulk)});
    router.add({Method::get, "/tiep-nhan", "dossiers.receive", "none", run(counter_page)});
    router.add({.method = Method::post,
                .pattern = "/tiep-nhan",
                .right = "dossiers.receive",
                .event = "dossier_accepted",
                .handler = run(receive),
                .body_max = uploads});
    router.add(
        {Method::get, "/ho-so/{id}", "dossiers.view", "personal_data_looked_up", run(record_page)});
    router.add({Method::get, "/ho-so/{id}/lich-su", "public", "none", run(history_page)});
    router.add({Method::get, "/ho-so/{id}/tep/{file}", "dossiers.view", "personal_data_looked_up",
                run(file_page)});
    router.add({Method::get, "/ho-so/{id}/giay/{slip}", "dossiers.view", "personal_data_looked_up",
                run(slip_page)});
    router.add({Method::post, "/ho-so/{id}/giay/{slip}", "dossiers.receive",
                "personal_data_looked_up", run(slip_page)});
    router.add({Method::get, "/ho-so/{id}/{action}", "dossiers.view", "none", run(action_page)});
    router.add({.method = Method::post,
                .pattern = "/ho-so/{id}/{action}",
                .right = "dossiers.view",
                .event = "dossier_accepted",
                .handler = run(take_action),
                .body_max = uploads});
}

}  // namespace chilang::dossiers
