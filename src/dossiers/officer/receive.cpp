// The counter: find the procedure, take the applicant's data (typed, or scanned from the card's
// QR), tick what was brought, and hand out the receipt. One POST makes dossier, number, clock and
// event.
//
// People wait in front of it, so the keyboard does it all: the cursor stands in the next field to
// fill, Enter goes on, and after the receipt Enter prints. The QR code of the identity card is not
// signed: it only fills in fields, and is never kept.
#include "base/text.hpp"
#include "dossiers/citizen/show.hpp"
#include "dossiers/officer/counter.hpp"
#include "dossiers/officer/officer.hpp"
#include "dossiers/slips/slips.hpp"
#include "dossiers/uploads.hpp"
#include "places/places.hpp"

#include <algorithm>

namespace chilang::dossiers {

namespace {

html::View field(const http::Request& request, const Problems& problems, std::string name,
                 std::string label, std::string hint, int width, bool optional,
                 const std::string& filled, bool focus = false) {
    html::FieldView view;
    if (!filled.empty()) hint = "từ QR, đối chiếu với thẻ";
    view.value = request.field(name).empty() ? filled : std::string(request.field(name));
    view.error = html::error_of(problems, name);
    view.label = std::move(label);
    view.hint = std::move(hint);
    view.width = width;
    view.optional = optional;
    view.name = std::move(name);
    view.autocomplete = "off";
    html::View shown = html::view(view);
    shown.set("focus", focus);
    return shown;
}

// One form, one dossier: the key is made with the form.
std::string reception_key(const http::Request& request) {
    return command_key("counter/" + std::to_string(identity::actor(request).account) + '/',
                       request.field("key"));
}

html::View procedure_links(const std::vector<const Procedure*>& procedures, bool focus) {
    html::View rows = html::View::list();
    for (const Procedure* p : procedures) {
        rows.add({{"href", "/tiep-nhan?thu-tuc=" + text::escape_url(p->code)},
                  {"focus", focus},
                  {"name", p->name},
                  {"detail", p->code + " · " + p->field + " · " + limit_words(*p)}});
        focus = false;
    }
    return rows;
}

html::View search_view(const std::string& words, bool focus) {
    html::View search =
        html::view(html::Search{.action = "/tiep-nhan",
                                .value = words,
                                .label = "Thủ tục người dân cần làm",
                                .hint = "Gõ không dấu cũng được, ví dụ: khai sinh; hoặc gõ mã "
                                        "thủ tục. Enter để tìm, Enter lần nữa để mở."});
    search.set("focus", focus);
    return search;
}

http::Response search_page(Service& service, const http::Request& request) {
    const std::string words = text::clean(request.arg("q"));
    const auto procedures = service.procedures();
    const auto found = procedures->search(words, 20);
    const Procedure* exact = procedures->find(std::string_view(words));
    if (found.size() == 1) exact = found.front();
    if (exact) return http::redirect("/tiep-nhan?thu-tuc=" + text::escape_url(exact->code));
    const auto usual =
        words.empty() ? usual_at(service, *procedures, identity::actor(request).position.agency)
                      : std::vector<const Procedure*>{};
    html::Page page;
    page.title = "Tiếp nhận tại quầy";
    page.content = {{"search", search_view(words, found.empty())},
                    {"nothing", !words.empty() && found.empty()},
                    {"usual", procedure_links(usual, false)},
                    {"has_usual", !usual.empty()},
                    {"rows", procedure_links(found, true)}};
    return staff_page(service.platform(), request, "dossiers/counter_search", std::move(page));
}

html::View components_view(const http::Request& request, const Procedure& procedure,
                           const Problems& problems) {
    html::View components = html::View::list();
    int number = 0;
    for (const Component& c : procedure.components) {
        const std::string box = component_field(++number);
        if (c.source == "data")
            components.add({{"data", true}, {"name", c.name}});
        else
            components.add({{"data", false},
                            {"name", c.name},
                            {"box", box},
                            {"error", html::error_of(problems, box)},
                            {"required", c.required},
                            {"copies", c.copies > 1 ? std::to_string(c.copies) + " bản" : ""},
                            {"ticked", request.field(box) == "1"}});
    }
    return components;
}

// "This person already has …": first those of the same procedure, then the others.
html::View earlier_view(const std::vector<Earlier>& earlier, const Procedures& procedures,
                        const Procedure& procedure) {
    html::View list = html::View::list();
    for (const bool same : {true, false})
        for (const Earlier& e : earlier) {
            if ((e.procedure == procedure.id) != same) continue;
            const Procedure* other = procedures.find(e.procedure);
            list.add(
                {{"href", "/ho-so/" + to_string(e.id)},
                 {"code", e.code},
                 {"same", same},
                 {"name", other ? other->name : ""},
                 {"state", std::string(label(e.status)) + ", nộp lúc " + show(e.submitted_at)}});
        }
    return list;
}

bool has_same(const std::vector<Earlier>& earlier, const Procedure& procedure) {
    return std::ranges::count(earlier, procedure.id, &Earlier::procedure) > 0;
}

http::Response form_page(Service& service, const http::Request& request, const Procedure& procedure,
                         const Problems& problems, int status, const Card& card = {}) {
    Platform& platform = service.platform();
    const identity::Actor& actor = identity::actor(request);
    const bool scanned = !card.citizen_id.empty();
    const bool fresh = request.field("procedure").empty();
    const auto earlier =
        earlier_of(service, actor, scanned ? card.citizen_id : request.field("citizen_id"),
                   reception_key(request), request.now);
    html::Page page;
    page.title = "Tiếp nhận: " + procedure.name;
    page.trail = {
        {"Hộp việc", "/viec"}, {"Tiếp nhận tại quầy", "/tiep-nhan"}, {procedure.code, ""}};
    page.content = {
        {"heading", procedure.name},
        {"detail", procedure.code + " · " + limit_words(procedure) + " · " + fee_words(procedure)},
        {"code", procedure.code},
        {"agency",
         platform.places.now()->full_name(platform.places.now()->agency(actor.position.agency))},
        {"key", request.field("key").empty() ? to_hex(random_bytes(16))
                                             : std::string(request.field("key"))},
        {"card", field(request, problems, "card", "Quét mã QR trên thẻ căn cước",
                       "Quét rồi Enter: họ tên, số định danh, địa chỉ tự điền. Mã không được lưu.",
                       0, true, "", fresh)},
        {"name", field(request, problems, "name", "Họ và tên người nộp", "", 0, false, card.name)},
        {"citizen_id", field(request, problems, "citizen_id", "Số định danh cá nhân", "12 chữ số",
                             12, true, card.citizen_id)},
        {"phone", field(request, problems, "phone", "Điện thoại", "Để nhắn khi có kết quả", 12,
                        true, "", scanned)},
        {"email", field(request, problems, "email", "Thư điện tử", "", 0, true, "")},
        {"address", field(request, problems, "address", "Địa chỉ", "Thôn, xã như trên giấy tờ", 0,
                          true, card.address)},
        {"earlier", earlier_view(earlier, *service.procedures(), procedure)},
        {"has_earlier", !earlier.empty()},
        {"known", has_same(earlier, procedure)},
        {"components", components_view(request, procedure, problems)},
        {"has_required", !missing_components(procedure, Channel::counter, {}).empty()},
        {"all_ticked", request.field("all_brought") == "1"},
        {"search", search_view("", false)},
        {"post", request.field("channel") == "post"},
        {"files", html::view(html::FileView{.name = "files",
                                            .label = "Bản chụp giấy tờ",
                                            .error = html::error_of(problems, "files"),
                                            .multiple = true,
                                            .optional = true})},
    };
    if (!problems.empty()) page.content.set("errors", html::error_summary(problems));
    return staff_page(platform, request, "dossiers/counter_form", std::move(page), status);
}

// What was ticked; "all of it" ticks every paper that must be there.
std::vector<int> brought_of(const http::Request& request, const Procedure& procedure) {
    std::vector<int> numbers;
    int number = 0;
    for (const Component& c : procedure.components) {
        ++number;
        const bool all = request.field("all_brought") == "1" && c.required;
        if (c.source != "data" && (all || request.field(component_field(number)) == "1"))
            numbers.push_back(number);
    }
    return numbers;
}

http::Response receipt_page(Service& service, const http::Request& request,
                            const Procedure& procedure, const Receipt& receipt,
                            const std::string& applicant) {
    Platform& platform = service.platform();
    const auto places = platform.places.now();
    const auto& agency = places->agency(identity::actor(request).position.agency);
    html::SummaryList facts;
    facts.facts = {{.key = "Mã hồ sơ", .value = receipt.code},
                   {.key = "Mã bí mật để tra cứu", .value = receipt.secret},
                   {.key = "Người nộp", .value = applicant},
                   {.key = "Thủ tục", .value = procedure.name, .lines = {procedure.code}},
                   {.key = "Cơ quan giải quyết", .value = places->full_name(agency)},
                   {.key = "Tiếp nhận lúc", .value = show(receipt.submitted_at)},
                   {.key = "Thời hạn giải quyết", .value = limit_words(procedure)},
                   {.key = "Hẹn trả kết quả", .value = receipt.due_at ? show(*receipt.due_at) : ""},
                   {.key = "Lệ phí", .value = fee_words(procedure)}};
    html::Page page;
    page.title = "Đã tiếp nhận " + receipt.code;
    page.trail = {{"Hộp việc", "/viec"}, {"Tiếp nhận tại quầy", "/tiep-nhan"}, {receipt.code, ""}};
    page.content = {{"heading", page.title},
                    {"facts", html::view(facts)},
                    {"print", "/ho-so/" + to_string(receipt.id) + "/giay/" +
                                  std::string(address(Slip::receipt))},
                    {"secret", receipt.secret},
                    {"again", "/tiep-nhan?thu-tuc=" + text::escape_url(procedure.code)},
                    {"record", "/ho-so/" + to_string(receipt.id)}};
    return staff_page(platform, request, "dossiers/counter_receipt", std::move(page));
}

}  // namespace

http::Response counter_page(Service& service, const http::Request& request) {
    const auto procedures = service.procedures();
    const Procedure* procedure = procedures->find(request.arg("thu-tuc"));
    return procedure ? form_page(service, request, *procedure, {}, 200)
                     : search_page(service, request);
}

http::Response receive(Service& service, const http::Request& request) {
    const auto procedures = service.procedures();
    const Procedure* procedure = procedures->find(request.field("procedure"));
    if (!procedure) return http::redirect("/tiep-nhan");
    // A scanner ends with Enter, which sends the form: a card with no name typed yet means "fill
    // in".
    if (request.field("fill") == "1" ||
        (!request.field("card").empty() && request.field("name").empty())) {
        const auto card = read_card(request.field("card"));
        if (card) return form_page(service, request, *procedure, {}, 200, *card);
        return form_page(service, request, *procedure,
                         {{"card_form", "card",
                           "Không đọc được mã này. Quét lại, hoặc nhập tay các ô bên dưới."}},
                         422);
    }
    const identity::Actor& actor = identity::actor(request);
    // The same person, the same procedure: told once, then it is the officer's decision.
    if (request.field("known") != "1" &&
        has_same(earlier_of(service, actor, request.field("citizen_id"), reception_key(request),
                            request.now),
                 *procedure))
        return form_page(
            service, request, *procedure,
            {{"earlier", "",
              "Người này đã có hồ sơ cùng thủ tục đang xử lý. Xem hồ sơ đó; nếu đúng là việc khác, "
              "bấm Tiếp nhận lần nữa."}},
            409);
    NewDossier dossier;
    dossier.procedure = procedure->code;
    dossier.agency = actor.position.agency;
    dossier.channel = request.field("channel") == "post" ? Channel::post : Channel::counter;
    dossier.applicant = {std::string(request.field("name")),
                         std::string(request.field("citizen_id")),
                         std::string(request.field("phone")), std::string(request.field("email")),
                         std::string(request.field("address"))};
    dossier.key = reception_key(request);
    dossier.brought = brought_of(request, *procedure);
    Kept uploads = keep_uploads(service, request);
    if (!uploads.problems.empty())
        return form_page(service, request, *procedure, uploads.problems, 422);
    dossier.files = std::move(uploads.files);
    auto kept = std::make_shared<http::Request>(request);
    kept->uploads.clear();
    const std::string name = text::clean(dossier.applicant.name);
    http::Response response;
    response.later = [&service, kept, procedures, procedure, name, dossier = std::move(dossier)](
                         std::function<void(http::Response)> reply) mutable {
        service.submit(
            std::move(dossier), identity::actor(*kept).stream_name(), kept->now,
            [&service, kept, procedures, procedure, name, reply = std::move(reply)](Answer answer) {
                if (answer.ok())
                    return reply(receipt_page(service, *kept, *procedure, answer.receipt, name));
                const int status = answer.kind == Answer::Kind::unavailable ? 503 : 422;
                reply(form_page(service, *kept, *procedure, answer.problems, status));
            });
    };
    return response;
}

}  // namespace chilang::dossiers
