// The deadline engine. A run of the clock is (start, time waited); its end follows from the limit's
// unit. Each step leaves a sentence, in the order in which a reader would check it with a calendar
// in the hand: start, limit, days that are special, waits, end.
#include "time/deadline.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace chilang::time {

namespace {

using std::chrono::microseconds;

constexpr const char* kWeekdays[] = {"thứ Hai", "thứ Ba",  "thứ Tư",  "thứ Năm",
                                     "thứ Sáu", "thứ Bảy", "Chủ nhật"};

struct Wait {
    Instant from, to;
    bool open;
};

// Sorted, joined where they overlap, an open one ended at `now`; empty ones are dropped.
std::vector<Wait> tidy(const std::vector<Pause>& pauses, Instant start, Instant now) {
    std::vector<Wait> waits;
    for (const Pause& pause : pauses) {
        const Wait wait{std::max(pause.from, start), pause.to.value_or(now), !pause.to};
        if (wait.from < wait.to) waits.push_back(wait);
    }
    std::sort(waits.begin(), waits.end(),
              [](const Wait& a, const Wait& b) { return a.from < b.from; });
    std::vector<Wait> joined;
    for (const Wait& wait : waits) {
        if (joined.empty() || wait.from > joined.back().to) {
            joined.push_back(wait);
        } else if (wait.to > joined.back().to) {
            joined.back().to = wait.to;
            joined.back().open = wait.open;
        } else if (wait.to == joined.back().to) {
            joined.back().open = joined.back().open || wait.open;
        }
    }
    return joined;
}

struct Run {
    Instant start;
    microseconds working_time{0};  // waited so far, for working days and hours
    int days = 0;                  // waited so far, for calendar days and months
};

bool counts_dates(Limit limit) {
    return limit.unit == LimitUnit::calendar_day || limit.unit == LimitUnit::month;
}

// A wait moves the start: added after the months, it would make a dossier that came later due
// earlier, because months differ in length.
Date last_date(const Run& run, Limit limit) {
    const Date start = date_of(run.start) + run.days;
    return limit.unit == LimitUnit::month ? add_months(start, limit.amount) : start + limit.amount;
}

Instant end_of(const Calendar& calendar, const Run& run, Limit limit) {
    if (counts_dates(limit)) {
        const Date last = last_date(run, limit);
        return calendar.close_of(calendar.is_working(last) ? last : calendar.next_working(last));
    }
    const microseconds whole =
        limit.unit == LimitUnit::working_hour
            ? microseconds(std::chrono::hours(limit.amount))
            : microseconds(std::chrono::minutes(calendar.minutes_per_day())) * limit.amount;
    if (limit.unit == LimitUnit::working_hour)
        return calendar.add_working_time(run.start, whole + run.working_time);
    const Date date = calendar.add_working_days(date_of(run.start), limit.amount);
    const Instant same_time = run.start + std::chrono::days(date - date_of(run.start));
    return calendar.add_working_time(same_time, run.working_time);
}

std::string span_of(microseconds time, int minutes_per_day) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
    std::string out;
    const auto add = [&](std::int64_t count, const char* unit) {
        if (count > 0) out += (out.empty() ? "" : " ") + std::to_string(count) + unit;
    };
    add(minutes / minutes_per_day, " ngày làm việc");
    add(minutes % minutes_per_day / 60, " giờ");
    add(minutes % minutes_per_day % 60, " phút");
    return out.empty() ? "chưa đến một phút làm việc" : out;
}

std::string lower_first(const std::string& text) {
    std::string out = text;
    if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
    return out;
}

class Trace {
public:
    explicit Trace(const Calendar& calendar) : calendar_(calendar) {}
    std::vector<std::string> sentences;

    void received(Instant instant, Instant start) {
        std::string sentence = "Hồ sơ đầy đủ, hợp lệ được tiếp nhận lúc " + show(instant);
        if (start == instant)
            sentence += ", trong giờ làm việc: tính từ thời điểm này.";
        else
            sentence += ", ngoài giờ làm việc: tính từ " + show(start) + ".";
        sentences.push_back(std::move(sentence));
    }

    void limit(Limit limit) {
        std::string sentence = "Thời hạn giải quyết: " + show(limit);
        if (limit.unit == LimitUnit::working_hour)
            sentence += ", chỉ tính giờ làm việc.";
        else if (limit.unit == LimitUnit::working_day)
            sentence += ", không tính ngày bắt đầu; không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ.";
        else
            sentence += ", không tính ngày bắt đầu; tính cả thứ Bảy, Chủ nhật và ngày nghỉ lễ.";
        sentences.push_back(std::move(sentence));
    }

    void policy(PausePolicy policy) {
        if (policy == PausePolicy::keep)
            sentences.push_back(
                "Thủ tục này không quy định tạm dừng: thời gian chờ bổ sung vẫn tính vào thời "
                "hạn.");
    }

    void extended(const Wait& wait, Limit limit, microseconds time, int days) {
        std::string effect = "; thời gian này (" + span_of(time, calendar_.minutes_per_day()) +
                             ") được cộng vào hạn.";
        if (limit.unit == LimitUnit::calendar_day)
            effect = "; thời gian này (" + std::to_string(days) + " ngày) được cộng vào hạn.";
        else if (limit.unit == LimitUnit::month)
            effect = "; ngày bắt đầu tính thời hạn lùi lại " + std::to_string(days) + " ngày.";
        sentences.push_back(waited(wait) + effect);
    }

    void restarted(const Wait& wait, Instant start) {
        sentences.push_back(waited(wait) + "; thời hạn được tính lại từ đầu, từ " + show(start) +
                            ".");
    }

    void too_late(const Wait& wait, Instant due) {
        sentences.push_back("Lần chờ từ " + show(wait.from) + " bắt đầu khi đã hết hạn (" +
                            show(due) + ") nên không làm thay đổi hạn.");
    }

    // Days off that would have been worked, and weekend days that are: neighbours with one name
    // share a sentence.
    void special_days(Date from, Date to) {
        const auto days = calendar_.special_days(from, to);
        for (std::size_t i = 0; i < days.size();) {
            std::size_t end = i + 1;
            while (end < days.size() && !days[i]->working && days[end]->name == days[i]->name &&
                   days[end]->date - days[end - 1]->date == 1)
                ++end;
            special(*days[i], days[end - 1]->date);
            i = end;
        }
    }

    void due(const Run& run, Limit limit, Instant due) {
        if (counts_dates(limit)) {
            const Date last = last_date(run, limit);
            if (!calendar_.is_working(last)) day_off_at_end(last, date_of(due));
        }
        sentences.push_back("Hạn trả kết quả: " + show(due) + ".");
    }

private:
    static std::string waited(const Wait& wait) {
        return "Chờ người nộp bổ sung từ " + show(wait.from) +
               (wait.open ? " và đang còn chờ (tính đến " : " đến ") + show(wait.to) +
               (wait.open ? ")" : "");
    }

    void special(const SpecialDay& day, Date end) {
        if (day.working)
            sentences.push_back(std::string("Ngày ") + show(day.date) + " (" +
                                kWeekdays[weekday(day.date) - 1] +
                                ") là ngày làm việc: " + lower_first(day.name) + ".");
        else if (day.date != end)
            sentences.push_back("Từ ngày " + show(day.date) + " đến ngày " + show(end) +
                                " nghỉ: " + day.name + ".");
        else if (weekday(day.date) <= 5)
            sentences.push_back("Ngày " + show(day.date) + " nghỉ: " + day.name + ".");
    }

    void day_off_at_end(Date last, Date moved) {
        const std::string_view name = calendar_.name_of(last);
        sentences.push_back("Ngày cuối của thời hạn, " + show(last) + ", là ngày nghỉ (" +
                            (name.empty() ? kWeekdays[weekday(last) - 1] : std::string(name)) +
                            "): hạn chuyển sang ngày làm việc tiếp theo, " + show(moved) + ".");
    }

    const Calendar& calendar_;
};

}  // namespace

Deadline deadline(const Calendar& calendar, Instant received, Limit limit,
                  const std::vector<Pause>& pauses, PausePolicy policy, Instant now) {
    Trace trace(calendar);
    Run run{calendar.to_session(received)};
    trace.received(received, run.start);
    trace.limit(limit);
    Instant due = end_of(calendar, run, limit);
    const std::vector<Wait> waits = tidy(pauses, run.start, now);
    if (!waits.empty()) trace.policy(policy);
    for (const Wait& wait : waits) {
        if (policy == PausePolicy::keep) break;
        if (wait.from > due) {
            trace.too_late(wait, due);
            continue;
        }
        if (policy == PausePolicy::restart) {
            run = {calendar.to_session(wait.to)};
            trace.restarted(wait, run.start);
        } else {
            const auto time = calendar.working_time_between(wait.from, wait.to);
            const int days = date_of(wait.to) - date_of(wait.from);
            run.working_time += time;
            run.days += days;
            trace.extended(wait, limit, time, days);
        }
        due = end_of(calendar, run, limit);
    }
    if (!counts_dates(limit)) trace.special_days(date_of(run.start), date_of(due));
    trace.due(run, limit, due);
    return {due, std::move(trace.sentences)};
}

Verdict verdict(Instant finished, Instant due) {
    if (finished > due) return Verdict::late;
    return date_of(finished) < date_of(due) ? Verdict::early : Verdict::on_time;
}

std::string show(Limit limit) {
    constexpr const char* units[] = {" ngày làm việc", " giờ làm việc", " ngày", " tháng"};
    return std::to_string(limit.amount) + units[static_cast<int>(limit.unit)];
}

}  // namespace chilang::time
