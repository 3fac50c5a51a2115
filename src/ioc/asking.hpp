// What every page of the centre begins with: the question of its address, and the bar that changes
// it.
#pragma once

#include "figures/figures.hpp"
#include "html/html.hpp"
#include "http/http.hpp"
#include "ioc/period.hpp"
#include "platform/platform.hpp"

#include <memory>
#include <string>

namespace chilang::ioc {

struct Asking {
    std::shared_ptr<const places::Places> places;
    std::string path;         // "/dieu-hanh"
    figures::Query query;     // without a metric on the board
    std::string period_code;  // of a named period; empty: own dates
    std::string where;        // "Tỉnh Lạng Sơn"
    Problems problems;        // of the arguments; the query then holds the defaults

    // The arguments of this question; a named period keeps its name, so that "today" stays today.
    std::string arguments() const;
    std::string arguments_of(figures::Query other) const;
    std::string figure_href(const std::string& metric) const;
    std::string figure_href(const std::string& metric, const figures::UnitRow& child) const;
};

Asking ask(const Platform& platform, http::Request& request, std::string path,
           const std::string& metric);

// Data of ioc/bar.html: periods as tabs, dates and unit as a small form.
html::View bar_view(const Asking& asking, Date today);
// "Cập nhật 14:05 · đến sự kiện số 812.004"
std::string freshness(Instant now, std::int64_t position);

}  // namespace chilang::ioc
