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
        std::string shape = "<path class=\"map-area " + std::string(html::tone_class(tone)) +
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
