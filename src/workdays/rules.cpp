// What may be added, confirmed and ended. Pure: the list and the form, nothing else.
#include "workdays/workdays.hpp"

#include <algorithm>

namespace chilang::workdays {

namespace {

const Day* find(const std::vector<Day>& days, std::int64_t id) {
    const auto at = std::ranges::find(days, id, &Day::id);
    return at != days.end() && current(*at) ? &*at : nullptr;
}

Problem gone() {
    return {"day_gone", "", "Ngày này không còn trong lịch. Hãy xem lại danh sách."};
}

Problem no_decision() {
    return {"decision_missing", "quyet_dinh",
            "Ghi số, ký hiệu và ngày của văn bản, ví dụ: Thông báo 13122/TB-BNV ngày 03/12/2025."};
}

}  // namespace

std::string_view label(Basis basis) {
    switch (basis) {
        case Basis::statutory:
            return "Theo luật";
        case Basis::compensation:
            return "Nghỉ bù";
        case Basis::swap:
            return "Hoán đổi";
    }
    return "";
}

Problems check_add(const std::vector<Day>& days, const NewDay& form) {
    Problems problems;
    if (!form.date) {
        problems.push_back({"date_missing", "ngay", "Nhập ngày theo dạng 24/11/2026."});
    } else {
        const int year = civil(*form.date).year;
        if (year < 2015 || year > 2040)
            problems.push_back({"date_outside", "ngay", "Lịch giữ các năm từ 2015 đến 2040."});
        for (const Day& day : days)
            if (current(day) && day.date == *form.date)
                problems.push_back({"date_taken", "ngay",
                                    show(*form.date) + " đã có trong lịch: " + day.name +
                                        ". Bỏ mục đó trước, hoặc xác nhận nó."});
        if (form.working && weekday(*form.date) <= 5)
            problems.push_back(
                {"make_up_weekday", "loai", "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."});
    }
    if (form.name.empty())
        problems.push_back({"name_missing", "ten", "Nhập tên ngày, ví dụ: Quốc khánh 2/9."});
    if (form.confirmed && form.decision.empty()) problems.push_back(no_decision());
    return problems;
}

Problems check_confirm(const std::vector<Day>& days, std::int64_t id, std::string_view decision) {
    const Day* day = find(days, id);
    if (!day) return {gone()};
    if (day->confirmed) return {{"confirmed_already", "", "Ngày này đã được xác nhận."}};
    if (decision.empty()) return {no_decision()};
    return {};
}

Problems check_end(const std::vector<Day>& days, std::int64_t id, std::string_view decision) {
    const Day* day = find(days, id);
    if (!day) return {gone()};
    if (day->confirmed && decision.empty()) return {no_decision()};  // a rumour may just go
    return {};
}

std::vector<Day> with_added(std::vector<Day> days, const NewDay& form, Instant now) {
    days.push_back({.date = form.date.value(),
                    .working = form.working,
                    .name = form.name,
                    .basis = form.basis,
                    .decision = form.decision,
                    .confirmed = form.confirmed,
                    .known_from = now});
    return days;
}

std::vector<Day> with_confirmed(std::vector<Day> days, std::int64_t id, std::string decision,
                                Instant now) {
    const auto at = std::ranges::find(days, id, &Day::id);
    Day sure = *at;
    at->known_to = now;
    at->ended_by = decision;
    sure.id = 0;
    sure.confirmed = true;
    sure.decision = std::move(decision);
    sure.known_from = now;
    days.push_back(std::move(sure));
    return days;
}

std::vector<Day> with_ended(std::vector<Day> days, std::int64_t id, std::string decision,
                            Instant now) {
    const auto at = std::ranges::find(days, id, &Day::id);
    at->known_to = now;
    at->ended_by = std::move(decision);
    return days;
}

time::Calendar calendar_at(const std::vector<Day>& days, Instant moment) {
    std::vector<time::SpecialDay> special;
    for (const Day& day : days)
        if (day.confirmed && day.known_from <= moment && (!day.known_to || moment < *day.known_to))
            special.push_back({day.date, day.working, day.name});
    return time::Calendar(std::move(special));
}

}  // namespace chilang::workdays
