#include "reports/check.hpp"

#include "base/text.hpp"

#include <cctype>

namespace chilang::reports {
namespace {

enum class Rule { sum, ratio, subset };

struct Relation {
    const char* id;
    Rule rule;
    const char* whole;  // sum: total; ratio: percentage; subset: the smaller
    std::vector<std::string>
        parts;  // sum: terms; ratio: numerator, denominator; subset: the larger
};

// domain/figures.md §3 (K) and §4 (A).
const std::vector<Relation>& relations() {
    static const std::vector<Relation> table = {
        {"K01",
         Rule::sum,
         "services_total",
         {"services_level2", "services_partial", "services_full"}},
        {"K02", Rule::sum, "npp_online", {"npp_partial", "npp_full"}},
        {"K03", Rule::ratio, "services_used_online_pct", {"services_used_online", "services_used"}},
        {"K04", Rule::sum, "dossiers_received", {"dossiers_direct", "dossiers_online"}},
        {"K05a", Rule::ratio, "dossiers_direct_pct", {"dossiers_direct", "dossiers_received"}},
        {"K05b", Rule::ratio, "dossiers_online_pct", {"dossiers_online", "dossiers_received"}},
        {"K06a", Rule::sum, "dossiers_resolved", {"dossiers_ontime", "dossiers_late"}},
        {"K06b", Rule::ratio, "dossiers_ontime_pct", {"dossiers_ontime", "dossiers_resolved"}},
        {"K06c", Rule::ratio, "dossiers_late_pct", {"dossiers_late", "dossiers_resolved"}},
        {"A04", Rule::subset, "npp_partial", {"services_partial"}},
        {"S-npp-full", Rule::subset, "npp_full", {"services_full"}},
        {"S-synced", Rule::subset, "npp_synced", {"services_total"}},
        {"S-used", Rule::subset, "services_used_online", {"services_used"}},
        {"S-overdue", Rule::subset, "dossiers_overdue", {"dossiers_open"}},
    };
    return table;
}

std::string verify(const Relation& relation, const Composed& report) {
    const auto count = [&](const std::string& name) {
        return report.figures.at(name).figure.numerator;
    };
    const auto title = [&](const std::string& name) { return report.figures.at(name).title; };
    switch (relation.rule) {
        case Rule::sum: {
            std::int64_t sum = 0;
            for (const auto& part : relation.parts) sum += count(part);
            if (sum == count(relation.whole)) return {};
            return "“" + title(relation.whole) + "” là " + text::number(count(relation.whole)) +
                   " nhưng các phần cộng lại là " + text::number(sum) + " (lệch " +
                   text::number(count(relation.whole) - sum) + ").";
        }
        case Rule::ratio: {
            const auto& printed = report.figures.at(relation.whole).figure;
            const std::int64_t whole = count(relation.parts[1]);
            if (whole == 0 && !printed.occurs) return {};
            const std::string expected = text::ratio(count(relation.parts[0]), whole, 2) + "%";
            if (expected == printed.text) return {};
            return "“" + title(relation.whole) + "” in " + printed.text +
                   " nhưng tính từ hai số kia là " + expected + ".";
        }
        case Rule::subset: {
            const std::int64_t part = count(relation.whole), whole = count(relation.parts[0]);
            if (part <= whole) return {};
            return "“" + title(relation.whole) + "” (" + text::number(part) + ") nhiều hơn “" +
                   title(relation.parts[0]) + "” (" + text::number(whole) + "): lệch " +
                   text::number(part - whole) +
                   ". Mở con số để xem những dịch vụ có mức độ không khớp.";
        }
    }
    return {};
}

// A digit in prose that is not a figure, a date of the period or a list number.
bool has_digit(std::string_view prose) {
    for (const char c : prose)
        if (std::isdigit(static_cast<unsigned char>(c))) return true;
    return false;
}

}  // namespace

std::set<std::string> figures_of_relations() {
    std::set<std::string> names;
    for (const Relation& relation : relations()) {
        names.insert(relation.whole);
        names.insert(relation.parts.begin(), relation.parts.end());
    }
    return names;
}

CheckResult check(const Composed& report) {
    CheckResult result;
    for (const Relation& relation : relations()) {
        const std::string fault = verify(relation, report);
        if (fault.empty())
            ++result.relations_held;
        else
            result.findings.push_back(
                {relation.id,
                 relation.rule == Rule::subset ? Severity::warning : Severity::blocking, fault,
                 report.figures.at(relation.whole).address});
    }
    for (const Paragraph& paragraph : report.outline.paragraphs)
        for (const Part& part : paragraph.parts)
            if (has_digit(part.prose))
                result.findings.push_back(
                    {"unbound", Severity::blocking,
                     "Có chữ số gõ tay trong câu “" + part.prose + "”: hãy gắn với một chỉ số.",
                     ""});
    for (const auto& [name, bound] : report.figures)
        if (bound.figure.position != report.position)
            result.findings.push_back(
                {"position", Severity::blocking,
                 "“" + bound.title +
                     "” được tính ở một vị trí khác của sổ cái; hãy lập lại báo cáo.",
                 bound.address});
    return result;
}

}  // namespace chilang::reports
