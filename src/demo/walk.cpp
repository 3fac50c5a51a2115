// One walk: submission, receipt, work, and the end that was planned.
#include "demo/walk.hpp"

#include "base/sha256.hpp"
#include "demo/phrases.hpp"
#include "dossiers/rules.hpp"
#include "dossiers/secret.hpp"

#include <stdexcept>

namespace chilang::demo {

namespace {

using dossiers::Action;
using dossiers::Decision;
using dossiers::Step;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// UUID version 7 out of the dossier's own generator: the same scenario gives the same ids.
Id make_id(Instant at, Random& random) {
    Id id;
    const auto ms = static_cast<std::uint64_t>(to_microseconds(at) / 1000);
    const std::uint64_t high = random.next(), low = random.next();
    for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    for (int i = 0; i < 2; ++i) id.bytes[6 + i] = static_cast<std::uint8_t>(high >> (8 * i));
    for (int i = 0; i < 8; ++i) id.bytes[8 + i] = static_cast<std::uint8_t>(low >> (8 * i));
    id.bytes[6] = (id.bytes[6] & 0x0f) | 0x70;
    id.bytes[8] = (id.bytes[8] & 0x3f) | 0x80;
    return id;
}

enum class Manner { full, plain };  // with supplements and extensions, or without

class Walk {
public:
    Walk(const World& world, const Planned& planned, std::size_t index, Manner manner)
        : world_(world),
          planned_(planned),
          procedure_(world.catalogue.procedures[planned.procedure]),
          office_(world.offices.all()[planned.office]),
          desk_(world.desks[planned.office]),
          random_(world.scenario.seed ^ 0x77616c6b, index),
          manner_(manner) {}

    // False: the fate was not reached.
    bool run(const std::string& code) {
        submit(code);
        if (planned_.channel == dossiers::Channel::online)
            take(Action::accept, planned_.received, desk_.one_stop);
        now_ = planned_.received;
        return planned_.fate == Fate::open ? stay_open() : resolve();
    }
    Walked result() && { return std::move(out_); }

private:
    const dossiers::Dossier& dossier() const { return out_.dossier; }
    Instant until() const { return world_.scenario.until; }

    // So many working minutes later, and some seconds while the office is open.
    Instant after(Instant from, int working_minutes) {
        const Instant minute = world_.calendar.add_working_minutes(from, working_minutes);
        const Instant moment = minute + seconds(random_.between(0, 59));
        return world_.calendar.to_session(moment) == moment ? moment : minute;
    }

    int product(int first, int last, int times) {
        const int each = random_.between(first, last);
        return each * random_.between(1, times);
    }

    // A moment in working hours, `permille` of the working time from now to `end`.
    Instant on_the_way(Instant end, int permille) {
        const int span = world_.calendar.working_minutes_between(now_, end);
        Instant moment;
        if (span >= 30) {
            moment = after(now_, span * permille / 1000);
        } else {
            const auto gap = std::chrono::duration_cast<seconds>(end - now_).count();
            moment = world_.calendar.to_session(now_ + seconds(gap * permille / 1000));
        }
        return std::min(std::max(moment, now_), std::max(end, now_));
    }

    void record(Decision decision, std::string actor, Instant at) {
        ledger::Head head = dossier().head;
        decision.dossier.head = head;
        out_.dossier = std::move(decision.dossier);
        out_.events.push_back(ledger::next_event(out_.dossier.head, decision.kind, stream_,
                                                 std::move(actor), std::move(decision.payload), at,
                                                 world_.stream_key));
        now_ = at;
    }

    void submit(const std::string& code) {
        dossiers::Dossier draft;
        draft.id = make_id(planned_.submitted, random_);
        draft.code = code;
        draft.agency = office_.agency;
        draft.channel = planned_.channel;
        const std::string& home = random_.one_of(office_.homes);
        draft.applicant =
            world_.people.invent(random_, home, civil(date_of(planned_.submitted)).year);
        draft.secret = dossiers::secret_hash(draft.id, demonstration_secret(world_.scenario, code));
        stream_ = dossiers::dossier_stream(draft.id);
        const bool online = planned_.channel == dossiers::Channel::online;
        std::string actor = online ? "citizen" : position(desk_.one_stop);
        auto decision = dossiers::decide_submit(
            std::move(draft),
            {procedure_, world_.calendar, actor, planned_.submitted, handed_in()});
        if (!decision) refuse("nộp", decision.problems());
        record(std::move(*decision), std::move(actor), planned_.submitted);
    }

    // Everything that must be handed in; what is optional is left out.
    std::vector<int> handed_in() const {
        std::vector<int> numbers;
        for (std::size_t i = 0; i < procedure_.components.size(); ++i)
            if (procedure_.components[i].required && procedure_.components[i].source != "data")
                numbers.push_back(static_cast<int>(i) + 1);
        return numbers;
    }

    void take(const Step& step, Instant at, std::int64_t by) {
        std::string actor = by == 0 ? "citizen" : position(by);
        auto decision = dossiers::decide(dossier(), step, {procedure_, world_.calendar, actor, at});
        if (!decision) refuse(enum_name(step.action), decision.problems());
        record(std::move(*decision), std::move(actor), at);
    }
    void take(Action action, Instant at, std::int64_t by) {
        Step step;
        step.action = action;
        take(step, at, by);
    }

    void assign(Instant at) {
        Step step;
        step.action = Action::assign;
        step.assignee = desk_.specialist;
        take(step, at, desk_.leader);
    }

    void ask(Instant at) {
        Step step;
        step.action = Action::ask_supplement;
        step.defects = invent_defects(procedure_, random_);
        take(step, at, desk_.specialist);
    }

    bool is_long() const {
        return procedure_.limit_amount >= 3 &&
               procedure_.limit_unit != dossiers::LimitUnit::working_hour;
    }
    bool chance(int permille) {  // always draws, so that both manners see the same numbers
        const bool yes = random_.permille(permille);
        return yes && manner_ == Manner::full;
    }

    bool stay_open();
    bool resolve();
    bool supplement_round(Instant end);
    std::optional<Instant> choose_end();
    void finish(Instant end);

    static std::string position(std::int64_t id) { return "position/" + std::to_string(id); }
    [[noreturn]] void refuse(std::string_view step, const Problems& problems) const {
        throw std::logic_error("hồ sơ " + dossier().code + ", bước " + std::string(step) + ": " +
                               (problems.empty() ? "" : problems.front().message));
    }

    const World& world_;
    const Planned& planned_;
    const dossiers::Procedure& procedure_;
    const Office& office_;
    const Desk& desk_;
    Random random_;
    Manner manner_;
    Instant now_{};
    std::string stream_;
    Walked out_;
};

// A supplement in the first half of the way, answered after some working days; false: no room for
// it.
bool Walk::supplement_round(Instant end) {
    const Instant asked = on_the_way(end, random_.between(100, 350));
    const Instant answered = after(asked, product(120, 480, 5));
    if (answered + hours(4) > end) return false;
    ask(asked);
    take(Action::supplement, answered, random_.permille(700) ? 0 : desk_.one_stop);
    return true;
}

bool Walk::stay_open() {
    const Instant end = until();
    const int progress = random_.between(0, 999);
    if (now_ + minutes(20) > end || progress < 90) return true;  // still at the one-stop counter
    const Instant assigned = std::min(end, after(now_, random_.between(5, 240)));
    if (assigned >= end) return true;
    assign(assigned);
    if (is_long() && progress < 190) {
        ask(on_the_way(end, random_.between(200, 900)));
        return true;
    }
    const bool drafted = progress > 860;
    if (drafted) take(Action::draft, on_the_way(end, random_.between(300, 950)), desk_.specialist);
    return true;
}

// When the result shall be signed, by the promise in force now; empty: impossible.
std::optional<Instant> Walk::choose_end() {
    const auto& calendar = world_.calendar;
    const Instant due = *dossier().due_at;
    if (planned_.fate == Fate::late) {
        const int most = random_.between(1, 10);
        Instant end = after(due, 30 + product(0, 480, most));
        if (end > until()) end = calendar.add_working_minutes(due, random_.between(5, 30));
        return end > due && end <= until() ? std::optional(end) : std::nullopt;
    }
    const Instant last = std::min(due, until());
    if (last <= now_) return std::nullopt;
    const Date due_day = date_of(due);
    const bool may_be_early = date_of(now_) < due_day;
    if (may_be_early && random_.permille(world_.scenario.early)) {
        Date day = due_day;  // the last working date before the promised one
        while (day > date_of(now_) && (day == due_day || !calendar.is_working(day))) day = day - 1;
        const Instant end = std::min(calendar.close_of(day), last);
        if (end > now_ + minutes(10)) return on_the_way(end, random_.between(250, 990));
    }
    const Instant opening = calendar.to_session(start_of(due_day));
    if (opening > now_ && opening <= last) now_ = std::max(now_, opening);
    return on_the_way(last, random_.between(60, 950));
}

bool Walk::resolve() {
    const Instant reach =
        planned_.fate == Fate::late ? *dossier().due_at : std::min(*dossier().due_at, until());
    const Instant received = now_;
    const bool quick = reach - now_ < hours(7);
    assign(quick ? on_the_way(reach, random_.between(10, 80))
                 : std::min(reach, after(now_, random_.between(4, 150))));
    if (is_long() && chance(world_.scenario.supplement)) supplement_round(reach);
    if (is_long() && planned_.fate == Fate::in_time && chance(world_.scenario.extension) &&
        *dossier().due_at + hours(24 * 9) < until()) {
        const Instant asked = on_the_way(*dossier().due_at, random_.between(600, 900));
        take(invent_extension(world_.calendar, *dossier().due_at, random_), asked, desk_.leader);
    }
    const Instant worked_from = now_;
    const auto end = choose_end();
    now_ = worked_from;
    if (!end || *end < now_ || *end > until() || *end <= received) return false;
    finish(*end);
    return (dossier().verdict == dossiers::Verdict::late) == (planned_.fate == Fate::late);
}

void Walk::finish(Instant end) {
    take(Action::draft, on_the_way(end, random_.between(550, 940)), desk_.specialist);
    if (random_.permille(world_.scenario.rejected))
        take(invent_refusal(random_), end, desk_.leader);
    else
        take(Action::approve, end, desk_.leader);
    // Most fetch the result within days, online ones get theirs at once; some wait for weeks.
    const int wait = planned_.channel == dossiers::Channel::online && random_.permille(650)
                         ? random_.between(1, 40)
                         : product(20, 480, random_.between(1, 12));
    const Instant handed = after(end, wait);
    if (handed <= until()) take(Action::hand_over, handed, desk_.one_stop);
}

}  // namespace

Walked walk(const World& world, const Planned& planned, std::size_t index,
            const std::string& code) {
    for (const Manner manner : {Manner::full, Manner::plain}) {
        Walk walk(world, planned, index, manner);
        if (walk.run(code)) return std::move(walk).result();
    }
    throw std::logic_error("hồ sơ " + code + ": không đạt kết quả đã định");
}

std::string demonstration_secret(const Scenario& scenario, std::string_view code) {
    const Hash key = sha256("demonstration " + std::to_string(scenario.seed));
    return dossiers::make_secret(key, code);
}

}  // namespace chilang::demo
