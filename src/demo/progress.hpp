// Progress of a long load: a bar that redraws itself on a terminal, a line each tenth elsewhere.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>

namespace chilang::demo {

class Progress {
public:
    enum class Form { bar, lines };
    Progress(std::ostream& out, Form form) : out_(out), form_(form) {}

    void phase(const std::string& words);  // a step without a measure
    void begin(const std::string& words, std::size_t total);
    void reach(std::size_t done);

private:
    std::ostream& out_;
    Form form_;
    std::string words_;
    std::size_t total_ = 0;
    std::size_t tenths_ = 0;
};

}  // namespace chilang::demo
