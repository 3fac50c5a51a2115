// Rows against the ledger: a promise that was changed beside the rules shows here.
//
// The row of a dossier is what its last event left behind. The event is sealed, the row is not; so
// whoever edits a date in the database makes the two differ.
#include "dossiers/dossiers.hpp"

namespace chilang::dossiers {
namespace {

// True when column and payload member differ by a second or more (payloads hold whole seconds).
// What was erased by law says nothing.
std::string differs(const std::string& column) {
    const std::string sealed = "(e.payload::jsonb->>'" + column + "')::timestamptz";
    return "(e.payload IS NOT NULL AND ((d." + column + " IS NULL) <> (" + sealed +
           " IS NULL) OR abs(extract(epoch FROM d." + column + " - " + sealed + ")) >= 1))";
}

std::string check_sql() {
    const auto word = [](const std::string& condition, const std::string& text) {
        return "CASE WHEN " + condition + " THEN '" + text + "' END";
    };
    return "SELECT code, faults FROM (SELECT d.code, concat_ws(', ', " +
           word("e.idx IS NULL", "không có sự kiện cuối cùng trong sổ cái") + ", " +
           word("e.idx IS NOT NULL AND e.leaf <> d.stream_hash", "mã băm của sự kiện cuối") + ", " +
           word(differs("due_at"), "hạn trả") + ", " +
           word(differs("received_at"), "thời điểm tiếp nhận") + ", " +
           word(differs("resolved_at"), "thời điểm có kết quả") + ", " +
           word("e.payload::jsonb->>'status' <> d.status", "trạng thái") + ", " +
           word(
               "EXISTS (SELECT 1 FROM ledger.event n WHERE n.stream = 'dossier/' || d.id AND n.seq "
               "= d.stream_seq + 1)",
               "bị đưa về một bước cũ") +
           ") AS faults FROM dossiers.dossier d LEFT JOIN ledger.event e"
           " ON e.stream = 'dossier/' || d.id AND e.seq = d.stream_seq"
           " WHERE NOT EXISTS (SELECT 1 FROM ledger.intake i WHERE i.stream = 'dossier/' || d.id)) "
           "x"
           " WHERE faults <> '' LIMIT 50";
}

}  // namespace

std::vector<std::string> verify_rows(db::Connection& connection) {
    static const std::string sql = check_sql();
    std::vector<std::string> findings;
    const db::Rows rows = connection.query(sql);
    for (std::size_t i = 0; i < rows.size(); ++i)
        findings.push_back(
            "Hồ sơ " + std::string(rows.at(i, 0).text()) +
            " khác sự kiện đã niêm phong của nó: " + std::string(rows.at(i, 1).text()) + ".");
    return findings;
}

}  // namespace chilang::dossiers
