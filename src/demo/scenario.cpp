// Reads a scenario and refuses one whose numbers cannot all be true.
#include "demo/scenario.hpp"

#include <toml++/toml.h>

#include <cmath>
#include <stdexcept>

namespace chilang::demo {

namespace {

[[noreturn]] void fail(std::string_view key, std::string_view why) {
    throw std::runtime_error("kịch bản: " + std::string(key) + ": " + std::string(why));
}

template <class T>
T need(const toml::table& table, std::string_view key) {
    const auto value = table.at_path(key).value<T>();
    if (!value) fail(key, "thiếu hoặc sai kiểu");
    return *value;
}

int count(const toml::table& table, std::string_view key) {
    const auto value = need<std::int64_t>(table, key);
    if (value < 0 || value > 100'000'000) fail(key, "phải từ 0 đến 100.000.000");
    return static_cast<int>(value);
}

Date date(const toml::table& table, std::string_view key) {
    const auto value = parse_date(need<std::string>(table, key));
    if (!value) fail(key, "cần dạng 2023-01-31");
    return *value;
}

template <std::size_t n>
std::array<int, n> numbers(const toml::table& table, std::string_view key) {
    const auto* list = table.at_path(key).as_array();
    if (!list || list->size() != n) fail(key, "cần đúng " + std::to_string(n) + " số");
    std::array<int, n> out{};
    for (std::size_t i = 0; i < n; ++i)
        out[i] = static_cast<int>((*list)[i].value_or(std::int64_t{-1}));
    for (const int value : out)
        if (value < 0) fail(key, "cần các số không âm");
    return out;
}

void check(const Scenario& s) {
    if (date_of(s.until) < s.from) fail("period", "ngày cuối trước ngày đầu");
    if (s.in_time + s.late > s.dossiers()) fail("dossiers.in_time", "nhiều hơn số hồ sơ tiếp nhận");
    if (s.used > s.partial + s.full) fail("services.used", "nhiều hơn số dịch vụ trực tuyến");
    if (s.used_online > s.used) fail("services.used_online", "nhiều hơn services.used");
    if (s.used_online > s.online) fail("services.used_online", "nhiều hơn số hồ sơ trực tuyến");
    if (s.used - s.used_online > s.counter) fail("services.used", "không đủ hồ sơ tại quầy");
    if (s.portal_partial < s.partial) fail("services.portal_partial", "ít hơn services.partial");
    if (s.portal_partial - s.partial + s.portal_full > s.full)
        fail("services.portal_full", "nhiều hơn số dịch vụ toàn trình");
    if (s.portal_synced < s.portal_partial + s.portal_full || s.portal_synced > s.services())
        fail("services.portal_synced", "không khớp số dịch vụ");
    if (s.province + s.district + s.commune <= 0) fail("share", "cần ít nhất một cấp");
}

void read_shares(const toml::table& table, Scenario& s) {
    s.province = count(table, "share.province");
    s.district = count(table, "share.district");
    s.commune = count(table, "share.commune");
    s.town = count(table, "share.town");
    s.early = count(table, "share.early");
    s.early_tries = std::max(1, count(table, "share.early_tries"));
    s.supplement = count(table, "share.supplement");
    s.extension = count(table, "share.extension");
    s.rejected = count(table, "share.rejected");
    s.overdue_open = count(table, "share.overdue_open");
}

void read_rhythm(const toml::table& table, Scenario& s) {
    s.weekday = numbers<7>(table, "rhythm.weekday");
    s.holiday = count(table, "rhythm.holiday");
    s.counter_hours = numbers<24>(table, "rhythm.counter");
    s.online_hours = numbers<24>(table, "rhythm.online");
    if (const auto* dips = table.at_path("rhythm.dip").as_array())
        for (const auto& dip : *dips) {
            const auto* row = dip.as_table();
            if (!row) fail("rhythm.dip", "cần bảng");
            s.dips.push_back({date(*row, "from"), date(*row, "to"), count(*row, "level")});
        }
}

}  // namespace

Scenario read_scenario(std::string_view text) {
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        fail("dòng " + std::to_string(error.source().begin.line), error.description());
    }
    Scenario s;
    s.seed = static_cast<std::uint64_t>(need<std::int64_t>(table, "seed"));
    s.procedures = need<std::string>(table, "procedures");
    s.samples = need<std::string>(table, "samples");
    s.names = need<std::string>(table, "names");
    s.districts = need<std::string>(table, "districts");
    s.from = date(table, "period.from");
    const auto until = parse_instant(need<std::string>(table, "period.until"));
    if (!until) fail("period.until", "cần dạng 2023-06-14T15:00:00+07:00");
    s.until = *until;
    s.information = count(table, "services.information");
    s.partial = count(table, "services.partial");
    s.full = count(table, "services.full");
    s.portal_synced = count(table, "services.portal_synced");
    s.portal_partial = count(table, "services.portal_partial");
    s.portal_full = count(table, "services.portal_full");
    s.used = count(table, "services.used");
    s.used_online = count(table, "services.used_online");
    s.online = count(table, "dossiers.online");
    s.counter = count(table, "dossiers.counter");
    s.in_time = count(table, "dossiers.in_time");
    s.late = count(table, "dossiers.late");
    read_shares(table, s);
    read_rhythm(table, s);
    check(s);
    return s;
}

Scenario scaled(Scenario s, double factor) {
    const auto times = [&](int value) {
        return std::max(1, static_cast<int>(std::lround(value * factor)));
    };
    s.online = times(s.online);
    s.counter = times(s.counter);
    s.late = times(s.late);
    s.in_time = std::min(times(s.in_time), s.dossiers() - s.late);
    if (factor < 1) {
        const int only_counter = std::min(times(s.used - s.used_online), s.counter);
        s.used_online = std::min(times(s.used_online) + 5, s.online);
        s.used = s.used_online + only_counter;
    }
    check(s);
    return s;
}

}  // namespace chilang::demo
