// The only file that includes spdlog. Writing is synchronous: a line that was logged before a crash
// is on the disk of whoever reads standard error, and nothing is logged on hot paths.
#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <cstdlib>
#include <memory>

namespace chilang::log {

namespace {

spdlog::level::level_enum level_from_environment() {
    const char* wanted = std::getenv("CHILANG_LOG");
    const std::string_view name = wanted == nullptr ? "info" : wanted;
    if (name == "debug") return spdlog::level::debug;
    if (name == "warn") return spdlog::level::warn;
    if (name == "error") return spdlog::level::err;
    if (name == "off") return spdlog::level::off;
    return spdlog::level::info;
}

spdlog::logger& logger() {
    static const auto made = [] {
        auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        auto out = std::make_shared<spdlog::logger>("chilang", std::move(sink));
        out->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        out->set_level(level_from_environment());
        out->flush_on(spdlog::level::info);
        return out;
    }();
    return *made;
}

void append_value(std::string& out, std::string_view value) {
    constexpr char digits[] = "0123456789abcdef";
    bool plain = !value.empty();
    for (const char c : value)
        if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f)
            plain = false;
    if (plain) {
        out += value;
        return;
    }
    out += '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            out += "\\n";
        } else if (byte < ' ' || byte == 0x7f) {
            out += "\\x";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
    }
    out += '"';
}

void put(spdlog::level::level_enum level, std::string_view message, Pairs pairs) {
    if (logger().should_log(level)) logger().log(level, line(message, pairs));
}

}  // namespace

Pair::Pair(std::string_view key, double value) : key(key) {
    char digits[32];
    this->value.assign(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

std::string line(std::string_view message, Pairs pairs) {
    std::string out(message);
    for (char& c : out)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    for (const Pair& pair : pairs) {
        out += ' ';
        out += pair.key;
        out += '=';
        append_value(out, pair.value);
    }
    return out;
}

void debug(std::string_view message, Pairs pairs) {
    put(spdlog::level::debug, message, pairs);
}
void info(std::string_view message, Pairs pairs) {
    put(spdlog::level::info, message, pairs);
}
void warn(std::string_view message, Pairs pairs) {
    put(spdlog::level::warn, message, pairs);
}
void error(std::string_view message, Pairs pairs) {
    put(spdlog::level::err, message, pairs);
}

}  // namespace chilang::log
