#include "dossiers/facts_reader.hpp"

#include <charconv>
#include <cstring>

namespace chilang::dossiers {

namespace {

template <template <class...> class L, class... D>
constexpr auto words_of(L<D...>) {
    return std::array<std::string_view, sizeof...(D)>{D::name...};
}

// Takes what is expected from the front of a text; nothing is looked at twice.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    template <std::size_t n>  // a literal, so that comparing it is a few machine words
    bool skip(const char (&expected)[n]) {
        if (rest_.size() < n - 1 || std::memcmp(rest_.data(), expected, n - 1) != 0) return false;
        rest_.remove_prefix(n - 1);
        return true;
    }
    bool text(std::string_view& out) {  // up to the closing quote; the opening one was skipped
        std::size_t end = rest_.find('"');
        if (end == rest_.npos) return false;
        if (std::memchr(rest_.data(), '\\', end))
            for (end = 0; end < rest_.size() && rest_[end] != '"';)
                end += rest_[end] == '\\' ? 2 : 1;
        if (end >= rest_.size()) return false;
        out = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return true;
    }
    bool number(std::int64_t& out) {
        const char* const end = rest_.data() + rest_.size();
        const auto read = std::from_chars(rest_.data(), end, out);
        if (read.ec != std::errc{}) return false;
        rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
        return true;
    }
    template <class E>
    bool choice(int& out) {
        static constexpr auto words = words_of(boost::describe::describe_enumerators<E>{});
        std::string_view word;
        if (!text(word)) return false;
        for (std::size_t i = 0; i < words.size(); ++i)
            if (word == words[i]) return out = static_cast<int>(i), true;
        return false;
    }
    // A member that is written only when it has a value.
    template <std::size_t n>
    bool instant(const char (&name)[n], std::int64_t& out) {
        if (!skip(name)) return true;
        std::string_view word;
        if (!text(word)) return false;
        const auto read = parse_instant(word);
        if (read) out = to_microseconds(*read);
        return read.has_value();
    }
    bool truth(bool& out) { return (out = skip("true")) || skip("false"); }
    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

}  // namespace

bool read_quick(std::string_view payload, QuickFacts& facts) {
    Cursor c(payload);
    std::string_view code;
    return c.skip(R"({"code":")") && c.text(code) &&                                          //
           c.skip(R"(,"procedure":)") && c.number(facts.procedure) && facts.procedure > 0 &&  //
           c.skip(R"(,"agency":)") && c.number(facts.agency) &&                               //
           c.skip(R"(,"field":")") && c.text(facts.field) &&                                  //
           c.skip(R"(,"level":")") && c.choice<ServiceLevel>(facts.level) &&                  //
           c.skip(R"(,"channel":")") && c.choice<Channel>(facts.channel) &&                   //
           c.skip(R"(,"status":")") && c.choice<Status>(facts.status) &&                      //
           c.instant(R"(,"received_at":")", facts.received_at) &&                             //
           c.instant(R"(,"due_at":")", facts.due_at) &&                                       //
           c.instant(R"(,"resolved_at":")", facts.resolved_at) &&                             //
           c.instant(R"(,"returned_at":")", facts.returned_at) &&                             //
           c.instant(R"(,"closed_at":")", facts.closed_at) &&                                 //
           c.skip(R"(,"paused":)") && c.truth(facts.paused) &&                                //
           (!c.skip(R"(,"verdict":")") || c.choice<Verdict>(facts.verdict)) &&                //
           c.rest().starts_with(R"(,"note":")") &&
           c.rest().ends_with('}');  // words: not for figures
}

}  // namespace chilang::dossiers
