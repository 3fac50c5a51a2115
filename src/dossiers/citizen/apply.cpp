// One page asks for the agency, the applicant and the papers; what was typed is kept when something
// is wrong. The answer comes after the commit: the receipt is shown only for a dossier that cannot
// be lost. The form carries an idempotency key made with it, so that sending twice makes one
// dossier.
#include "dossiers/citizen/apply.hpp"

#include "base/text.hpp"
#include "dossiers/citizen/applicant_form.hpp"
#include "dossiers/citizen/show.hpp"
#include "dossiers/uploads.hpp"
#include "places/places.hpp"

#include <algorithm>
#include <memory>

namespace chilang::dossiers {
namespace {

// The agencies of today that may handle the procedure. Districts ended on 2025-07-01: what they
// handled is with the communes now.
std::vector<const places::Agency*> competent(const Procedure& procedure,
                                             const places::Places& places, Date today) {
    std::vector<const places::Agency*> found;
    if (procedure.scope == ProcedureScope::province) {
        found.push_back(&places.agency(procedure.department));
        return found;
    }
    const auto of_level = [&](places::Level level) {
        for (const places::Agency* agency : places.agencies_on(today))
            if (agency->kind == places::AgencyKind::people_committee &&
                places.unit(agency->unit).level == level)
                found.push_back(agency);
    };
    if (procedure.scope == ProcedureScope::district) of_level(places::Level::district);
    if (found.empty()) of_level(places::Level::commune);
    std::sort(found.begin(), found.end(), [](const places::Agency* a, const places::Agency* b) {
        return text::collate(a->name, b->name) < 0;
    });
    return found;
}

html::View file_fields(const Procedure& procedure, const Problems& problems,
                       const std::vector<files::StoredFile>& kept) {
    html::View files = html::View::list();
    int number = 0;
    for (const Component& component : procedure.components) {
        const std::string name = component_field(++number);
        if (component.source == "data") continue;
        html::FileView field{.name = name,
                             .label = component.name,
                             .hint = "Ảnh chụp rõ bốn góc hoặc tệp PDF, nhiều nhất 20 MB",
                             .error = html::error_of(problems, name),
                             .optional = !component.required || component.source == "original",
                             .photo = true};
        for (const auto& file : kept)
            if (file.part == name) field.kept.push_back("Đã nhận: " + file.name);
        files.add(html::view(field));
    }
    return files;
}

http::Response show_form(Service& service, const http::Request& request, const Procedure& procedure,
                         const Problems& problems, int status,
                         const std::vector<files::StoredFile>& kept = {}) {
    Platform& platform = service.platform();
    const auto places = platform.places.now();
    const auto agencies = competent(procedure, *places, date_of(request.now));
    html::ChoiceView choice{.name = "agency",
                            .label = "Nơi giải quyết",
                            .hint = "Xã, phường nơi anh/chị ở hoặc nơi có việc cần làm",
                            .error = html::error_of(problems, "agency")};
    choice.placeholder = "Chọn cơ quan";
    for (const places::Agency* agency : agencies)
        choice.options.push_back({std::to_string(agency->id), agency->name});
    if (const auto typed = request.field("agency"); !typed.empty())
        choice.chosen = {std::string(typed)};
    if (agencies.size() == 1) choice.chosen = {std::to_string(agencies[0]->id)};
    const auto field = [&](html::FieldView view) {
        view.value = request.field(view.name);
        view.error = html::error_of(problems, view.name);
        return html::view(view);
    };
    html::View tokens = html::View::list();
    for (std::string& token : tokens_of(service, kept)) tokens.add(std::move(token));
    const std::string typed_key{request.field("idempotency")};
    html::Page page;
    page.title = "Nộp hồ sơ: " + procedure.name;
    page.section = "procedures";
    page.trail = {{"Thủ tục", "/thu-tuc"}, {procedure.name, "/thu-tuc/" + procedure.code}};
    page.content = {
        {"errors", html::error_summary(problems)},
        {"name", procedure.name},
        {"action", "/nop-ho-so/" + procedure.code},
        {"agency", html::view(choice)},
        {"applicant_name", field({.name = "name", .label = "Họ và tên", .autocomplete = "name"})},
        {"citizen_id", field({.name = "citizen_id",
                              .label = "Số định danh cá nhân",
                              .hint = "12 chữ số ở mặt trước thẻ căn cước",
                              .autocomplete = "off",
                              .inputmode = "numeric",
                              .width = 12})},
        {"phone", field({.name = "phone",
                         .label = "Số điện thoại",
                         .hint = "Để báo khi cần bổ sung và khi có kết quả",
                         .type = "tel",
                         .autocomplete = "tel",
                         .inputmode = "tel",
                         .width = 12})},
        {"email", field({.name = "email",
                         .label = "Thư điện tử",
                         .type = "email",
                         .autocomplete = "email",
                         .optional = true})},
        {"address", field({.name = "address",
                           .label = "Nơi ở hiện nay",
                           .hint = "Thôn, bản hoặc số nhà; xã, phường",
                           .autocomplete = "street-address"})},
        {"files", file_fields(procedure, problems, kept)},
        {"kept", std::move(tokens)},
        {"limit", limit_words(procedure)},
        {"fee", fee_words(procedure)},
        {"idempotency", typed_key.empty() ? to_hex(random_bytes(16)) : typed_key}};
    return citizen_page(platform, request, "dossiers/citizen_apply", std::move(page), status);
}

http::Response confirmation(Service& service, const http::Request& request,
                            const Procedure& procedure, const Receipt& receipt) {
    html::Confirmation shown;
    shown.title = "Đã nộp hồ sơ";
    shown.code_label = "Mã hồ sơ";
    shown.code = receipt.code;
    shown.secret_label = "Mã bí mật để tra cứu (chỉ hiện một lần này)";
    shown.secret = receipt.secret;
    shown.next = {
        "Ghi lại hoặc chụp màn hình hai mã trên, hoặc tải xác nhận PDF.",
        "Trong 8 giờ làm việc, cơ quan kiểm tra hồ sơ và báo tiếp nhận hoặc báo cần sửa gì.",
        "Từ lúc tiếp nhận, thời hạn giải quyết là " + limit_words(procedure) + ".",
        "Theo dõi ở mục Tra cứu hồ sơ bằng hai mã trên."};
    html::Page page;
    page.title = "Đã nộp hồ sơ";
    page.section = "track";
    page.content = {{"confirmation", html::view(shown)},
                    {"code", receipt.code},
                    {"secret", receipt.secret},
                    {"procedure", procedure.name}};
    return citizen_page(service.platform(), request, "dossiers/citizen_receipt", std::move(page));
}

}  // namespace

http::Response apply_page(Service& service, const http::Request& request) {
    const auto procedures = service.procedures();
    const Procedure* procedure = procedures->find(request.param("code"));
    if (!procedure || procedure->level == ServiceLevel::information)
        return service.platform().router.error_page(request, 404,
                                                    "Thủ tục này không nộp trực tuyến");
    return show_form(service, request, *procedure, {}, 200);
}

http::Response apply_submit(Service& service, const http::Request& request) {
    const auto procedures = service.procedures();
    const Procedure* procedure = procedures->find(request.param("code"));
    if (!procedure || procedure->level == ServiceLevel::information)
        return service.platform().router.error_page(request, 404,
                                                    "Thủ tục này không nộp trực tuyến");

    Problems problems;
    const auto places = service.platform().places.now();
    const auto agencies = competent(*procedure, *places, date_of(request.now));
    const auto chosen = text::parse_integer(request.field("agency")).value_or(0);
    if (std::none_of(agencies.begin(), agencies.end(),
                     [&](const places::Agency* agency) { return agency->id == chosen; }))
        problems.push_back({"missing", "agency", "Hãy chọn cơ quan giải quyết."});
    auto applicant = applicant_form(request);
    if (!applicant)
        problems.insert(problems.end(), applicant.problems().begin(), applicant.problems().end());
    Kept kept = keep_uploads(service, request);
    for (const Problems& more : {kept.problems, missing_components(*procedure, Channel::online,
                                                                   components_of(kept.files))})
        for (const Problem& problem : more)
            if (html::error_of(problems, problem.field).empty()) problems.push_back(problem);
    if (!problems.empty())
        return show_form(service, request, *procedure, problems, 422, kept.files);

    NewDossier dossier{.procedure = procedure->code,
                       .agency = chosen,
                       .channel = Channel::online,
                       .applicant = *applicant,
                       .files = std::move(kept.files),
                       .key = command_key("apply/", request.field("idempotency"))};
    auto asked = std::make_shared<http::Request>(request);  // answered after this handler ended
    asked->uploads.clear();
    http::Response response;
    response.later = [&service, asked, procedures, procedure,
                      dossier = std::move(dossier)](std::function<void(http::Response)> respond) {
        service.submit(
            dossier, "citizen", asked->now,
            [&service, asked, procedures, procedure, files = dossier.files,
             respond](Answer answer) {
                if (answer.ok())
                    return respond(confirmation(service, *asked, *procedure, answer.receipt));
                const int status = answer.kind == Answer::Kind::unavailable ? 503 : 422;
                respond(show_form(service, *asked, *procedure, answer.problems, status, files));
            });
    };
    return response;
}

}  // namespace chilang::dossiers
