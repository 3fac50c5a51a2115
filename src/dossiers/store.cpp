#include "dossiers/store.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

namespace chilang::dossiers {

namespace {

// The head is two columns; the row mapping reads it as one object.
constexpr std::string_view dossier_by_id =
    "SELECT id, code, procedure, procedure_version, agency, channel, status, submitted_at, "
    "received_at,"
    " due_at, first_due_at, resolved_at, returned_at, closed_at, verdict, outcome, pauses, "
    "supplements,"
    " extensions, assignee, applicant, secret,"
    " jsonb_build_object('seq', stream_seq, 'hash', encode(stream_hash, 'hex')) AS head"
    " FROM dossiers.dossier WHERE id = $1";
constexpr std::string_view dossier_by_code =
    "SELECT id, code, procedure, procedure_version, agency, channel, status, submitted_at, "
    "received_at,"
    " due_at, first_due_at, resolved_at, returned_at, closed_at, verdict, outcome, pauses, "
    "supplements,"
    " extensions, assignee, applicant, secret,"
    " jsonb_build_object('seq', stream_seq, 'hash', encode(stream_hash, 'hex')) AS head"
    " FROM dossiers.dossier WHERE code = $1";

db::Params values(const Dossier& d, const Procedure& procedure) {
    return {d.id,
            d.code,
            d.procedure,
            d.procedure_version,
            d.agency,
            d.channel,
            d.status,
            d.submitted_at,
            d.received_at,
            d.due_at,
            d.first_due_at,
            d.resolved_at,
            d.returned_at,
            d.closed_at,
            d.verdict,
            d.outcome,
            json::write(d.pauses),
            d.supplements,
            d.extensions,
            d.assignee,
            json::write(d.applicant),
            d.secret,
            d.head.seq,
            d.head.hash,
            search_text(d, procedure)};
}

}  // namespace

std::optional<Dossier> load(db::Connection& connection, const Id& id) {
    return connection.query(dossier_by_id, {id}).first<Dossier>();
}

std::optional<Dossier> load_by_code(db::Connection& connection, std::string_view code) {
    return connection.query(dossier_by_code, {code}).first<Dossier>();
}

WithHistory load_with_history(db::Connection& connection, std::string_view code) {
    static const std::string history = ledger::Ledger::stream_sql(
        "(SELECT 'dossier/' || id FROM dossiers.dossier WHERE code = $1)");
    const auto rows = connection.pipeline({{dossier_by_code, {code}}, {history, {code}}});
    return {rows[0].first<Dossier>(), ledger::Ledger::proven(rows[1])};
}

std::vector<Dossier> load_open(db::Connection& connection) {
    return connection
        .query(
            "SELECT id, code, procedure, procedure_version, agency, channel, status, submitted_at,"
            " received_at, due_at, first_due_at, resolved_at, returned_at, closed_at, verdict,"
            " outcome, pauses, supplements, extensions, assignee, applicant, secret,"
            " jsonb_build_object('seq', stream_seq, 'hash', encode(stream_hash, 'hex')) AS head"
            " FROM dossiers.dossier WHERE received_at IS NOT NULL AND status IN"
            " ('accepted', 'processing', 'waiting_applicant', 'deciding')")
        .as<Dossier>();
}

db::Statement insert(const Dossier& dossier, const Procedure& procedure) {
    return {
        "INSERT INTO dossiers.dossier (id, code, procedure, procedure_version, agency, channel, "
        "status,"
        " submitted_at, received_at, due_at, first_due_at, resolved_at, returned_at, closed_at, "
        "verdict,"
        " outcome, pauses, supplements, extensions, assignee, applicant, secret, stream_seq, "
        "stream_hash,"
        " search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
        "$17,"
        " $18, $19, $20, $21, $22, $23, $24, $25)",
        values(dossier, procedure)};
}

db::Statement update(const Dossier& d, std::int64_t seq_before) {
    return {
        "UPDATE dossiers.dossier SET status = $3, received_at = $4, due_at = $5, first_due_at = $6,"
        " resolved_at = $7, returned_at = $8, closed_at = $9, verdict = $10, outcome = $11, pauses "
        "= $12,"
        " supplements = $13, extensions = $14, assignee = $15, stream_seq = $16, stream_hash = $17"
        " WHERE id = $1 AND stream_seq = $2",
        {d.id, seq_before, d.status, d.received_at, d.due_at, d.first_due_at, d.resolved_at,
         d.returned_at, d.closed_at, d.verdict, d.outcome, json::write(d.pauses), d.supplements,
         d.extensions, d.assignee, d.head.seq, d.head.hash},
        db::Expect::one_row};
}

std::string_view copy_columns() {
    return "dossiers.dossier (id, code, procedure, procedure_version, agency, channel, status, "
           "submitted_at,"
           " received_at, due_at, first_due_at, resolved_at, returned_at, closed_at, verdict, "
           "outcome, pauses,"
           " supplements, extensions, assignee, applicant, secret, stream_seq, stream_hash, "
           "search)";
}

void copy_row(db::CopyRow& row, const Dossier& dossier, const Procedure& procedure) {
    for (const db::Param& value : values(dossier, procedure)) row << value;
    row.end();
}

std::string search_text(const Dossier& dossier, const Procedure& procedure) {
    std::string folded = text::fold(dossier.code + ' ' + dossier.applicant.name + ' ' +
                                    dossier.applicant.phone + ' ' + procedure.name);
    for (char& c : folded)  // words only: the text parser makes hosts and numbers of other signs
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) c = ' ';
    return folded;
}

std::vector<Procedure> load_procedures(db::Connection& connection) {
    return connection
        .query(
            "SELECT id, code, name, field, department, scope, level, limit_amount, limit_unit,"
            " pause_policy, pause_clause, fee_dong, fee_note, components, result_name, basis, "
            "certainty,"
            " portal_synced, portal_level, version, valid_from, valid_to, published,"
            " confirmed_by, confirmed_on"
            " FROM dossiers.procedure ORDER BY id, version")
        .as<Procedure>();
}

db::Statement save(const Procedure& p) {
    return {
        "INSERT INTO dossiers.procedure (id, code, name, name_fold, field, department, scope, "
        "level,"
        " limit_amount, limit_unit, pause_policy, pause_clause, fee_dong, fee_note, components, "
        "result_name,"
        " basis, certainty, portal_synced, portal_level, version, valid_from, valid_to,"
        " published, confirmed_by, confirmed_on)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
        "$19,"
        " $20, $21, $22, $23, $24, $25, $26) ON CONFLICT (id, version) DO UPDATE SET code = $2, "
        "name = $3, "
        "name_fold = $4,"
        " field = $5, department = $6, scope = $7, level = $8, limit_amount = $9, limit_unit = $10,"
        " pause_policy = $11, pause_clause = $12, fee_dong = $13, fee_note = $14, components = $15,"
        " result_name = $16, basis = $17, certainty = $18, portal_synced = $19, portal_level = $20,"
        " valid_from = $22, valid_to = $23, published = $24, confirmed_by = $25,"
        " confirmed_on = $26",
        {p.id,
         p.code,
         p.name,
         text::fold(p.name + ' ' + p.code + ' ' + p.field),
         p.field,
         p.department,
         p.scope,
         p.level,
         p.limit_amount,
         p.limit_unit,
         p.pause_policy,
         p.pause_clause,
         p.fee_dong,
         p.fee_note,
         json::write(p.components),
         p.result_name,
         p.basis,
         p.certainty,
         p.portal_synced,
         p.portal_level,
         p.version,
         p.valid_from,
         p.valid_to,
         p.published,
         p.confirmed_by,
         p.confirmed_on}};
}

}  // namespace chilang::dossiers
