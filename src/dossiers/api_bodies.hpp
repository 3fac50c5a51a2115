// What /api/v1 takes and gives for procedures and dossiers; the OpenAPI description is made of it.
#pragma once

#include "base/json.hpp"
#include "dossiers/service.hpp"
#include "http/http.hpp"
#include "identity/identity.hpp"

#include <string>
#include <vector>

namespace chilang::dossiers::api {

struct ApplicantBody {
    std::string name;
    std::optional<std::string> citizen_id, phone, email, address;
};
BOOST_DESCRIBE_STRUCT(ApplicantBody, (), (name, citizen_id, phone, email, address))

struct SubmitBody {
    std::string procedure;  // code: "1.001193"
    std::string agency;     // code: "H37.12"
    ApplicantBody applicant;
};
BOOST_DESCRIBE_STRUCT(SubmitBody, (), (procedure, agency, applicant))

struct ReceptionBody {  // at the counter or by post; the agency is the officer's own
    std::string procedure;
    Channel channel = Channel::counter;
    ApplicantBody applicant;
    std::vector<int> brought;  // components handed in on paper, by number from 1
};
BOOST_DESCRIBE_STRUCT(ReceptionBody, (), (procedure, channel, applicant, brought))

struct ActionBody {
    Action action = Action::accept;
    std::optional<std::string> reason, clause;
    std::optional<std::vector<Defect>> defects;
    std::optional<std::int64_t> assignee;
    std::optional<Instant> new_due;
    std::optional<std::int64_t> seen;  // number of the last event that the caller knows
};
BOOST_DESCRIBE_STRUCT(ActionBody, (), (action, reason, clause, defects, assignee, new_due, seen))

struct TrackBody {
    std::string code, secret;
};
BOOST_DESCRIBE_STRUCT(TrackBody, (), (code, secret))

struct ApplicantActionBody {  // supplement or withdraw
    std::string code, secret;
    Action action = Action::supplement;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(ApplicantActionBody, (), (code, secret, action, reason))

struct PublicDossier {
    Id id{};
    std::string code, procedure, agency;
    Channel channel = Channel::online;
    Status status = Status::submitted;
    int portal_status = 1;
    Instant submitted_at{};
    std::optional<Instant> received_at, due_at, first_due_at, resolved_at, returned_at, closed_at;
    std::optional<Verdict> verdict;
    std::optional<Outcome> outcome;
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(PublicDossier, (),
                      (id, code, procedure, agency, channel, status, portal_status, submitted_at,
                       received_at, due_at, first_due_at, resolved_at, returned_at, closed_at,
                       verdict, outcome, seq))

struct FileEntry {
    Id id{};
    std::string part, name, type;  // part: "component_2", or empty
    std::int64_t size_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(FileEntry, (), (id, part, name, type, size_bytes))

struct StaffDossier {
    PublicDossier dossier;
    Applicant applicant;
    std::optional<std::int64_t> assignee;
    int supplements = 0, extensions = 0;
    std::vector<Action> possible;  // steps that this caller may take now
    std::vector<std::string> due_reasoning;
    std::vector<FileEntry> files;
    std::vector<std::string> papers;  // statutory papers that can be printed, by address
};
BOOST_DESCRIBE_STRUCT(StaffDossier, (),
                      (dossier, applicant, assignee, supplements, extensions, possible,
                       due_reasoning, files, papers))

struct AssigneeList {
    std::vector<identity::Member> items;
};
BOOST_DESCRIBE_STRUCT(AssigneeList, (), (items))

struct ProcedureList {
    std::int64_t total = 0;
    std::vector<Procedure> items;
};
BOOST_DESCRIBE_STRUCT(ProcedureList, (), (total, items))

// The JSON of a request: the whole body, or the part `part` of a multipart/form-data body whose
// other parts are files. Anything else is refused: a form of a foreign site could send it.
Result<std::string> sent_json(const http::Request& request, std::string_view part);
template <class T>
Result<T> body_of(const http::Request& request, std::string_view part = {}) {
    auto text = sent_json(request, part);
    if (!text) return text.problems();
    return json::read<T>(*text);
}

Applicant applicant_of(const ApplicantBody& body);
PublicDossier public_view(Service& service, const Dossier& dossier);
http::Response fault(const Answer& answer);
// Waits for the lane: 201 with the receipt, or the fault.
http::Response submitted(Service& service, NewDossier dossier, const std::string& actor,
                         Instant now);
// Waits for the lane: the dossier as it is now, or the fault. A null actor is the applicant.
http::Response acted(Service& service, const http::Request& request, Act act, bool by_applicant);

using Handler = http::Response (*)(Service&, http::Request&);
// One file each: submissions; steps; what is read.
http::Response submit(Service& service, http::Request& request);
http::Response receive(Service& service, http::Request& request);
http::Response act(Service& service, http::Request& request);
http::Response applicant_act(Service& service, http::Request& request);
http::Response show(Service& service, http::Request& request);
http::Response assignees(Service& service, http::Request& request);
http::Response file(Service& service, http::Request& request);
http::Response slip(Service& service, http::Request& request);
http::Response track(Service& service, http::Request& request);
http::Response procedures(Service& service, http::Request& request);
http::Response procedure(Service& service, http::Request& request);

}  // namespace chilang::dossiers::api
