// A witness (C2SP tlog-witness): cosigns a log's checkpoint only when it extends the last one.
//
// It keeps one small file: size and root of the newest checkpoint it cosigned for each log. The file
// is on disk before the cosignature leaves the house, so a witness never vouches for two histories.
#pragma once

#include "ledger/note.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace chilang::ledger {

struct WitnessAnswer {
    int status = 200;
    std::string type = "text/plain; charset=utf-8";  // text/x.tlog.size with 409
    std::string body;
};

class Witness {
public:
    // `log_keys`: verifier keys of the logs it serves; throws std::runtime_error.
    Witness(std::filesystem::path folder, std::string name, const std::vector<std::string>& log_keys);
    WitnessAnswer add_checkpoint(std::string_view body, Instant now);
    std::string public_key() const { return key_.verifier().text(); }

private:
    struct Seen {
        std::int64_t size = 0;
        Hash root{};
    };
    void save(const std::map<std::string, Seen>& seen) const;

    std::filesystem::path folder_;
    SigningKey key_;
    std::map<std::string, VerifierKey> logs_;  // by origin
    std::map<std::string, Seen> seen_;
    std::mutex mutex_;
};

}  // namespace chilang::ledger
