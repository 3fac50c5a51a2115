#include "dossiers/facts_reader.hpp"

#include <charconv>
#include <cstring>

namespace chilang::dossiers {

namespace {

// Steps through {"name":value,…} with values that are texts, numbers or truths.
struct Members {
    const char* at;
    const char* end;
    std::string_view name, value;
    bool good = true;

    bool text(std::string_view& out) {
        if (at >= end || *at != '"') return false;
        const char* from = ++at;
        while (at < end && *at != '"') at += *at == '\\' ? 2 : 1;
        if (at >= end) return false;
        out = {from, static_cast<std::size_t>(at - from)};
        ++at;
        return true;
    }

    bool next() {
        if (at >= end) return good = false;
        if (*at == '}') return false;
        ++at;  // '{' or ','
        if (at < end && *at == '}') return false;
        if (!text(name) || at >= end || *at != ':') return good = false;
        ++at;
        if (at < end && *at == '"') return text(value) || (good = false);
        const char* from = at;
        while (at < end && *at != ',' && *at != '}') ++at;
        value = {from, static_cast<std::size_t>(at - from)};
        return at < end || (good = false);
    }
};

bool number(std::string_view text, std::int64_t& out) {
    return std::from_chars(text.data(), text.data() + text.size(), out).ec == std::errc{};
}

bool instant(std::string_view text, std::int64_t& out) {
    const auto read = parse_instant(text);
    if (read) out = to_microseconds(*read);
    return read.has_value();
}

template <class E>
bool choice(std::string_view text, int& out) {
    const auto value = enum_value<E>(text);
    if (value) out = static_cast<int>(*value);
    return value.has_value();
}

bool take(std::string_view name, std::string_view value, QuickFacts& facts) {
    if (name == "procedure") return number(value, facts.procedure);
    if (name == "agency") return number(value, facts.agency);
    if (name == "field") return facts.field = value, true;
    if (name == "level") return choice<ServiceLevel>(value, facts.level);
    if (name == "channel") return choice<Channel>(value, facts.channel);
    if (name == "status") return choice<Status>(value, facts.status);
    if (name == "verdict") return choice<Verdict>(value, facts.verdict);
    if (name == "received_at") return instant(value, facts.received_at);
    if (name == "due_at") return instant(value, facts.due_at);
    if (name == "resolved_at") return instant(value, facts.resolved_at);
    if (name == "returned_at") return instant(value, facts.returned_at);
    if (name == "closed_at") return instant(value, facts.closed_at);
    if (name == "paused") return facts.paused = value == "true", true;
    return true;  // code and note: not for figures
}

}  // namespace

bool read_quick(std::string_view payload, QuickFacts& facts) {
    if (payload.empty() || payload.front() != '{') return false;
    Members members{payload.data(), payload.data() + payload.size(), {}, {}};
    while (members.next())
        if (!take(members.name, members.value, facts)) return false;
    return members.good && facts.procedure > 0 && facts.level >= 0 && facts.channel >= 0 &&
           facts.status >= 0;
}

}  // namespace chilang::dossiers
