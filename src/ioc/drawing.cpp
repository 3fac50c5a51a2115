#include "ioc/drawing.hpp"

#include "base/embedded.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "html/tone.hpp"

#include <algorithm>
#include <stdexcept>

namespace chilang::ioc {

using Ring = std::vector<std::vector<double>>;  // longitude, latitude

struct ProvinceShape {
    std::string gso_code, name;
    std::vector<double> centroid;
    std::vector<Ring> rings;
    Ring outer_ring_matching_districts;
};
BOOST_DESCRIBE_STRUCT(ProvinceShape, (),
                      (gso_code, name, centroid, rings, outer_ring_matching_districts))
struct DistrictShape {
    std::string gso_code, name;
    std::vector<double> centroid, label, tile;
    std::vector<Ring> rings;
};
BOOST_DESCRIBE_STRUCT(DistrictShape, (), (gso_code, name, centroid, label, tile, rings))
struct Outline {
    std::string crs;
    std::vector<double> bbox;
    std::string source;
    ProvinceShape province;
    std::vector<DistrictShape> districts;
};
BOOST_DESCRIBE_STRUCT(Outline, (), (crs, bbox, source, province, districts))

namespace {

constexpr double map_width = 640, map_height = 620;

const Outline& outline() {
    static const Outline outline = [] {
        auto read = json::read<Outline>(embedded_file("data/langson/outline.json"));
        if (!read)
            throw std::logic_error("data/langson/outline.json: " + read.problems().front().message +
                                   " " + read.problems().front().field);
        return *read;
    }();
    return outline;
}

std::string tenths(double value) {
    const auto n = static_cast<long>(value * 10 + (value < 0 ? -0.5 : 0.5));
    return std::to_string(n / 10) + (n % 10 ? "." + std::to_string(std::abs(n % 10)) : "");
}

// Longitude and latitude on the drawing; one degree of longitude is shorter by the cosine of 21.9°.
std::pair<double, double> place(const std::vector<double>& point) {
    const auto& box = outline().bbox;
    constexpr double shrink = 0.928;
    const double scale = std::min((map_width - 16) / ((box[2] - box[0]) * shrink),
                                  (map_height - 16) / (box[3] - box[1]));
    return {8 + (point[0] - box[0]) * shrink * scale, 8 + (box[3] - point[1]) * scale};
}

std::string path(const std::vector<Ring>& rings) {
    std::string d;
    for (const auto& ring : rings) {
        char verb = 'M';
        for (const auto& point : ring) {
            const auto [x, y] = place(point);
            d += verb + tenths(x) + " " + tenths(y);
            verb = 'L';
        }
        d += 'Z';
    }
    return d;
}

std::string short_name(std::string_view name) {
    for (const std::string_view type : {"Huyện ", "Thành phố "})
        if (name.starts_with(type)) return std::string(name.substr(type.size()));
    return std::string(name);
}

}  // namespace

std::string bar(double share, html::Tone tone) {
    const double width = std::clamp(share, 0.0, 1.0) * 160;
    return "<svg class=\"chart\" viewBox=\"0 0 160 10\" width=\"160\" height=\"10\" "
           "aria-hidden=\"true\">"
           "<rect class=\"track\" width=\"160\" height=\"10\"/><rect class=\"mark " +
           std::string(html::tone_class(tone)) + "\" width=\"" + tenths(width) +
           "\" height=\"10\"/></svg>";
}

std::string line(std::span<const figures::DayPoint> points, bool share, const std::string& title) {
    if (points.size() < 2) return "";
    constexpr double width = 960, height = 220, left = 56, top = 12, bottom = 28;
    const auto value = [&](const figures::DayPoint& p) {
        if (!share) return static_cast<double>(p.numerator);
        return p.denominator == 0
                   ? 0.0
                   : 100.0 * static_cast<double>(p.numerator) / static_cast<double>(p.denominator);
    };
    double most = share ? 100 : 1;
    for (const auto& point : points) most = std::max(most, value(point));
    // The axis ends at a round number that no mark exceeds.
    double end = 4;
    for (int i = 0; end < most; ++i) end *= i % 3 == 1 ? 2.5 : 2;
    if (share) end = 100;
    const auto x = [&](std::size_t i) {
        return left +
               (width - left - 8) * static_cast<double>(i) / static_cast<double>(points.size() - 1);
    };
    const auto y = [&](double v) { return top + (height - top - bottom) * (1 - v / end); };
    std::string svg = "<svg class=\"chart\" viewBox=\"0 0 960 220\" role=\"group\" aria-label=\"" +
                      text::escape_html(title) + "\">";
    for (int i = 0; i <= 2; ++i) {
        const double v = end * i / 2;
        svg += "<path class=\"axis\" d=\"M56 " + tenths(y(v)) + "H952\"/><text x=\"48\" y=\"" +
               tenths(y(v) + 4) + "\" text-anchor=\"end\">" +
               text::number(static_cast<std::int64_t>(v + 0.5)) + (share ? "%" : "") + "</text>";
    }
    svg += "<path class=\"line\" d=\"";
    char verb = 'M';
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (share && points[i].denominator == 0) {  // nothing happened: a gap, not a zero
            verb = 'M';
            continue;
        }
        svg += verb + tenths(x(i)) + " " + tenths(y(value(points[i])));
        verb = 'L';
    }
    svg += "\"/><text x=\"56\" y=\"214\">" + show(points.front().day) +
           "</text><text x=\"952\" y=\"214\" text-anchor=\"end\">" + show(points.back().day) +
           "</text></svg>";
    return svg;
}

std::string map(std::span<const Area> areas) {
    std::string svg =
        "<svg class=\"chart\" viewBox=\"0 0 640 620\" role=\"group\" aria-label=\"Bản đồ các "
        "huyện, "
        "thành phố theo tỷ lệ giải quyết đúng hạn\">";
    std::string labels;
    for (const auto& district : outline().districts) {
        const auto area = std::find_if(areas.begin(), areas.end(),
                                       [&](const Area& a) { return a.code == district.gso_code; });
        const bool known = area != areas.end();
        const auto tone = known ? area->tone : html::Tone::none;
        const auto told =
            known ? area->name + ": " + area->text : district.name + ": chưa có số liệu";
        std::string shape = "<path class=\"map-area mark " + std::string(html::tone_class(tone)) +
                            "\" d=\"" + path(district.rings) + "\"><title>" +
                            text::escape_html(told) + "</title></path>";
        svg += known && !area->href.empty()
                   ? "<a href=\"" + text::escape_html(area->href) + "\" aria-label=\"" +
                         text::escape_html(told) + "\">" + shape + "</a>"
                   : shape;
        const auto [x, y] = place(district.label);
        const auto text = [&](double at, const std::string& words, const char* weight) {
            labels += "<text class=\"map-label\" x=\"" + tenths(x) + "\" y=\"" + tenths(at) +
                      "\" text-anchor=\"middle\" font-size=\"15\" font-weight=\"" + weight +
                      "\">" +
                      text::escape_html(words) + "</text>";
        };
        text(y - 4, short_name(district.name), "400");
        if (known) text(y + 14, area->text, "600");
    }
    return svg + "<g pointer-events=\"none\">" + labels + "</g></svg>";
}

}  // namespace chilang::ioc
