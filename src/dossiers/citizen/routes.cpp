// The citizens' routes.
#include "dossiers/citizen/apply.hpp"
#include "dossiers/citizen/citizen.hpp"
#include "dossiers/citizen/find.hpp"
#include "dossiers/citizen/track.hpp"

namespace chilang::dossiers {

void install_citizen(std::shared_ptr<Service> service) {
    using http::Method;
    constexpr std::size_t upload_bytes = 60 * 1024 * 1024;
    auto& router = service->platform().router;
    using Page = http::Response (*)(Service&, const http::Request&);
    const auto page = [&](Method method, std::string pattern, std::string event, Page handler,
                          std::size_t body_max = 64 * 1024) {
        router.add({.method = method,
                    .pattern = std::move(pattern),
                    .right = "public",
                    .event = std::move(event),
                    .handler = [service, handler](
                                   http::Request& request) { return handler(*service, request); },
                    .body_max = body_max});
    };
    page(Method::get, "/", "none", &front_page);
    page(Method::get, "/thu-tuc", "none", &search_page);
    page(Method::get, "/thu-tuc/{code}", "none", &procedure_page);
    page(Method::get, "/nop-ho-so/{code}", "none", &apply_page);
    page(Method::post, "/nop-ho-so/{code}", "dossier_submitted", &apply_submit, upload_bytes);
    page(Method::get, "/tra-cuu", "none", &track_form);
    page(Method::post, "/tra-cuu", "none", &track);
    page(Method::post, "/tra-cuu/giay/{slip}", "none", &applicants_slip);
    page(Method::post, "/tra-cuu/bang-chung", "none", &receipt_proof);
    page(
        Method::post, "/tra-cuu/bo-sung", "dossier_supplemented",
        [](Service& s, const http::Request& r) { return applicant_step(s, r, Action::supplement); },
        upload_bytes);
    page(Method::post, "/tra-cuu/rut", "dossier_withdrawn",
         [](Service& s, const http::Request& r) { return applicant_step(s, r, Action::withdraw); });
}

}  // namespace chilang::dossiers
