#include "dossiers/service.hpp"

#include "base/json.hpp"
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "dossiers/secret.hpp"
#include "dossiers/store.hpp"
#include "dossiers/uploads.hpp"
#include "identity/identity.hpp"
#include "ledger/ledger.hpp"
#include "places/places.hpp"

#include <algorithm>
#include <future>
#include <stdexcept>

namespace chilang::dossiers {

namespace {

using Kind = Answer::Kind;

Answer refused(Problems problems, Kind kind = Kind::refused) {
    return {kind, std::move(problems), {}, {}};
}

Answer missing() {
    return refused({{"dossier_missing", "", "Không tìm thấy hồ sơ này."}}, Kind::missing);
}

Answer conflict() {
    return refused({{"conflict", "", "Người khác vừa xử lý hồ sơ này. Hãy xem lại rồi thực hiện."}},
                   Kind::conflict);
}

Kind kind_of(db::Outcome::Kind kind) {
    switch (kind) {
        case db::Outcome::Kind::committed:
            return Kind::done;
        case db::Outcome::Kind::replayed:
            return Kind::replayed;
        case db::Outcome::Kind::conflict:
            return Kind::conflict;
        case db::Outcome::Kind::refused:
            return Kind::refused;
        case db::Outcome::Kind::unavailable:
            break;
    }
    return Kind::unavailable;
}

Problems sentences(const db::Outcome& outcome) {
    if (outcome.kind == db::Outcome::Kind::conflict) return conflict().problems;
    if (outcome.kind == db::Outcome::Kind::unavailable && outcome.problems.empty())
        return {
            {"unavailable", "", "Hệ thống đang bận, chưa ghi nhận được. Hãy gửi lại sau ít phút."}};
    return outcome.problems;
}

Applicant cleaned(const Applicant& typed) {
    Applicant applicant;
    applicant.name = text::clean(typed.name);
    applicant.citizen_id = text::clean(typed.citizen_id);
    std::erase_if(applicant.citizen_id, [](char c) { return c == ' ' || c == '.' || c == '-'; });
    applicant.phone = text::clean(typed.phone);
    std::erase_if(applicant.phone, [](char c) { return c == ' ' || c == '.' || c == '-'; });
    if (applicant.phone.starts_with("+84")) applicant.phone = "0" + applicant.phone.substr(3);
    applicant.email = text::clean(typed.email);
    applicant.address = text::clean(typed.address);
    return applicant;
}

// Components that came on paper or as files, each once, in order.
std::vector<int> handed_in(const NewDossier& request) {
    std::vector<int> numbers = request.brought;
    for (const int number : components_of(request.files)) numbers.push_back(number);
    std::ranges::sort(numbers);
    numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
    return numbers;
}

// Equal requests have equal fingerprints; files count by what is in them.
std::string fingerprint(const NewDossier& request, const std::string& actor) {
    std::string all = actor + '\n' + request.procedure + '\n' + std::to_string(request.agency) +
                      '\n' + std::string(enum_name(request.channel)) + '\n' +
                      json::write(request.applicant);
    for (const auto& file : request.files)
        all += '\n' + file.part + ' ' + to_hex(view(file.sha256));
    for (const int number : request.brought) all += '\n' + std::to_string(number);
    return to_hex(view(sha256(all)));
}

// Everything that the lane's thread needs to write one new dossier; shared, because it may build
// twice.
struct Submission {
    Dossier draft;
    std::shared_ptr<const Procedures> procedures;  // keeps `procedure` alive
    const Procedure* procedure = nullptr;
    const time::Calendar* calendar = nullptr;
    std::string agency_code, actor;
    std::vector<files::StoredFile> files;
    std::vector<int> handed_in;
    Instant now;
    Hash stream_key{};

    Facts facts() const { return {*procedure, *calendar, actor, now, handed_in}; }

    Result<db::WriteSet> build(std::int64_t number) const {
        Dossier numbered = draft;
        numbered.code = dossier_code(agency_code, date_of(now), number);
        auto decision = decide_submit(std::move(numbered), facts());
        if (!decision) return decision.problems();
        Dossier& dossier = decision->dossier;
        const std::string stream = dossier_stream(dossier.id);
        const ledger::Event event =
            ledger::next_event(dossier.head, decision->kind, stream, actor,
                               std::move(decision->payload), now, stream_key);
        db::WriteSet write;
        write.statements.push_back(insert(dossier, *procedure));
        for (const auto& file : files)
            write.statements.push_back(files::Store::insert(file, stream));
        write.statements.push_back(ledger::Ledger::append(event));
        write.answer = json::write(Receipt{
            dossier.id, dossier.code, {}, dossier.status, dossier.submitted_at, dossier.due_at});
        return write;
    }
};

Answer receipt_of(const db::Outcome& outcome, const std::string& secret) {
    Answer answer;
    answer.kind = kind_of(outcome.kind);
    answer.problems = sentences(outcome);
    if (!answer.ok()) return answer;
    auto receipt = json::read<Receipt>(outcome.answer);
    if (!receipt) throw std::logic_error("the kept answer of a submission is no receipt");
    answer.receipt = std::move(*receipt);
    answer.receipt.secret = secret;
    return answer;
}

// A step that is refused may be refused because it was taken already: the caller did not hear the
// answer and asks again. The lane knows its key then.
void unless_taken(db::WriteLane& lane, db::Command command, Answer no, Answered done) {
    if (command.key.empty()) return done(std::move(no));
    command.build = [no](std::span<const std::int64_t>) -> Result<db::WriteSet> {
        return no.problems;
    };
    lane.submit(std::move(command),
                [no = std::move(no), done = std::move(done)](db::Outcome outcome) mutable {
                    if (outcome.kind != db::Outcome::Kind::refused) no.kind = kind_of(outcome.kind);
                    no.problems = sentences(outcome);
                    done(std::move(no));
                });
}

}  // namespace

Service::Service(Platform& platform) : platform_(platform) {
    auto connection = platform_.pool.lease();
    catalogue_.reload(*connection, date_of(platform_.clock->now()));
}

void Service::submit(NewDossier request, const std::string& actor, Instant now, Answered done) {
    auto work = std::make_shared<Submission>();
    work->procedures = procedures();
    work->procedure = work->procedures->find(request.procedure);
    if (!work->procedure)
        return done(
            refused({{"procedure_unknown", "procedure", "Chọn một thủ tục trong danh mục."}}));
    const auto places = platform_.places.now();
    const auto agencies = places->agencies();
    const auto agency = std::ranges::find(agencies, request.agency, &places::Agency::id);
    if (agency == agencies.end() || !places::valid_on(*agency, date_of(now)))
        return done(
            refused({{"agency_unknown", "agency", "Chọn cơ quan giải quyết đang hoạt động."}}));

    if (request.key.empty()) request.key = "once/" + to_hex(random_bytes(16));
    const std::string secret = make_secret(platform_.ledger.stream_key(), request.key);
    Dossier& draft = work->draft;
    draft.id = new_id(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
    draft.agency = request.agency;
    draft.channel = actor == "citizen" ? Channel::online : request.channel;
    draft.applicant = cleaned(request.applicant);
    draft.secret = secret_hash(draft.id, secret);
    work->calendar = &calendar();
    work->agency_code = agency->code;
    work->actor = actor;
    work->files = request.files;
    work->handed_in = handed_in(request);
    work->now = now;
    work->stream_key = platform_.ledger.stream_key();
    if (auto checked = decide_submit(draft, work->facts()); !checked)
        return done(refused(checked.problems()));

    db::Command command;
    command.key = request.key;
    command.fingerprint = fingerprint(request, actor);
    command.counters = {code_counter(agency->code, date_of(now))};
    command.build = [work](std::span<const std::int64_t> numbers) {
        return work->build(numbers[0]);
    };
    platform_.lane.submit(std::move(command),
                          [this, done = std::move(done), secret,
                           agency = request.agency](db::Outcome outcome) {
                              changes_.touch(agency);
                              done(receipt_of(outcome, secret));
                          });
}

void Service::act(Act act, const identity::Actor* actor, Instant now, Answered done) {
    auto dossier = find(act.dossier);
    if (!dossier) return done(missing());
    if (actor && !permitted(*actor, *dossier, act.step.action))
        return done(refused(
            {{"forbidden", "", "Chức danh của bạn không thực hiện được việc này với hồ sơ này."}},
            Kind::forbidden));
    const auto procedures = this->procedures();
    const std::string who = actor ? actor->stream_name() : "citizen";
    // A promise goes on by the calendar that it was made with; a new one is made by today's.
    const auto& counted_by = act.step.action == Action::extend ? calendar() : calendar_of(*dossier);
    const bool changed = act.seen && *act.seen != dossier->head.seq;
    Result<Decision> decision =
        changed
            ? Result<Decision>(conflict().problems)
            : decide(*dossier, act.step, {procedure(*dossier, *procedures), counted_by, who, now});
    const std::string stream = dossier_stream(dossier->id);
    db::Command command;
    command.key = act.key;
    if (!act.key.empty())
        command.fingerprint =
            to_hex(view(sha256(who + '\n' + stream + '\n' + json::write(act.step))));
    if (!decision) {
        Answer no = refused(decision.problems(), changed ? Kind::conflict : Kind::refused);
        no.dossier = std::move(*dossier);
        return unless_taken(platform_.lane, std::move(command), std::move(no), std::move(done));
    }

    auto after = std::make_shared<Dossier>(std::move(decision->dossier));
    const std::int64_t seq_before = after->head.seq;
    const ledger::Event event =
        ledger::next_event(after->head, decision->kind, stream, who, std::move(decision->payload),
                           now, platform_.ledger.stream_key());
    auto write = std::make_shared<db::WriteSet>();
    write->statements.push_back(update(*after, seq_before));
    for (const auto& file : act.files)
        write->statements.push_back(files::Store::insert(file, stream));
    write->statements.push_back(ledger::Ledger::append(event));
    write->answer = "{}";

    command.build = [write](std::span<const std::int64_t>) -> Result<db::WriteSet> {
        return *write;
    };
    platform_.lane.submit(std::move(command), [this, done = std::move(done),
                                               after](db::Outcome outcome) {
        changes_.touch(after->agency);
        Answer answer{kind_of(outcome.kind), sentences(outcome), {}, {}};
        if (answer.ok()) answer.dossier = std::move(*after);
        done(std::move(answer));
    });
}

Answer Service::submit_and_wait(NewDossier dossier, const std::string& actor, Instant now) {
    std::promise<Answer> answer;
    submit(std::move(dossier), actor, now, [&answer](Answer a) { answer.set_value(std::move(a)); });
    return answer.get_future().get();
}

Answer Service::act_and_wait(const Act& step, const identity::Actor* actor, Instant now) {
    constexpr int tries = 3;
    for (int i = 1;; ++i) {
        std::promise<Answer> promise;
        act(step, actor, now, [&promise](Answer a) { promise.set_value(std::move(a)); });
        Answer answer = promise.get_future().get();
        if (answer.kind != Kind::conflict || step.seen || i == tries) return answer;
    }
}

std::optional<Dossier> Service::find(const Id& id) const {
    auto connection = platform_.pool.lease();
    return load(*connection, id);
}

std::optional<Dossier> Service::find(std::string_view code) const {
    auto connection = platform_.pool.lease();
    return load_by_code(*connection, code);
}

const Procedure& Service::procedure(const Dossier& dossier, const Procedures& procedures) const {
    const Procedure* found = procedures.version(dossier.procedure, dossier.procedure_version);
    if (!found)
        throw std::logic_error("dossier " + dossier.code +
                               " has a procedure that the catalogue lacks");
    return *found;
}

void Service::looked_at(const identity::Actor& actor, const Dossier& dossier,
                        std::string_view reason, Instant now) {
    constexpr auto quiet = std::chrono::minutes(10);
    const std::pair key(actor.account, dossier.id);
    {
        std::lock_guard lock(looks_mutex_);
        const auto look = looks_.find(key);
        if (look != looks_.end() && now - look->second < quiet) return;
    }
    platform_.identity.record_look_up(actor, dossier_stream(dossier.id), reason, now);
    std::lock_guard lock(looks_mutex_);  // only what was written down counts as told
    if (looks_.size() > 10'000)
        std::erase_if(looks_, [&](const auto& l) { return now - l.second > quiet; });
    looks_[key] = now;
}

std::string command_key(std::string_view prefix, std::string_view sent) {
    constexpr std::size_t longest = 200;
    if (sent.empty()) return {};
    const bool plain = sent.size() <= longest && text::is_utf8(sent);
    return std::string(prefix) + (plain ? std::string(sent) : to_hex(view(sha256(sent))));
}

bool in_reach(const identity::Actor& actor, const Dossier& dossier) {
    return std::ranges::count(actor.agencies, dossier.agency) > 0;
}

bool permitted(const identity::Actor& actor, const Dossier& dossier, Action action) {
    const std::string_view right = transition(action).right;
    return in_reach(actor, dossier) && actor.may(right == "applicant" ? "dossiers.receive" : right);
}

}  // namespace chilang::dossiers
