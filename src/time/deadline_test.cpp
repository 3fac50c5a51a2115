// Deadlines by the rows of cases/deadlines.txt, their reasoning, and the laws that hold for any
// dossier: a later receipt is never due earlier, a wait never shortens, a due instant is one at
// which somebody is at work.
#include "time/deadline.hpp"

#include "base/cases.hpp"
#include "time/testing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace chilang::time {
namespace {

Limit limit_of(const std::string& text) {
    static const std::map<std::string, LimitUnit> units = {{"wd", LimitUnit::working_day},
                                                           {"h", LimitUnit::working_hour},
                                                           {"cd", LimitUnit::calendar_day},
                                                           {"m", LimitUnit::month}};
    const auto cells = text::words(text);
    return {static_cast<int>(text::parse_integer(cells.at(0)).value()), units.at(cells.at(1))};
}

PausePolicy policy_of(const std::string& text) {
    static const std::map<std::string, PausePolicy> policies = {{"keep", PausePolicy::keep},
                                                                {"extend", PausePolicy::extend},
                                                                {"restart", PausePolicy::restart}};
    return policies.at(text);
}

std::vector<Pause> pauses_of(const std::string& text) {
    std::vector<Pause> pauses;
    for (const std::string& wait : text::split(text, ';')) {
        const auto ends = text::split(wait, '>');
        const std::string to(text::trim(ends.at(1)));
        pauses.push_back({moment(std::string(text::trim(ends.at(0)))), std::nullopt});
        if (!to.empty()) pauses.back().to = moment(to);
    }
    return pauses;
}

TEST(Deadline, follows_the_rows) {
    for (const CaseRow& row : read_cases("src/time/cases/deadlines.txt", 6)) {
        const auto& cells = row.cells;
        const Instant now = moment(cells[4].empty() ? "2027-01-01 09:00" : cells[4]);
        const Deadline got = deadline(real_calendar(), moment(cells[0]), limit_of(cells[1]),
                                      pauses_of(cells[3]), policy_of(cells[2]), now);
        EXPECT_EQ(written(got.due), cells[5]) << "line " << row.line;
        EXPECT_EQ(got.trace.back(), "Hạn trả kết quả: " + show(got.due) + ".");
    }
}

TEST(ClockFace, follows_the_rows) {
    const char* const states[] = {"on_course", "attention", "late", "none"};
    for (const CaseRow& row : read_cases("src/time/cases/clock_faces.txt", 4)) {
        const ClockFace face =
            clock_face(real_calendar(), moment(row.cells[0]), moment(row.cells[1]));
        EXPECT_EQ(states[static_cast<int>(face.state)], row.cells[2]) << "line " << row.line;
        EXPECT_EQ(face.words, row.cells[3]) << "line " << row.line;
    }
}

using Trace = std::vector<std::string>;

TEST(Trace, explains_make_up_days_holidays_and_hours) {
    EXPECT_EQ(
        deadline(real_calendar(), moment("2026-01-08 09:00"), {3, LimitUnit::working_day}, {},
                 PausePolicy::keep, moment("2026-01-08 09:00"))
            .trace,
        (Trace{"Hồ sơ đầy đủ, hợp lệ được tiếp nhận lúc 09:00 ngày 08/01/2026, trong giờ làm việc: "
               "tính từ thời điểm này.",
               "Thời hạn giải quyết: 3 ngày làm việc, không tính ngày bắt đầu; không tính thứ Bảy, "
               "Chủ nhật và ngày nghỉ lễ.",
               "Ngày 10/01/2026 (thứ Bảy) là ngày làm việc: làm bù cho 02/01/2026.",
               "Hạn trả kết quả: 09:00 ngày 12/01/2026."}));
    EXPECT_EQ(
        deadline(real_calendar(), moment("2026-02-13 18:20"), {5, LimitUnit::working_day}, {},
                 PausePolicy::keep, moment("2026-02-13 18:20"))
            .trace,
        (Trace{"Hồ sơ đầy đủ, hợp lệ được tiếp nhận lúc 18:20 ngày 13/02/2026, ngoài giờ làm việc: "
               "tính từ 07:00 ngày 23/02/2026.",
               "Thời hạn giải quyết: 5 ngày làm việc, không tính ngày bắt đầu; không tính thứ Bảy, "
               "Chủ nhật và ngày nghỉ lễ.",
               "Hạn trả kết quả: 07:00 ngày 02/03/2026."}));
}

TEST(Trace, explains_the_end_on_a_day_off) {
    const auto trace =
        deadline(real_calendar(), moment("2026-04-15 09:00"), {15, LimitUnit::calendar_day}, {},
                 PausePolicy::keep, moment("2026-04-15 09:00"))
            .trace;
    EXPECT_EQ(trace[1],
              "Thời hạn giải quyết: 15 ngày, không tính ngày bắt đầu; tính cả thứ Bảy, Chủ nhật và "
              "ngày nghỉ lễ.");
    EXPECT_EQ(
        trace[2],
        "Ngày cuối của thời hạn, 30/04/2026, là ngày nghỉ (Ngày Chiến thắng 30/4): hạn chuyển "
        "sang ngày làm việc tiếp theo, 04/05/2026.");
}

TEST(Trace, explains_waits) {
    const auto sentence = [](PausePolicy policy, const char* waits) {
        return deadline(real_calendar(), moment("2023-06-05 09:00"), {5, LimitUnit::working_day},
                        pauses_of(waits), policy, moment("2023-06-09 09:00"))
            .trace.at(2);
    };
    EXPECT_EQ(sentence(PausePolicy::extend, "2023-06-06 09:00 > 2023-06-08 10:30"),
              "Chờ người nộp bổ sung từ 09:00 ngày 06/06/2023 đến 10:30 ngày 08/06/2023; thời gian "
              "này (2 ngày làm việc 1 giờ 30 phút) được cộng vào hạn.");
    EXPECT_EQ(sentence(PausePolicy::restart, "2023-06-06 09:00 >"),
              "Chờ người nộp bổ sung từ 09:00 ngày 06/06/2023 và đang còn chờ (tính đến 09:00 ngày "
              "09/06/2023); thời hạn được tính lại từ đầu, từ 09:00 ngày 09/06/2023.");
    EXPECT_EQ(sentence(PausePolicy::keep, "2023-06-06 09:00 > 2023-06-08 10:30"),
              "Thủ tục này không quy định tạm dừng: thời gian chờ bổ sung vẫn tính vào thời hạn.");
    EXPECT_EQ(sentence(PausePolicy::extend, "2023-06-13 09:00 > 2023-06-14 09:00"),
              "Lần chờ từ 09:00 ngày 13/06/2023 bắt đầu khi đã hết hạn (09:00 ngày 12/06/2023) nên "
              "không làm thay đổi hạn.");
}

TEST(Trace, joins_holidays_in_a_row) {
    const auto trace = deadline(real_calendar(), moment("2026-02-12 10:15"),
                                {5, LimitUnit::working_day}, {}, PausePolicy::keep, {})
                           .trace;
    EXPECT_EQ(trace.at(2), "Từ ngày 16/02/2026 đến ngày 20/02/2026 nghỉ: Tết Nguyên đán Bính Ngọ.");
}

TEST(Verdict, compares_with_the_due_instant) {
    const Instant due = moment("2023-06-14 16:00");
    EXPECT_EQ(verdict(moment("2023-06-13 17:00"), due), Verdict::early);
    EXPECT_EQ(verdict(moment("2023-06-14 07:00"), due), Verdict::on_time);
    EXPECT_EQ(verdict(due, due), Verdict::on_time);
    EXPECT_EQ(verdict(moment("2023-06-14 16:01"), due), Verdict::late);
}

TEST(Show, limits) {
    EXPECT_EQ(show(Limit{3, LimitUnit::working_day}), "3 ngày làm việc");
    EXPECT_EQ(show(Limit{8, LimitUnit::working_hour}), "8 giờ làm việc");
    EXPECT_EQ(show(Limit{30, LimitUnit::calendar_day}), "30 ngày");
    EXPECT_EQ(show(Limit{2, LimitUnit::month}), "2 tháng");
}

Instant random_instant() {
    const auto from = to_microseconds(moment("2022-01-01 00:00"));
    const auto to = to_microseconds(moment("2026-12-31 00:00"));
    return from_microseconds(*rc::gen::inRange(from, to));
}

Pause random_pause(Instant around) {
    constexpr std::int64_t day = 86'400'000'000;
    const Instant from = around + std::chrono::microseconds(*rc::gen::inRange(-5 * day, 40 * day));
    const auto length = std::chrono::microseconds(*rc::gen::inRange<std::int64_t>(0, 20 * day));
    return {from, *rc::gen::inRange(0, 5) == 0 ? std::nullopt : std::optional(from + length)};
}

struct Story {
    Instant received, now;
    Limit limit;
    PausePolicy policy;
    std::vector<Pause> pauses;
};

Story random_story() {
    Story story;
    story.received = random_instant();
    story.now = story.received + std::chrono::hours(*rc::gen::inRange(0, 2000));
    story.limit = {*rc::gen::inRange(0, 40), static_cast<LimitUnit>(*rc::gen::inRange(0, 4))};
    story.policy = static_cast<PausePolicy>(*rc::gen::inRange(0, 3));
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) story.pauses.push_back(random_pause(story.received));
    return story;
}

Deadline told(const Story& story) {
    return deadline(real_calendar(), story.received, story.limit, story.pauses, story.policy,
                    story.now);
}

RC_GTEST_PROP(Deadline, is_not_earlier_for_a_later_receipt, ()) {
    Story story = random_story();
    const Instant due = told(story).due;
    story.received += std::chrono::minutes(*rc::gen::inRange(0, 20'000));
    RC_ASSERT(told(story).due >= due);
}

RC_GTEST_PROP(Deadline, is_not_shortened_by_a_wait, ()) {
    Story story = random_story();
    const Instant due = told(story).due;
    story.pauses.push_back(random_pause(story.received));
    RC_ASSERT(told(story).due >= due);
}

RC_GTEST_PROP(Deadline, is_not_shortened_by_a_longer_limit, ()) {
    Story story = random_story();
    const Instant due = told(story).due;
    story.limit.amount += *rc::gen::inRange(0, 20);
    RC_ASSERT(told(story).due >= due);
}

RC_GTEST_PROP(Deadline, is_when_somebody_is_at_work, ()) {
    const Instant due = told(random_story()).due;
    RC_ASSERT(real_calendar().is_working(date_of(due)));
    const auto& sessions = real_calendar().sessions();
    const auto of_day = due - start_of(date_of(due));
    RC_ASSERT(std::any_of(sessions.begin(), sessions.end(), [&](const Session& session) {
        return of_day >= std::chrono::minutes(session.from_minute) &&
               of_day <= std::chrono::minutes(session.to_minute);
    }));
}

RC_GTEST_PROP(Deadline, does_not_depend_on_the_order_of_the_waits, ()) {
    Story story = random_story();
    const Deadline first = told(story);
    std::reverse(story.pauses.begin(), story.pauses.end());
    const Deadline second = told(story);
    RC_ASSERT(first.due == second.due);
    RC_ASSERT(first.trace == second.trace);
}

RC_GTEST_PROP(Deadline, of_days_keeps_the_clock_time, ()) {
    Story story = random_story();
    story.limit.unit = LimitUnit::working_day;
    story.pauses.clear();
    const Instant start = real_calendar().to_session(story.received);
    const Instant due = told(story).due;
    RC_ASSERT(due - start_of(date_of(due)) == start - start_of(date_of(start)));
    RC_ASSERT(real_calendar().working_days_between(date_of(start), date_of(due)) ==
              story.limit.amount);
}

RC_GTEST_PROP(ClockFace, is_late_exactly_after_due, ()) {
    const Instant due = random_instant(), now = random_instant();
    const ClockFace face = clock_face(real_calendar(), due, now);
    RC_ASSERT((face.state == ClockState::late) == (now > due));
    RC_ASSERT(!face.words.empty());
}

}  // namespace
}  // namespace chilang::time
