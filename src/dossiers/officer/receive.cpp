// The counter: find the procedure, take the applicant's data (typed, or scanned from the card's
// QR), tick what was brought, and hand out the receipt. One POST makes dossier, number, clock and
// event.
//
// The QR code of the identity card is not signed: it only fills in fields, and is never kept.
#include "base/text.hpp"
#include "dossiers/citizen/show.hpp"
#include "dossiers/officer/officer.hpp"
#include "files/files.hpp"
#include "paper/paper.hpp"
#include "places/places.hpp"

namespace chilang::dossiers {

namespace {

struct Card {
    std::string citizen_id, name, address;
};

// Seven parts with "|": id, old id, name, birth, sex, residence, issued.
std::optional<Card> read_card(std::string_view scanned) {
    const auto parts = text::split(text::clean(scanned), '|');
    if (parts.size() < 6 || parts[0].size() != 12 || text::digits_only(parts[0]).size() != 12)
        return std::nullopt;
    return Card{parts[0], text::clean(parts[2]), text::clean(parts[5])};
}

html::View field(const http::Request& request, const Problems& problems, std::string name,
                 std::string label, std::string hint, int width, bool optional,
                 const std::string& filled) {
    html::FieldView view;
    view.value = request.field(name).empty() ? filled : std::string(request.field(name));
    view.error = html::error_of(problems, name);
    view.label = std::move(label);
    view.hint = std::move(hint);
    view.width = width;
    view.optional = optional;
    view.name = std::move(name);
    view.autocomplete = "off";
    return html::view(view);
}

http::Response search_page(Service& service, const http::Request& request) {
    const std::string words = text::clean(request.arg("q"));
    html::View rows = html::View::list();
    const auto procedures = service.procedures();
    for (const Procedure* p : procedures->search(words, 20))
        rows.add({{"href", "/tiep-nhan?thu-tuc=" + text::escape_url(p->code)},
                  {"name", p->name},
                  {"detail", p->code + " · " + p->field + " · " + limit_words(*p)}});
    html::Page page;
    page.title = "Tiếp nhận tại quầy";
    page.content = {{"search", html::view(html::Search{"/tiep-nhan",
                                                       words,
                                                       "Thủ tục người dân cần làm",
                                                       "Gõ không dấu cũng được, ví dụ: khai sinh",
                                                       "q",
                                                       {}})},
                    {"nothing", !words.empty() && rows.items().empty()},
                    {"rows", std::move(rows)}};
    return staff_page(service.platform(), request, "dossiers/counter_search", std::move(page));
}

http::Response form_page(Service& service, const http::Request& request, const Procedure& procedure,
                         const Problems& problems, int status, const Card& card = {}) {
    Platform& platform = service.platform();
    const identity::Actor& actor = identity::actor(request);
    html::View components = html::View::list();
    int number = 0;
    for (const Component& c : procedure.components) {
        ++number;
        if (c.source == "data")
            components.add({{"data", true}, {"name", c.name}});
        else
            components.add({{"data", false},
                            {"name", c.name},
                            {"box", "brought_" + std::to_string(number)},
                            {"required", c.required},
                            {"copies", c.copies > 1 ? std::to_string(c.copies) + " bản" : ""},
                            {"ticked", request.field("brought_" + std::to_string(number)) == "1"}});
    }
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
                       "Đặt con trỏ vào ô này rồi quét; bấm \"Điền từ thẻ\". Mã chỉ dùng để điền, "
                       "không được lưu.",
                       0, true, "")},
        {"name", field(request, problems, "name", "Họ và tên người nộp", "", 20, false, card.name)},
        {"citizen_id", field(request, problems, "citizen_id", "Số định danh cá nhân", "12 chữ số",
                             12, true, card.citizen_id)},
        {"phone",
         field(request, problems, "phone", "Điện thoại", "Để nhắn khi có kết quả", 12, true, "")},
        {"email", field(request, problems, "email", "Thư điện tử", "", 20, true, "")},
        {"address", field(request, problems, "address", "Địa chỉ", "Thôn, xã như trên giấy tờ", 0,
                          true, card.address)},
        {"components", std::move(components)},
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

Problems missing_components(const http::Request& request, const Procedure& procedure) {
    Problems problems;
    int number = 0;
    for (const Component& c : procedure.components) {
        const std::string box = "brought_" + std::to_string(++number);
        if (c.source != "data" && c.required && request.field(box) != "1")
            problems.push_back(
                {"component_missing", box,
                 "Chưa có: " + c.name +
                     ". Hồ sơ thiếu thì hướng dẫn người nộp bổ sung trước khi tiếp nhận."});
    }
    return problems;
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
    page.title = "Giấy tiếp nhận và hẹn trả kết quả";
    page.trail = {{"Hộp việc", "/viec"}, {"Tiếp nhận tại quầy", "/tiep-nhan"}, {receipt.code, ""}};
    page.content = {{"heading", page.title},
                    {"facts", html::view(facts)},
                    {"qr", html::View::safe(paper::qr_svg(platform.public_url + "/tra-cuu", 4))},
                    {"track", platform.public_url + "/tra-cuu"},
                    {"place_date", "Lạng Sơn, " + show_long(date_of(receipt.submitted_at))},
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
    Platform& platform = service.platform();
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
    if (Problems problems = missing_components(request, *procedure); !problems.empty())
        return form_page(service, request, *procedure, problems, 422);
    const identity::Actor& actor = identity::actor(request);
    NewDossier dossier;
    dossier.procedure = procedure->code;
    dossier.agency = actor.position.agency;
    dossier.channel = request.field("channel") == "post" ? Channel::post : Channel::counter;
    dossier.applicant = {std::string(request.field("name")),
                         std::string(request.field("citizen_id")),
                         std::string(request.field("phone")), std::string(request.field("email")),
                         std::string(request.field("address"))};
    dossier.key =
        command_key("counter/" + std::to_string(actor.account) + '/', request.field("key"));
    for (const http::Upload& upload : request.uploads) {
        if (upload.bytes.empty()) continue;
        auto file = platform.files.keep(upload, request.now);
        if (!file) return form_page(service, request, *procedure, file.problems(), 422);
        dossier.files.push_back(std::move(*file));
    }
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
