// Versions of procedures over HTTP: all of one, drafting, publishing, ending.
#include "base/json.hpp"
#include "dossiers/admin/admin.hpp"
#include "dossiers/admin/procedures.hpp"

namespace chilang::dossiers {

struct DraftBody {
    std::int64_t id = 0;  // 0: a new procedure
    std::string code, name, field;
    std::int64_t department = 0;
    ProcedureScope scope = ProcedureScope::commune;
    ServiceLevel level = ServiceLevel::full;
    int limit_amount = 0;
    LimitUnit limit_unit = LimitUnit::working_day;
    PausePolicy pause_policy = PausePolicy::keep;
    std::optional<std::string> pause_clause;
    std::int64_t fee_dong = 0;
    std::optional<std::string> fee_note;
    std::vector<Component> components;
    std::string result_name, basis;
};
BOOST_DESCRIBE_STRUCT(DraftBody, (),
                      (id, code, name, field, department, scope, level, limit_amount, limit_unit,
                       pause_policy, pause_clause, fee_dong, fee_note, components, result_name,
                       basis))

struct PublishBody {
    Date from{};
    std::optional<bool> doubts_seen;  // what the validator doubts was compared with the source
};
BOOST_DESCRIBE_STRUCT(PublishBody, (), (from, doubts_seen))

struct EndBody {
    Date day{};
};
BOOST_DESCRIBE_STRUCT(EndBody, (), (day))

struct CheckedProcedure {
    Procedure version;
    std::vector<Finding> findings;
};
BOOST_DESCRIBE_STRUCT(CheckedProcedure, (), (version, findings))

struct ProcedureVersions {
    std::vector<CheckedProcedure> versions;
};
BOOST_DESCRIBE_STRUCT(ProcedureVersions, (), (versions))

namespace {

http::Response answer(const Result<Procedure>& done) {
    if (!done) {
        const bool overtaken = done.problems().front().code == "changed_meanwhile";
        return http::problem(overtaken ? 409 : 422, "Thủ tục chưa được thay đổi", done.problems());
    }
    return http::json(json::write(CheckedProcedure{*done, findings(*done)}));
}

http::Response versions(Service& service, const http::Request& request) {
    const auto procedures = service.procedures();
    ProcedureVersions all;
    for (const Procedure& version : procedures->versions(identity::id_param(request)))
        all.versions.push_back({version, findings(version)});
    return all.versions.empty() ? http::problem(404, "Không có thủ tục này")
                                : http::json(json::write(all));
}

http::Response draft(Service& service, const http::Request& request) {
    const auto read = json::read<DraftBody>(request.body);
    if (!read) return http::problem(400, "Không đọc được yêu cầu", read.problems());
    const DraftBody& body = *read;
    Procedure form;
    form.id = body.id;
    form.code = body.code;
    form.name = body.name;
    form.field = body.field;
    form.department = body.department;
    form.scope = body.scope;
    form.level = body.level;
    form.limit_amount = body.limit_amount;
    form.limit_unit = body.limit_unit;
    form.pause_policy = body.pause_policy;
    form.pause_clause = body.pause_clause.value_or("");
    form.fee_dong = body.fee_dong;
    form.fee_note = body.fee_note.value_or("");
    form.components = body.components;
    form.result_name = body.result_name;
    form.basis = body.basis;
    return answer(save_draft(service, identity::actor(request), std::move(form), request.now));
}

http::Response publish_version(Service& service, const http::Request& request) {
    const auto body = json::read<PublishBody>(request.body);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    return answer(publish(service, identity::actor(request),
                          {.id = identity::id_param(request),
                           .from = body->from,
                           .doubts_seen = body->doubts_seen.value_or(false)},
                          request.now));
}

http::Response end(Service& service, const http::Request& request) {
    const auto body = json::read<EndBody>(request.body);
    if (!body) return http::problem(400, "Không đọc được yêu cầu", body.problems());
    return answer(end_procedure(service, identity::actor(request),
                                {.id = identity::id_param(request), .day = body->day},
                                request.now));
}

}  // namespace

void add_procedure_api(std::shared_ptr<Service> service) {
    using http::Method;
    http::Router& router = service->platform().router;
    const auto add = [&](Method method, std::string pattern, std::string event,
                         http::Response (*handler)(Service&, const http::Request&), http::Doc doc) {
        router.add({.method = method,
                    .pattern = "/api/v1/admin/procedures" + std::move(pattern),
                    .right = "procedures.admin",
                    .event = std::move(event),
                    .handler = [service, handler](
                                   http::Request& request) { return handler(*service, request); },
                    .doc = std::move(doc)});
    };
    add(Method::get, "/{id}", "none", versions,
        {.summary = "All versions of a procedure by its number, each with what the validator finds",
         .output = &type_of<ProcedureVersions>()});
    add(Method::post, "", "procedure_drafted", draft,
        {.summary = "Draft a procedure or the next version of one",
         .input = &type_of<DraftBody>(),
         .output = &type_of<CheckedProcedure>()});
    add(Method::post, "/{id}/publish", "procedure_updated", publish_version,
        {.summary = "Publish the draft from a day on; the caller's position answers for it",
         .input = &type_of<PublishBody>(),
         .output = &type_of<CheckedProcedure>()});
    add(Method::post, "/{id}/end", "procedure_closed", end,
        {.summary = "No longer offer a procedure from a day on; open dossiers go on",
         .input = &type_of<EndBody>(),
         .output = &type_of<CheckedProcedure>()});
}

}  // namespace chilang::dossiers
