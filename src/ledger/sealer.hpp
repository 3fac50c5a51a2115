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
#include "ledger/store.hpp"
#include "ledger/tiles.hpp"

#include <deque>
#include <memory>
#include <set>

namespace chilang::ledger {

// The ledger refuses to seal; what() says why, in Vietnamese.
class SealRefused : public std::runtime_error {
    using runtime_error::runtime_error;
};

// Sealing was halted by `halt`, in this process or an earlier one.
class SealHalted : public SealRefused {
    using SealRefused::SealRefused;
};

class Sealer {
public:
    Sealer(std::string url, const Ledger::Options& options, Hash stream_key, SigningKey key);
    ~Sealer();

    // True when this process is the sealer now: locks taken, right edge of the tree verified.
    // False while another one is. Throws SealHalted, SealRefused, DamagedFile, db::Error.
    bool acquire();
    bool acquired() const { return connection_ != nullptr; }
    void release();

    // Seals at most one batch and answers how many events it held. Precondition: acquired.
    std::size_t seal_batch();
    void load(db::Connection& connection, std::span<const Event> events);
    // Signs the stored head and publishes it as the file `checkpoint`.
    Checkpoint publish();
    // Nobody seals this folder any more, after a restart neither, until an operator who knows why
    // deletes the file `halted`, which holds the reason.
    void halt(const std::string& reason);
    // Sizes whose partial tiles stay although newer ones were published.
    void keep(std::vector<std::int64_t> sizes) { kept_ = std::move(sizes); }
    std::int64_t size() const { return tree_.size(); }

private:
    // Of the published checkpoint; 0 before the first. Throws SealRefused when it is not ours, or
    // ahead of the database.
    std::int64_t signed_size(const StoredHead& head) const;
    void open_tree();
    struct Batch {
        std::vector<std::string> leaves;
        std::vector<Hash> hashes;
        // Throws SealRefused when the row is not what its hash says.
        void add(const Event& event, const std::optional<Hash>& erased, const Hash& stream_key);
    };
    void extend(Tree& tree, const Batch& batch) const;
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
    std::vector<std::int64_t> kept_;
    std::set<std::int64_t> partial_;  // sizes whose partial tiles may be there
};

}  // namespace chilang::ledger
