// One line an event for operators, on standard error: time, level, message, key=value pairs.
//
//     log::info("batch sealed", {{"events", 1024}, {"root", root_hex}});
//     2026-11-24T08:00:00.123Z info batch sealed events=1024 root=9f86d0…
//
// The level comes from CHILANG_LOG (debug, info, warn, error, off; info by default). Never personal
// data: ids of records, counts and codes only. Messages are short English, always the same words,
// so that they can be counted.
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace chilang::log {

struct Pair {
    std::string_view key;
    std::string value;

    Pair(std::string_view key, std::string_view value) : key(key), value(value) {}
    Pair(std::string_view key, const std::string& value) : key(key), value(value) {}
    Pair(std::string_view key, const char* value) : key(key), value(value) {}
    Pair(std::string_view key, bool value) : key(key), value(value ? "true" : "false") {}
    template <std::integral T>
    Pair(std::string_view key, T value) : key(key), value(std::to_string(value)) {}
    Pair(std::string_view key, double value);
};

using Pairs = std::initializer_list<Pair>;

void debug(std::string_view message, Pairs pairs = {});
void info(std::string_view message, Pairs pairs = {});
void warn(std::string_view message, Pairs pairs = {});
void error(std::string_view message, Pairs pairs = {});

// The text of a line after its level: values with spaces or quotes are quoted, line ends escaped,
// so that nothing from outside can pretend to be a line of its own.
std::string line(std::string_view message, Pairs pairs);

}  // namespace chilang::log
