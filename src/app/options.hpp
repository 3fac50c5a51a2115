// What the command line can say, checked.
#pragma once

#include "base/instant.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chilang::app {

struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string database;  // empty: the private cluster in var/
    std::filesystem::path var = "var";
    std::string public_url;              // default: http://address:port
    std::optional<Instant> clock;        // business time starts here
    bool real_clock = false;             // the true time even for the demonstration
    bool demonstration = false;          // load the demonstration province if the database is empty
    bool empty = false;                  // with demonstration: accounts and places only
    bool secure_cookies = false;         // behind TLS
    std::vector<std::string> witnesses;  // URLs of `chilang witness`
    std::vector<std::string> witness_keys;  // whose cosignatures count; empty: of all asked
    std::size_t witness_quorum = 1;
};

}  // namespace chilang::app
