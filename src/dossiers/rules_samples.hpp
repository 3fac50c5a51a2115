// A small invented world for the tests of this module: one procedure, one calendar, one dossier.
#pragma once

#include "base/json.hpp"
#include "base/text.hpp"
#include "dossiers/rules.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace chilang::dossiers::samples {

inline Instant moment(std::string_view iso) {
    const auto instant = parse_instant(iso);
    if (!instant) throw std::invalid_argument(std::string(iso));
    return *instant;
}

// Rows of src/dossiers/cases/<name>, cut at '|' and trimmed; '#' begins a comment.
inline std::vector<std::vector<std::string>> rows(const std::string& name) {
    std::ifstream file(std::string(CHILANG_SOURCE) + "/src/dossiers/cases/" + name);
    if (!file) throw std::runtime_error("no " + name);
    std::vector<std::vector<std::string>> out;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        auto cells = text::split(line, '|');
        for (auto& cell : cells) cell = std::string(text::trim(cell));
        out.push_back(std::move(cells));
    }
    return out;
}

inline std::string file_text(const std::string& path) {
    std::ifstream file(std::string(CHILANG_SOURCE) + "/" + path);
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
}

inline Procedure sample_procedure() {
    Procedure p;
    p.id = 1;
    p.code = "1.001193";
    p.name = "Đăng ký khai sinh";
    p.field = "Hộ tịch";
    p.department = 1;
    p.limit_amount = 3;
    p.components = {{"Tờ khai đăng ký khai sinh", "upload", true, 1},
                    {"Giấy chứng sinh", "original", true, 1}};
    p.result_name = "Giấy khai sinh";
    p.basis = "Luật Hộ tịch 2014";
    p.certainty = "sure";
    p.valid_from = make_date(2020, 1, 1);
    return p;
}

struct World {
    time::Calendar calendar = time::load_calendar(file_text("data/holidays.csv"));
    Procedure procedure = sample_procedure();
    Instant received = moment("2023-06-14T09:00:00+07:00");
    Instant later = moment("2023-07-14T09:00:00+07:00");

    Facts facts(Instant now) const { return {procedure, calendar, "position/12", now, {1, 2}}; }

    // Submitted an hour before `received`; further on as the status says.
    Dossier dossier(Status status) const {
        Dossier d;
        d.id = new_id(1686700000000);
        d.code = "H37.12-230614-0001";
        d.procedure = procedure.id;
        d.agency = 1;
        d.submitted_at = received - std::chrono::hours(1);
        d.applicant = {"Hoàng Văn Thử", "020083001234", "0912000111", "", "thôn Nà Mò"};
        d.status = status;
        if (status == Status::submitted || status == Status::refused) return d;
        d.received_at = received;
        d.due_at = d.first_due_at = due_of(d, procedure, calendar, received).due;
        if (status != Status::accepted) d.assignee = 7;
        if (status == Status::resolved || status == Status::returned) {
            d.resolved_at = received + std::chrono::hours(2);
            d.verdict = Verdict::early;
            d.outcome = Outcome::approved;
        }
        return d;
    }
};
inline World world() {
    return {};
}

// "refuse reason clause": the action and what the person filled in.
inline Step step(std::string_view words, const World& world) {
    const auto given = text::split(words, ' ');
    Step step;
    step.action = *enum_value<Action>(given[0]);
    const Instant due = *world.dossier(Status::accepted).due_at;
    for (std::size_t i = 1; i < given.size(); ++i) {
        const std::string& word = given[i];
        if (word == "reason") step.reason = "Hồ sơ cần xác minh thêm";
        if (word == "digits") step.reason = "Trùng với hồ sơ của số 020083001234";
        if (word == "clause") step.clause = "khoản 2 Điều 17 Nghị định 61/2018/NĐ-CP";
        if (word == "defects") step.defects = {{"Tờ khai", "chưa ký tên", "ký tên và nộp lại"}};
        if (word == "bare_defect") step.defects = {{"Tờ khai", "", " "}};
        if (word == "assignee") step.assignee = 7;
        if (word == "due_ok")
            step.new_due = at(world.calendar.add_working_days(date_of(due), 2), 17 * 60);
        if (word == "due_before") step.new_due = due - std::chrono::hours(1);
        if (word == "due_night") step.new_due = at(date_of(due) + 1, 22 * 60);
    }
    return step;
}

inline Dossier must(Result<Decision> decision) {
    if (!decision) throw std::runtime_error(decision.problems()[0].code);
    return std::move(decision->dossier);
}

}  // namespace chilang::dossiers::samples
