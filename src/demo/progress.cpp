// Draws the bar, or counts the tenths.
#include "demo/progress.hpp"

#include "base/text.hpp"

namespace chilang::demo {

namespace {

constexpr std::size_t bar_width = 32;

}  // namespace

void Progress::phase(const std::string& words) {
    out_ << words << std::endl;
}

void Progress::begin(const std::string& words, std::size_t total) {
    words_ = words;
    total_ = total;
    tenths_ = 0;
    reach(0);
}

void Progress::reach(std::size_t done) {
    const std::size_t percent = total_ == 0 ? 100 : done * 100 / total_;
    const std::string count = text::number(static_cast<std::int64_t>(done)) + "/" +
                              text::number(static_cast<std::int64_t>(total_));
    if (form_ == Form::bar) {
        const std::size_t filled = percent * bar_width / 100;
        out_ << "\r" << words_ << " [";
        for (std::size_t i = 0; i < bar_width; ++i) out_ << (i < filled ? "█" : "·");
        out_ << "] " << percent << " % " << count;
        if (done == total_) out_ << '\n';
        out_ << std::flush;
    } else if (percent / 10 > tenths_ || done == total_) {
        tenths_ = percent / 10;
        out_ << words_ << ": " << percent << " % (" << count << ")" << std::endl;
    }
}

}  // namespace chilang::demo
