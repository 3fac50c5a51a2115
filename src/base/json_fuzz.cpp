// Fuzzing of the JSON reader: whatever the bytes, it answers with a value or with problems; a value
// that was read is written canonically, and what was written reads back to the same bytes.
//
// The parser is compiled into this file so that the fuzzer sees its branches.
#include "base/json.hpp"

#include <boost/json/src.hpp>

#include <cstdlib>

namespace {

using namespace chilang;

enum class Channel { counter, online };
BOOST_DESCRIBE_ENUM(Channel, counter, online)

struct Paper {
    std::string name;
    std::int16_t copies = 0;
    std::vector<Paper> parts;
};
BOOST_DESCRIBE_STRUCT(Paper, (), (name, copies, parts))

struct Filing {
    std::optional<Id> id;
    std::optional<std::string> title;
    std::optional<Channel> channel;
    std::optional<Instant> received;
    std::optional<Date> born;
    std::optional<std::vector<Paper>> papers;
    std::optional<double> share;
    std::optional<std::int64_t> fee;
    std::optional<bool> urgent;
    std::optional<Hash> hash;
};
BOOST_DESCRIBE_STRUCT(Filing, (),
                      (id, title, channel, received, born, papers, share, fee, urgent, hash))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto first = json::read<Filing>(bytes);
    if (static_cast<bool>(first) != first.problems().empty()) std::abort();
    for (const Problem& problem : first.problems())
        if (problem.code.empty() || problem.message.empty()) std::abort();
    if (!first) return 0;
    const std::string written = json::write(*first);
    const auto second = json::read<Filing>(written);
    if (!second || json::write(*second) != written) std::abort();
    return 0;
}
