// The routes of procedures and dossiers under /api/v1. Faults are problem+json with the Vietnamese
// sentence per field.
//
// Bodies must say application/json, or multipart/form-data where files may come along: what acts in
// an officer's session needs its token besides, so a stranger's page can do nothing with it.
// Tracking needs code and secret, in the body: never in an address.
#include "dossiers/api.hpp"

#include "dossiers/api_bodies.hpp"

namespace chilang::dossiers {

void install_api(std::shared_ptr<Service> service) {
    using http::Method;
    http::Router& router = service->platform().router;
    constexpr std::size_t json_bytes = 64 * 1024, upload_bytes = 60 * 1024 * 1024;
    const auto add = [&](Method method, std::string pattern, std::string right, std::string event,
                         api::Handler handler, http::Doc doc) {
        const std::size_t body_max = doc.part.empty() ? json_bytes : upload_bytes;
        router.add({.method = method,
                    .pattern = std::move(pattern),
                    .right = std::move(right),
                    .event = std::move(event),
                    .handler = [service, handler](
                                   http::Request& request) { return handler(*service, request); },
                    .doc = std::move(doc),
                    .body_max = body_max,
                    .csrf = false});
    };
    const std::string component_files =
        "Files as parts named component_1, component_2 … by the numbers of the procedure's "
        "components; PDF, JPEG, PNG, WebP, HEIC, DOCX, XLSX, ODT, at most 20 MB each.";
    add(Method::get, "/api/v1/procedures", "public", "none", api::procedures,
        {.summary = "Search the catalogue of procedures, with or without diacritics",
         .query = {{"q", "words of name, code or field"}, {"limit", "1 to 100, default 20"}},
         .output = &type_of<api::ProcedureList>()});
    add(Method::get, "/api/v1/procedures/{code}", "public", "none", api::procedure,
        {.summary = "One procedure by its national code", .output = &type_of<Procedure>()});
    add(Method::post, "/api/v1/dossiers", "public", "dossier_submitted", api::submit,
        {.summary = "Submit a dossier online with its files; 422 names every required component "
                    "that is missing",
         .input = &type_of<api::SubmitBody>(),
         .output = &type_of<Receipt>(),
         .part = "dossier",
         .files = component_files});
    add(Method::post, "/api/v1/receptions", "dossiers.receive", "dossier_accepted", api::receive,
        {.summary = "Receive a dossier at the counter or by post, at the caller's own agency",
         .input = &type_of<api::ReceptionBody>(),
         .output = &type_of<Receipt>(),
         .part = "dossier",
         .files = component_files});
    add(Method::post, "/api/v1/dossiers/track", "public", "none", api::track,
        {.summary = "Follow a dossier by its code and the secret of its receipt",
         .input = &type_of<api::TrackBody>(),
         .output = &type_of<api::PublicDossier>()});
    add(Method::post, "/api/v1/dossiers/track/actions", "public", "dossier_supplemented",
        api::applicant_act,
        {.summary = "The applicant's own steps, by code and secret: supplement, withdraw",
         .input = &type_of<api::ApplicantActionBody>(),
         .output = &type_of<api::PublicDossier>(),
         .part = "step",
         .files = "The papers of the supplement, under any part name."});
    add(Method::get, "/api/v1/dossiers/{id}", "dossiers.view", "personal_data_looked_up", api::show,
        {.summary = "One dossier with its applicant, files, papers, reasoning of the due date and "
                    "possible steps",
         .output = &type_of<api::StaffDossier>()});
    add(Method::get, "/api/v1/dossiers/{id}/assignees", "dossiers.view", "none", api::assignees,
        {.summary = "Positions to which the dossier can be assigned",
         .output = &type_of<api::AssigneeList>()});
    add(Method::get, "/api/v1/dossiers/{id}/files/{file}", "dossiers.view",
        "personal_data_looked_up", api::file,
        {.summary = "One attached file", .output_type = "application/octet-stream"});
    add(Method::get, "/api/v1/dossiers/{id}/papers/{paper}", "dossiers.view",
        "personal_data_looked_up", api::slip,
        {.summary =
             "A statutory paper as PDF, such as giay-tiep-nhan; 404 before its step happened",
         .output_type = "application/pdf"});
    add(Method::post, "/api/v1/dossiers/{id}/actions", "dossiers.view", "dossier_accepted",
        api::act,
        {.summary = "Take a step on a dossier, with files if it brings some; 409 when it changed "
                    "meanwhile",
         .input = &type_of<api::ActionBody>(),
         .output = &type_of<api::PublicDossier>(),
         .part = "step",
         .files = "Papers that came with the step, under any part name."});
}

}  // namespace chilang::dossiers
