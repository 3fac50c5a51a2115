#include "ioc/marks.hpp"

#include "base/text.hpp"

namespace chilang::ioc {

namespace {

struct Limit {
    std::string_view metric;
    double on_course, attention;  // at least (a share) or at most (`low_is_good`)
    bool low_is_good;
};
constexpr Limit limits[] = {{"dossiers_ontime_pct", 98.0, 95.0, false},
                            {"dossiers_online_pct", 80.0, 50.0, false},
                            {"dossiers_late_pct", 2.0, 5.0, true},
                            {"dossiers_overdue", 0, 50, true}};

}  // namespace

Mark mark(std::string_view metric, std::int64_t numerator, std::int64_t denominator) {
    for (const auto& limit : limits) {
        if (limit.metric != metric) continue;
        if (denominator == 0) return {html::Tone::none, "không phát sinh"};
        const bool share = metric.ends_with("_pct");
        const double value =
            share ? text::ratio_value(numerator, denominator, 2) : static_cast<double>(numerator);
        const auto good = [&](double bound) {
            return limit.low_is_good ? value <= bound : value >= bound;
        };
        if (good(limit.on_course)) return {html::Tone::on_course, "đạt"};
        if (good(limit.attention)) return {html::Tone::attention, "cần chú ý"};
        return {html::Tone::late, "chậm"};
    }
    return {};
}

}  // namespace chilang::ioc
