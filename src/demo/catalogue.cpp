// Reads the real procedures, then sets levels and the state on the national portal for all.
#include "demo/catalogue.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"
#include "demo/samples.hpp"
#include "demo/sources.hpp"

#include <stdexcept>

namespace chilang::demo {

namespace {

using dossiers::Procedure;
using dossiers::ServiceLevel;

template <class E>
E word(const CsvRow& row, std::string_view column) {
    if (const auto value = enum_value<E>(row[column])) return *value;
    throw std::runtime_error("procedures.csv, dòng " + std::to_string(row.line()) + ": " +
                             std::string(column));
}

std::int64_t number(const CsvRow& row, std::string_view column) {
    if (const auto value = text::parse_integer(row[column])) return *value;
    throw std::runtime_error("procedures.csv, dòng " + std::to_string(row.line()) + ": " +
                             std::string(column));
}

Procedure read_real(const CsvRow& row, const AgencyByShortName& agency) {
    Procedure p;
    p.code = row["code"];
    p.name = row["name"];
    p.field = row["field"];
    p.department = agency(row["department"]);
    p.scope = word<dossiers::ProcedureScope>(row, "scope");
    p.level = word<ServiceLevel>(row, "level");
    p.limit_amount = static_cast<int>(number(row, "limit"));
    p.limit_unit = word<dossiers::LimitUnit>(row, "unit");
    p.pause_policy = word<dossiers::PausePolicy>(row, "pause_policy");
    p.pause_clause = row["pause_clause"];
    p.fee_dong = number(row, "fee");
    p.fee_note = row["fee_note"];
    p.components = parse_components(row["components"]);
    p.result_name = row["result"];
    p.basis = row["basis"];
    p.certainty = row["certainty"];
    return p;
}

// Samples get the levels that the real ones leave over, spread over all fields.
void set_sample_levels(const Scenario& scenario, Catalogue& catalogue) {
    int left[] = {scenario.information, scenario.partial, scenario.full};
    for (std::size_t i = 0; i < catalogue.real; ++i)
        --left[static_cast<int>(catalogue.procedures[i].level)];
    std::vector<ServiceLevel> levels;
    for (const auto level :
         {ServiceLevel::information, ServiceLevel::partial, ServiceLevel::full}) {
        const int count = left[static_cast<int>(level)];
        if (count < 0) throw std::runtime_error("kịch bản: services: ít hơn số thủ tục thật");
        levels.insert(levels.end(), static_cast<std::size_t>(count), level);
    }
    Random random(scenario.seed, 1);
    random.shuffle(levels);
    for (std::size_t i = 0; i < levels.size(); ++i)
        catalogue.procedures[catalogue.real + i].level = levels[i];
}

// Published there: every partial service as partial, full ones as full — but for the last few,
// which stand there as partial. That is the oddity of the plan (462 partial there, 420 here) as
// records.
void set_portal(const Scenario& scenario, Catalogue& catalogue) {
    int as_partial = scenario.portal_partial - scenario.partial;
    int full = scenario.portal_full;
    int others = scenario.portal_synced - scenario.portal_partial - scenario.portal_full;
    auto& all = catalogue.procedures;
    for (auto p = all.rbegin(); p != all.rend(); ++p) {
        if (p->level == ServiceLevel::partial) p->portal_level = ServiceLevel::partial;
        if (p->level == ServiceLevel::full && as_partial > 0) {
            p->portal_level = ServiceLevel::partial;
            --as_partial;
        }
    }
    for (Procedure& p : all) {
        if (p.level == ServiceLevel::full && !p.portal_level && full > 0) {
            p.portal_level = ServiceLevel::full;
            --full;
        }
        p.portal_synced = p.portal_level.has_value() || others-- > 0;
    }
}

}  // namespace

Catalogue make_catalogue(const Scenario& scenario, const AgencyByShortName& agency) {
    Catalogue catalogue;
    for (const CsvRow& row : read_csv(read_data(scenario.procedures))) {
        catalogue.procedures.push_back(read_real(row, agency));
        catalogue.weights.push_back(static_cast<std::uint64_t>(number(row, "weight")));
    }
    catalogue.real = catalogue.procedures.size();
    const auto wanted = static_cast<std::size_t>(scenario.services());
    if (wanted < catalogue.real)
        throw std::runtime_error("kịch bản: services: ít hơn số thủ tục thật");
    for (Procedure& sample : make_samples(scenario, wanted - catalogue.real, agency))
        catalogue.procedures.push_back(std::move(sample));
    catalogue.weights.resize(wanted, 0);
    set_sample_levels(scenario, catalogue);
    set_portal(scenario, catalogue);
    for (std::size_t i = 0; i < wanted; ++i) {
        catalogue.procedures[i].id = static_cast<std::int64_t>(i) + 1;
        catalogue.procedures[i].valid_from = scenario.from;
    }
    return catalogue;
}

}  // namespace chilang::demo
