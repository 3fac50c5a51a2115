// A log line stays one line, whatever its values hold.
#include "base/log.hpp"

#include <gtest/gtest.h>

namespace chilang::log {
namespace {

TEST(LogLine, has_key_and_value) {
    EXPECT_EQ(line("batch sealed", {{"events", 1024}, {"ok", true}, {"ms", 1.5}, {"root", "9f86"}}),
              "batch sealed events=1024 ok=true ms=1.5 root=9f86");
    EXPECT_EQ(line("stopped", {}), "stopped");
}

TEST(LogLine, cannot_be_forged_by_a_value) {
    EXPECT_EQ(line("failed", {{"what", "a b"}, {"x", ""}, {"y", "k=v"}}),
              "failed what=\"a b\" x=\"\" y=\"k=v\"");
    EXPECT_EQ(line("failed", {{"what", "a\n2026 info \"x\"\\\x1b[31m"}}),
              "failed what=\"a\\n2026 info \\\"x\\\"\\\\\\x1b[31m\"");
    EXPECT_EQ(line("two\nlines", {}), "two lines");
}

}  // namespace
}  // namespace chilang::log
