// Founding, renaming and closing an agency. The past is never edited: a name holds from a day on, a
// closed agency keeps its number, and whoever took it over sees its open work.
#include "base/text.hpp"
#include "places/places.hpp"

#include <algorithm>

namespace chilang::places {

namespace {

// QĐ 20/2020/QĐ-TTg: a letter and two digits, then up to three groups of digits.
bool code_form(std::string_view code) {
    const auto groups = text::split(code, '.');
    const auto digits = [](std::string_view part) {
        return std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    if (groups.empty() || groups.size() > 4) return false;
    const std::string& head = groups.front();
    if (head.size() != 3 || head[0] < 'A' || head[0] > 'Y' || !digits(head.substr(1))) return false;
    for (std::size_t i = 1; i < groups.size(); ++i)
        if (groups[i].size() < 2 || groups[i].size() > 3 || !digits(groups[i])) return false;
    return true;
}

const Agency* find(const Places& places, std::int64_t id) {
    const auto agencies = places.agencies();
    const auto at = std::ranges::find(agencies, id, &Agency::id);
    return at == agencies.end() ? nullptr : &*at;
}

void need_names(Problems& problems, const std::string& name, const std::string& short_name) {
    if (name.empty()) problems.push_back({"name_missing", "ten", "Nhập tên đầy đủ của cơ quan."});
    if (short_name.empty())
        problems.push_back({"short_name_missing", "ten_ngan", "Nhập tên viết tắt."});
}

void need_decision(Problems& problems, const char* field, const std::string& decision) {
    if (decision.empty())
        problems.push_back({"decision_missing", field,
                            "Ghi số, ký hiệu và ngày của quyết định, ví dụ: Quyết định 12/QĐ-UBND "
                            "ngày 01/7/2025."});
}

Problem no_day(const char* field) {
    return {"day_missing", field, "Nhập ngày theo dạng 01/07/2025."};
}

}  // namespace

std::string_view label(AgencyKind kind) {
    switch (kind) {
        case AgencyKind::people_committee:
            return "Ủy ban nhân dân";
        case AgencyKind::department:
            return "Sở, ban, ngành";
        case AgencyKind::office:
            return "Văn phòng";
        case AgencyKind::board:
            return "Ban quản lý, đơn vị sự nghiệp";
        case AgencyKind::vertical:
            return "Cơ quan ngành dọc";
    }
    return "";
}

Problems check(const Places& places, const NewAgency& form, Date) {
    Problems problems;
    if (!code_form(form.code))
        problems.push_back({"code_form", "ma", "Mã có dạng H37.12 hoặc H37.501."});
    else if (const Agency* taken = places.agency_by_code(form.code))
        problems.push_back({"code_taken", "ma",
                            "Mã này đã cấp cho " + places.full_name(*taken) +
                                ". Mã không dùng lại, kể cả khi cơ quan đã thôi hoạt động."});
    need_names(problems, form.name, form.short_name);
    const auto units = places.units();
    const auto unit = std::ranges::find(units, form.unit, &Unit::id);
    if (!form.from) problems.push_back(no_day("tu_ngay"));
    if (unit == units.end())
        problems.push_back({"unit_missing", "don_vi", "Chọn đơn vị hành chính."});
    else if (form.from && !valid_on(*unit, *form.from))
        problems.push_back(
            {"unit_not_there", "don_vi",
             places.full_name(*unit) + " không có hiệu lực vào " + show(*form.from) + "."});
    need_decision(problems, "quyet_dinh", form.decision);
    return problems;
}

Problems check(const Places& places, const Renaming& form, Date today) {
    const Agency* agency = find(places, form.agency);
    if (!agency) return {{"agency_missing", "", "Không có cơ quan này."}};
    Problems problems;
    need_names(problems, form.name, form.short_name);
    if (!form.from)
        problems.push_back(no_day("tu_ngay"));
    else if (*form.from < today)
        problems.push_back(
            {"day_past", "tu_ngay",
             "Tên mới có hiệu lực từ hôm nay trở đi: những ngày đã qua giữ tên cũ."});
    else if (!valid_on(*agency, *form.from))
        problems.push_back(
            {"agency_not_there", "tu_ngay", "Cơ quan không hoạt động vào ngày này."});
    for (const AgencyName& known : places.names(form.agency)) {
        if (form.from && known.valid_from == *form.from)
            problems.push_back(
                {"day_taken", "tu_ngay", "Ngày này đã có một tên: " + known.name + "."});
    }
    need_decision(problems, "quyet_dinh", form.decision);
    return problems;
}

Problems check(const Places& places, const Closing& form, Date today) {
    const Agency* agency = find(places, form.agency);
    if (!agency) return {{"agency_missing", "", "Không có cơ quan này."}};
    if (agency->valid_to)
        return {{"closed_already", "",
                 "Cơ quan đã thôi hoạt động từ " + show(*agency->valid_to) + "."}};
    Problems problems;
    if (!form.day)
        problems.push_back(no_day("thoi_ngay"));
    else if (*form.day < today)
        problems.push_back(
            {"day_past", "thoi_ngay", "Ngày thôi hoạt động không được trước hôm nay."});
    else if (*form.day <= agency->valid_from)
        problems.push_back(
            {"day_before_birth", "thoi_ngay",
             "Cơ quan hoạt động từ " + show(agency->valid_from) + ": ngày thôi phải sau ngày đó."});
    const Agency* next = form.successor ? find(places, *form.successor) : nullptr;
    if (!next)
        problems.push_back({"successor_missing", "ke_thua",
                            "Chọn cơ quan tiếp nhận hồ sơ đang mở; hồ sơ không được bỏ không."});
    else if (next->id == form.agency)
        problems.push_back({"successor_itself", "ke_thua", "Chọn một cơ quan khác."});
    else if (form.day && !valid_on(*next, *form.day))
        problems.push_back(
            {"successor_not_there", "ke_thua", next->name + " không hoạt động vào ngày này."});
    need_decision(problems, "thoi_quyet_dinh", form.decision);
    return problems;
}

std::int64_t next_agency(const Places& places) {
    std::int64_t last = 0;
    for (const Agency& agency : places.agencies()) last = std::max(last, agency.id);
    return last + 1;
}

std::vector<db::Statement> rows(const Places& places, const NewAgency& form) {
    return {
        {"INSERT INTO places.agency (id, code, name, short_name, kind, unit, valid_from)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7)",
         {next_agency(places), form.code, form.name, form.short_name, form.kind, form.unit,
          form.from.value()}}};
}

std::vector<db::Statement> rows(const Renaming& form) {
    return {
        {"INSERT INTO places.agency_name (agency, valid_from, name, short_name, decision)"
         " VALUES ($1, $2, $3, $4, $5)",
         {form.agency, form.from.value(), form.name, form.short_name, form.decision}}};
}

std::vector<db::Statement> rows(const Closing& form) {
    return {
        {"UPDATE places.agency SET valid_to = $2, successor = $3"
         " WHERE id = $1 AND valid_to IS NULL",
         {form.agency, form.day.value(), form.successor},
         db::Expect::one_row}};
}

}  // namespace chilang::places
