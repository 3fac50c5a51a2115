#include "ioc/asking.hpp"

#include "base/text.hpp"
#include "figures/question.hpp"
#include "html/kit.hpp"

#include <algorithm>

namespace chilang::ioc {

namespace {

void set_argument(http::Request& request, const std::string& name, std::string value) {
    std::erase_if(request.query, [&](const auto& pair) { return pair.first == name; });
    request.query.emplace_back(name, std::move(value));
}

html::ChoiceView unit_choice(const Asking& asking) {
    const auto& places = *asking.places;
    const auto on = asking.query.to;
    html::ChoiceView choice{.name = "unit", .label = "Đơn vị", .in_line = false};
    const auto& province = places.province();
    choice.options.push_back({province.code, places.full_name(province), "", false});
    for (const auto* district : places.children(province.id, on)) {
        choice.options.push_back({district->code, places.full_name(*district), "", false});
        const auto chosen = asking.query.unit;
        const bool open =
            chosen == district->id || (chosen != 0 && places.unit(chosen).parent == district->id);
        if (!open) continue;
        for (const auto* commune : places.children(district->id, on))
            choice.options.push_back({commune->code, "– " + places.full_name(*commune), "", false});
    }
    choice.chosen = {asking.query.unit == 0 ? province.code : places.unit(asking.query.unit).code};
    return choice;
}

}  // namespace

std::string Asking::arguments_of(figures::Query other) const {
    auto text = figures::write_query(other, *places);
    if (!period_code.empty() && other.from == query.from && other.to == query.to) {
        const auto dates = "from=" + to_iso(other.from) + "&to=" + to_iso(other.to);
        text.replace(0, dates.size(), "ky=" + period_code);
    }
    return text;
}
std::string Asking::arguments() const {
    return arguments_of(query);
}

std::string Asking::figure_href(const std::string& metric) const {
    return "/so-lieu/" + metric + "?" + arguments();
}

std::string Asking::figure_href(const std::string& metric, const figures::UnitRow& child) const {
    auto other = query;
    other.unit = child.unit;
    other.agency = child.agency;
    if (child.unit == 0 && child.agency == 0) return "";
    return "/so-lieu/" + metric + "?" + arguments_of(other);
}

Asking ask(const Platform& platform, http::Request& request, std::string path,
           const std::string& metric) {
    Asking asking{.places = platform.places.now(),
                  .path = std::move(path),
                  .query = {},
                  .period_code = "",
                  .where = "",
                  .problems = {}};
    const auto named = periods(date_of(request.now));
    const bool dates = !request.arg("from").empty() || !request.arg("to").empty();
    const auto* chosen = period(named, request.arg("ky"));
    if (!chosen && !dates) chosen = &named.front();
    if (chosen) {
        set_argument(request, "from", to_iso(chosen->from));
        set_argument(request, "to", to_iso(chosen->to));
        asking.period_code = chosen->code;
    }
    auto read = figures::read_query(request, platform.figures, *asking.places, metric);
    if (read) {
        asking.query = *read;
    } else {
        asking.problems = read.problems();
        asking.query = {.metric = metric,
                        .from = named.front().from,
                        .to = named.front().to,
                        .now = request.now};
        asking.period_code = named.front().code;
    }
    const auto& unit =
        asking.query.unit == 0 ? asking.places->province() : asking.places->unit(asking.query.unit);
    asking.where = asking.query.agency != 0
                       ? asking.places->full_name(asking.places->agency(asking.query.agency))
                       : asking.places->full_name(unit);
    return asking;
}

html::View bar_view(const Asking& asking, Date today) {
    std::vector<html::Tab> tabs;
    auto rest = figures::write_query(asking.query, *asking.places);
    rest.erase(0, ("from=" + to_iso(asking.query.from) + "&to=" + to_iso(asking.query.to)).size());
    for (const auto& period : periods(today))
        tabs.push_back({period.label, asking.path + "?ky=" + period.code + rest,
                        period.code == asking.period_code, ""});
    html::View bar;
    bar.set("tabs", html::view(tabs));
    bar.set("action", asking.path);
    bar.set("from", to_iso(asking.query.from));
    bar.set("to", to_iso(asking.query.to));
    bar.set("unit", html::view(unit_choice(asking)));
    bar.set("errors", html::error_summary(asking.problems));
    return bar;
}

std::string freshness(Instant now, std::int64_t position) {
    return "Cập nhật " + show_time(now) + " · đến sự kiện số " + text::number(position);
}

}  // namespace chilang::ioc
