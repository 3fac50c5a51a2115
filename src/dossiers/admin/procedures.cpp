// Draft, publish, end: each is rows and one event in the stream of the procedure.
#include "dossiers/admin/procedures.hpp"

#include "base/json.hpp"
#include "dossiers/store.hpp"
#include "identity/record.hpp"
#include "places/places.hpp"

#include <algorithm>

namespace chilang::dossiers {

namespace {

Result<Done> save(Service& service, const identity::Actor& by, Instant now,
                  const ledger::Kind& kind, const ProcedureFacts& facts,
                  std::vector<db::Statement> rows) {
    Platform& platform = service.platform();
    const auto done = identity::record(platform, by, now,
                                       {.stream = procedure_stream(facts.procedure),
                                        .kind = kind,
                                        .payload = json::write(facts),
                                        .statements = std::move(rows)});
    if (done) {
        auto connection = platform.pool.lease();
        service.catalogue().reload(*connection, date_of(now));
    }
    return done;
}

const Procedure* last_published(const Procedures& procedures, std::int64_t id) {
    const Procedure* last = nullptr;
    for (const Procedure& version : procedures.versions(id))
        if (version.published) last = &version;
    return last;
}

Problem no_draft() {
    return {"no_draft", "", "Không có bản soạn nào của thủ tục này để công bố."};
}

// What the form itself must be, published or not: the rest may wait for the validator.
Problems check_draft(const Procedures& procedures, const places::Places& places,
                     const Procedure& form) {
    Problems problems;
    for (const Finding& finding : findings(form))
        if (finding.blocking && (finding.field == "ma" || finding.field == "ten"))
            problems.push_back({"form", finding.field, finding.sentence});
    for (const Procedure& other : procedures.all())
        if (other.code == form.code && other.id != form.id) {
            problems.push_back({"code_taken", "ma", "Mã này là của thủ tục “" + other.name + "”."});
            break;
        }
    const auto fields = procedures.fields();
    if (!std::ranges::count(fields, form.field))
        problems.push_back({"field_unknown", "linh_vuc", "Chọn lĩnh vực trong danh sách."});
    const auto agencies = places.agencies();
    if (std::ranges::find(agencies, form.department, &places::Agency::id) == agencies.end())
        problems.push_back({"agency_unknown", "co_quan", "Chọn cơ quan phụ trách."});
    if (form.limit_amount < 0)
        problems.push_back({"limit", "thoi_han", "Nhập thời hạn bằng số, ví dụ 5."});
    if (form.fee_dong < 0)
        problems.push_back({"fee", "phi", "Nhập số đồng, ví dụ 100.000; miễn phí thì ghi 0."});
    return problems;
}

}  // namespace

Standing standing(const Procedure& version, Date today) {
    if (!version.published) return Standing::draft;
    if (version.valid_to && *version.valid_to <= today) return Standing::ended;
    return today < version.valid_from ? Standing::to_come : Standing::in_force;
}

const Procedure* draft_of(const Procedures& procedures, std::int64_t id) {
    const auto versions = procedures.versions(id);
    return !versions.empty() && !versions.back().published ? &versions.back() : nullptr;
}

Result<Procedure> save_draft(Service& service, const identity::Actor& by, Procedure form,
                             Instant now) {
    const auto procedures = service.procedures();
    const auto places = service.platform().places.now();
    const auto versions = procedures->versions(form.id);
    if (form.id != 0) {
        if (versions.empty()) return Problem{"no_procedure", "", "Không có thủ tục này."};
        form.code = versions.back().code;  // the code is what a procedure is known by
        form.portal_synced = versions.back().portal_synced;
        form.portal_level = versions.back().portal_level;
    }
    if (auto problems = check_draft(*procedures, *places, form); !problems.empty()) return problems;
    if (form.id == 0) form.id = procedures->all().empty() ? 1 : procedures->all().back().id + 1;
    const bool again = draft_of(*procedures, form.id) != nullptr;
    form.version = versions.empty() ? 1 : versions.back().version + (again ? 0 : 1);
    form.valid_from = date_of(now);
    form.valid_to.reset();
    form.published = false;
    form.certainty = "doubtful";  // until somebody answers for it
    form.confirmed_by.reset();
    form.confirmed_on.reset();
    const auto done =
        save(service, by, now, kinds::procedure_drafted, facts_of(form), {dossiers::save(form)});
    if (!done) return done.problems();
    return form;
}

Result<Procedure> publish(Service& service, const identity::Actor& by, const Publishing& form,
                          Instant now) {
    const auto procedures = service.procedures();
    const Procedure* draft = draft_of(*procedures, form.id);
    if (!draft) return no_draft();
    Procedure version = *draft;
    version.certainty = "sure";
    Problems problems;
    bool doubts = false;
    for (const Finding& finding : findings(version)) {
        if (finding.blocking)
            problems.push_back({"finding", finding.field, finding.sentence});
        else
            doubts = true;
    }
    if (doubts && !form.doubts_seen)
        problems.push_back(
            {"doubts_open", "da_xem",
             "Đối chiếu các điểm cần kiểm tra với văn bản gốc, rồi đánh dấu ô này."});
    const Procedure* before = last_published(*procedures, form.id);
    if (!form.from)
        problems.push_back({"day_missing", "tu_ngay", "Nhập ngày theo dạng 01/12/2026."});
    else if (*form.from < date_of(now))
        problems.push_back({"day_past", "tu_ngay", "Phiên bản mới có hiệu lực từ hôm nay trở đi."});
    else if (before && *form.from <= before->valid_from)
        problems.push_back({"day_before", "tu_ngay",
                            "Ngày phải sau ngày có hiệu lực của phiên bản trước (" +
                                show(before->valid_from) + ")."});
    if (!problems.empty()) return problems;

    version.valid_from = *form.from;
    version.published = true;
    version.confirmed_by = by.position.id;
    version.confirmed_on = date_of(now);
    ProcedureFacts facts = facts_of(version);
    std::vector<db::Statement> rows;
    if (before && (!before->valid_to || *before->valid_to > version.valid_from)) {
        facts.ends = before->version;
        rows.push_back(
            {"UPDATE dossiers.procedure SET valid_to = $3"
             " WHERE id = $1 AND version = $2 AND published",
             {version.id, before->version, version.valid_from},
             db::Expect::one_row});
    }
    rows.push_back(dossiers::save(version));
    const auto done =
        save(service, by, now, before ? kinds::procedure_updated : kinds::procedure_published,
             facts, std::move(rows));
    if (!done) return done.problems();
    return version;
}

Result<Procedure> end_procedure(Service& service, const identity::Actor& by, const Ending& form,
                                Instant now) {
    const auto procedures = service.procedures();
    const Procedure* last = last_published(*procedures, form.id);
    if (!last) return Problem{"not_published", "", "Thủ tục này chưa được công bố."};
    Problems problems;
    if (last->valid_to)
        problems.push_back({"ended_already", "bo_ngay",
                            "Thủ tục đã hết hiệu lực từ " + show(*last->valid_to) + "."});
    else if (!form.day)
        problems.push_back({"day_missing", "bo_ngay", "Nhập ngày theo dạng 01/12/2026."});
    else if (*form.day < date_of(now))
        problems.push_back({"day_past", "bo_ngay", "Ngày ngừng không được trước hôm nay."});
    else if (*form.day <= last->valid_from)
        problems.push_back(
            {"day_before", "bo_ngay",
             "Ngày ngừng phải sau ngày có hiệu lực (" + show(last->valid_from) + ")."});
    if (!problems.empty()) return problems;
    Procedure ended = *last;
    ended.valid_to = *form.day;
    const auto done = save(service, by, now, kinds::procedure_closed, facts_of(ended),
                           {{"UPDATE dossiers.procedure SET valid_to = $3"
                             " WHERE id = $1 AND version = $2 AND valid_to IS NULL",
                             {ended.id, ended.version, *form.day},
                             db::Expect::one_row}});
    if (!done) return done.problems();
    return ended;
}

}  // namespace chilang::dossiers
