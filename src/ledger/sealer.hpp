// The one writer of the tree: takes committed events in order, extends the tree, signs.
//
// A lock on the folder and an advisory lock in the database keep it alone; the epoch row fences off
// one that lost its connection. Order of a batch: tiles on disk, then one commit with events and
// checkpoint, then the signature. A crash between any two steps is mended by doing it again, because
// tiles are a pure function of the ordered leaves and nothing unsigned was ever shown.
#pragma once

#include "db/db.hpp"
#include "ledger/ledger.hpp"
#include "ledger/signature.hpp"
#include "ledger/tiles.hpp"

#include <deque>
#include <memory>

namespace chilang::ledger {

// The ledger refuses to seal; what() says why, in Vietnamese.
class SealRefused : public std::runtime_error {
    using runtime_error::runtime_error;
};

class Sealer {
public:
    Sealer(std::string url, const Ledger::Options& options, Hash stream_key, SigningKey key);
    ~Sealer();

    // True when this process is the sealer now: locks taken, right edge of the tree verified.
    // False while another one is. Throws SealRefused, DamagedFile, db::Error.
    bool acquire();
    void release();

    // Seals at most one batch and answers how many events it held. Precondition: acquired.
    std::size_t seal_batch();
    void load(db::Connection& connection, std::span<const Event> events);
    // Signs the stored head and publishes it as the file `checkpoint`.
    Checkpoint publish();
    std::int64_t size() const { return tree_.size(); }

private:
    void open_tree();
    void extend(Tree& tree, std::span<const Event> events) const;
    void commit(const Tree& tree, const std::vector<std::int64_t>& intake_ids);
    void forget_partials();

    std::string url_;
    const Ledger::Options& options_;
    Hash stream_key_;
    SigningKey key_;
    int lock_ = -1;
    std::unique_ptr<db::Connection> connection_;
    std::int64_t epoch_ = 0;
    Tree tree_;
    std::deque<std::int64_t> published_;
};

}  // namespace chilang::ledger
