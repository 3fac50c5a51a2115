// Puts sample procedures together, field by field in the order of the file.
#include "demo/samples.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"
#include "demo/sources.hpp"

#include <stdexcept>

namespace chilang::demo {

namespace {

using dossiers::Component;
using dossiers::Procedure;

struct Words {  // one row of the file
    std::string field, department, scope;
    std::vector<std::string> verbs, documents, activities, limits, fees;
    std::int64_t share = 0;
    std::size_t capacity() const { return verbs.size() * documents.size() * activities.size(); }
};

// Later rounds over the same words speak of another group of applicants.
constexpr std::string_view groups[] = {"", " đối với tổ chức", " đối với hộ gia đình, cá nhân",
                                       " tại khu vực biên giới"};

std::vector<Words> read_words(std::string_view path) {
    std::vector<Words> out;
    for (const CsvRow& row : read_csv(read_data(path))) {
        const auto list = [&](std::string_view column) { return text::split(row[column], '|'); };
        Words words{row["field"],      row["department"],  row["scope"],   list("verbs"),
                    list("documents"), list("activities"), list("limits"), list("fees")};
        words.share = text::parse_integer(row["share"]).value_or(1);
        out.push_back(std::move(words));
    }
    return out;
}

std::string capitalised(std::string text) {  // documents and verbs begin with ASCII letters or đ
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] -= 32;
    if (text.starts_with("đ")) text.replace(0, std::string_view("đ").size(), "Đ");
    return text;
}

void set_limit(Procedure& procedure, const std::string& limit) {  // "7d", "20c", "4h"
    procedure.limit_amount =
        static_cast<int>(text::parse_integer(limit.substr(0, limit.size() - 1)).value_or(5));
    procedure.limit_unit = limit.back() == 'c'   ? dossiers::LimitUnit::calendar_day
                           : limit.back() == 'h' ? dossiers::LimitUnit::working_hour
                                                 : dossiers::LimitUnit::working_day;
}

void set_pause(Procedure& procedure, Random& random) {
    if (!random.permille(70)) return;
    procedure.pause_policy =
        random.permille(600) ? dossiers::PausePolicy::extend : dossiers::PausePolicy::restart;
    procedure.pause_clause = "Điều khoản mẫu, dữ liệu minh họa";
}

std::vector<Component> components_of(const Procedure& procedure, std::string_view document,
                                     Random& random) {
    std::vector<Component> out{{"Đơn đề nghị theo mẫu", "upload"},
                               {"Dữ liệu căn cước hoặc đăng ký kinh doanh của người nộp", "data"}};
    if (procedure.name.find(" lại ") != std::string::npos ||
        procedure.name.starts_with("Gia hạn") || procedure.name.starts_with("Thu hồi"))
        out.push_back({"Bản chính " + std::string(document) + " đã cấp", "original"});
    else
        out.push_back({"Tài liệu chứng minh đủ điều kiện", "upload"});
    if (random.permille(400)) out.push_back({"Bản thuyết minh cơ sở vật chất, nhân lực", "upload"});
    if (random.permille(600)) out.push_back({"Văn bản ủy quyền", "upload", false});
    return out;
}

Procedure make(const Words& words, std::size_t number, std::size_t code, std::int64_t department,
               Random& random) {
    const std::size_t round = number / words.capacity();
    if (round >= std::size(groups))
        throw std::runtime_error("procedures_samples.csv: không đủ từ cho lĩnh vực " + words.field);
    const std::size_t n = number % words.capacity();
    const auto& activity = words.activities[n % words.activities.size()];
    const auto& document = words.documents[n / words.activities.size() % words.documents.size()];
    const auto& verb = words.verbs[n / words.activities.size() / words.documents.size()];
    Procedure p;
    const std::string digits = std::to_string(code);
    p.code = "9." + std::string(6 - digits.size(), '0') + digits;
    p.name = verb + " " + document + " " + activity + std::string(groups[round]);
    p.field = words.field;
    p.department = department;
    p.scope = enum_value<dossiers::ProcedureScope>(words.scope).value();
    set_limit(p, random.one_of(words.limits));
    set_pause(p, random);
    p.fee_dong = text::parse_integer(random.one_of(words.fees)).value_or(0);
    if (p.fee_dong > 0) p.fee_note = "Mức phí minh họa";
    p.components = components_of(p, document, random);
    p.result_name = capitalised(document + " " + activity);
    p.basis = "Dữ liệu minh họa, không phải thủ tục đã công bố";
    p.certainty = "generated";
    return p;
}

}  // namespace

std::vector<Procedure> make_samples(const Scenario& scenario, std::size_t count,
                                    const AgencyByShortName& agency) {
    const std::vector<Words> rows = read_words(scenario.samples);
    std::size_t shares = 0;
    for (const Words& words : rows) shares += static_cast<std::size_t>(words.share);
    std::vector<Procedure> out;
    out.reserve(count);
    std::size_t seen = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        seen += static_cast<std::size_t>(rows[i].share);
        const std::size_t end = count * seen / shares;  // cumulated, so that nothing is lost
        const std::int64_t department = agency(rows[i].department);
        Random random(scenario.seed, 1000 + i);
        for (std::size_t number = 0; out.size() < end; ++number)
            out.push_back(make(rows[i], number, out.size() + 1, department, random));
    }
    return out;
}

std::vector<Component> parse_components(std::string_view text) {
    std::vector<Component> out;
    for (const std::string& piece : text::split(text, ';')) {
        const std::string_view item = text::trim(piece);
        const auto colon = item.find(':');
        if (colon == item.npos) throw std::runtime_error("thành phần hồ sơ cần dạng nguồn:tên");
        Component component;
        std::string_view source = item.substr(0, colon);
        component.required = !source.ends_with('?');
        if (!component.required) source.remove_suffix(1);
        component.source = source;
        std::string_view name = item.substr(colon + 1);
        if (const auto bar = name.find('|'); bar != name.npos) {
            component.copies =
                static_cast<int>(text::parse_integer(name.substr(bar + 1)).value_or(1));
            name = name.substr(0, bar);
        }
        component.name = text::trim(name);
        out.push_back(std::move(component));
    }
    return out;
}

}  // namespace chilang::demo
