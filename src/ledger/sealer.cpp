// Taking over, sealing a batch, publishing.
#include "ledger/sealer.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "ledger/leaf.hpp"
#include "ledger/note.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace chilang::ledger {

namespace {

constexpr std::int64_t advisory_key = 0x43484c5345414c31;  // "CHLSEAL1"
constexpr std::size_t partials_kept = 8;  // published sizes whose partial tiles stay

}  // namespace

Sealer::Sealer(std::string url, const Ledger::Options& options, Hash stream_key, SigningKey key)
    : url_(std::move(url)), options_(options), stream_key_(stream_key), key_(std::move(key)) {}

Sealer::~Sealer() {
    release();
}

void Sealer::release() {
    connection_.reset();
    if (lock_ >= 0) ::close(lock_);
    lock_ = -1;
}

void Sealer::halt(const std::string& reason) {
    write_durably(options_.folder / "halted", reason + "\n");
    release();
}

bool Sealer::acquire() {
    if (const auto reason = read_file(options_.folder / "halted")) {
        release();
        throw SealHalted(std::string(text::trim(*reason)));
    }
    if (connection_ && connection_->healthy()) return true;
    release();
    lock_ = ::open((options_.folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        release();
        return false;
    }
    try {
        connection_ = std::make_unique<db::Connection>(url_);
        if (!connection_->try_advisory_lock(advisory_key)) {
            release();
            return false;
        }
        const auto rows =
            connection_->query("UPDATE ledger.sealer SET epoch = epoch + 1 RETURNING epoch");
        epoch_ = rows.at(0, 0).integer();
        open_tree();
        publish();
    } catch (...) {
        release();
        throw;
    }
    return true;
}

std::int64_t Sealer::signed_size(const StoredHead& head) const {
    const auto text = read_file(options_.folder / "checkpoint");
    if (!text) return 0;
    const auto note = parse_note(*text);
    if (!note || !signed_by(*note, key_.verifier()))
        throw SealRefused("Tệp checkpoint của sổ cái hỏng hoặc không do khóa này ký");
    if (note->size > head.size)
        throw SealRefused("Cơ sở dữ liệu chỉ có " + std::to_string(head.size) +
                          " sự kiện đã niêm phong nhưng sổ cái đã ký " +
                          std::to_string(note->size) +
                          ": có thể một bản sao lưu cũ đã được khôi phục. Không niêm phong tiếp.");
    return note->size;
}

// The tree is read at the size that was signed last, and the rows make what it lacks: a batch whose
// tiles were committed and not signed, a folder saved before the database, a folder lost.
void Sealer::open_tree() {
    const auto head = stored_head(*connection_);
    const auto known = signed_size(head);
    Tree tree;
    if (std::filesystem::exists(options_.folder / "tile"))
        tree = Tree::load(options_.folder, known);
    while (tree.size() < head.size) {
        const auto sealed = read_sealed(
            *connection_, tree.size(),
            static_cast<std::size_t>(std::min<std::int64_t>(head.size - tree.size(), 8192)));
        if (sealed.empty() || sealed.front().index != tree.size())
            throw SealRefused("Thiếu sự kiện số " + std::to_string(tree.size()) + " trong sổ cái");
        Batch batch;
        for (const auto& one : sealed) batch.add(one.event, one.erased, stream_key_);
        extend(tree, batch);
    }
    tree_ = std::move(tree);
    if (tree_.root() != head.root)
        throw SealRefused("Mép phải của cây băm không khớp gốc đã lưu ở kích thước " +
                          std::to_string(head.size) + ": hãy chạy `chilang verify mirror`");
}

void Sealer::Batch::add(const Event& event, const std::optional<Hash>& erased, const Hash& key) {
    auto leaf = sealed_bytes(event, erased, key);
    if (!leaf)
        throw SealRefused("Sự kiện " + to_string(event.id) + " của " + event.stream +
                          " không khớp mã băm của nó: nội dung đã bị sửa trước khi niêm phong");
    leaves.push_back(std::move(*leaf));
    hashes.push_back(event.leaf);
}

void Sealer::extend(Tree& tree, const Batch& batch) const {
    write_durably(options_.folder, tree.append(batch.leaves, batch.hashes));
}

std::size_t Sealer::seal_batch() {
    const auto rows = connection_->query(
        "SELECT intake_id, id, kind, at, stream, seq, actor, payload, salt, prev, leaf"
        " FROM ledger.intake ORDER BY intake_id LIMIT $1",
        {options_.batch_max});
    if (rows.empty()) return 0;
    std::vector<std::int64_t> intake_ids;
    Batch batch;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        intake_ids.push_back(rows.at(row, 0).integer());
        batch.add(event_at(rows, row, 1), std::nullopt, stream_key_);
    }
    Tree next = tree_;
    extend(next, batch);
    commit(next, intake_ids);
    tree_ = std::move(next);
    return rows.size();
}

void Sealer::commit(const Tree& tree, const std::vector<std::int64_t>& intake_ids) {
    db::Transaction transaction(*connection_);
    const auto rows = connection_->pipeline(
        {{"SELECT epoch FROM ledger.sealer FOR UPDATE", {}},
         {"WITH taken AS (DELETE FROM ledger.intake WHERE intake_id = ANY($1::bigint[]) RETURNING "
          "*)"
          " INSERT INTO ledger.event (idx, id, kind, at, stream, seq, actor, payload, salt, prev, "
          "leaf)"
          " SELECT $2::bigint + wanted.place - 1, id, kind, at, stream, seq, actor, payload, salt, "
          "prev, leaf"
          " FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (intake_id, place)"
          " JOIN taken USING (intake_id) ORDER BY wanted.place",
          {intake_ids, tree.size() - static_cast<std::int64_t>(intake_ids.size())}},
         {"INSERT INTO ledger.checkpoint (size, root, epoch, at) VALUES ($1, $2, $3, $4)",
          {tree.size(), tree.root(), epoch_, options_.clock->now()}}});
    if (rows[0].at(0, 0).integer() != epoch_)
        throw SealRefused("Một tiến trình khác đã tiếp quản việc niêm phong");
    if (rows[1].affected() != intake_ids.size())
        throw SealRefused("Hàng chờ niêm phong thay đổi giữa chừng");
    transaction.commit();
}

Checkpoint Sealer::publish() {
    const auto head = stored_head(*connection_);
    if (head.size != tree_.size() || head.root != tree_.root()) open_tree();
    Checkpoint checkpoint{head.size, head.root, {}, head.at};
    checkpoint.note = sign_note(note_body(options_.origin, head.size, head.root), key_);
    write_durably(options_.folder / "checkpoint", checkpoint.note);
    if (published_.empty() || published_.back() != head.size) published_.push_back(head.size);
    if (published_.size() > partials_kept) published_.pop_front();
    partial_.insert(head.size);
    forget_partials();
    return checkpoint;
}

void Sealer::forget_partials() {
    std::set<std::int64_t> wanted(kept_.begin(), kept_.end());
    wanted.insert(published_.begin(), published_.end());
    std::set<std::string> needed;
    for (const auto size : wanted)
        for (auto& path : partial_paths(size)) needed.insert(std::move(path));
    for (auto size = partial_.begin(); size != partial_.end();) {
        if (wanted.contains(*size)) {
            ++size;
            continue;
        }
        for (const auto& path : partial_paths(*size)) {
            std::error_code ignored;  // a file that stays is only a few bytes too many
            if (!needed.contains(path)) std::filesystem::remove(options_.folder / path, ignored);
        }
        size = partial_.erase(size);
    }
}

void Sealer::load(db::Connection& connection, std::span<const Event> events) {
    const auto head = stored_head(*connection_);
    if (head.size != tree_.size()) open_tree();
    Tree next = tree_;
    std::optional<db::Transaction> transaction;
    if (!connection.in_transaction()) transaction.emplace(connection);
    std::size_t done = 0;
    connection.copy_in(
        "COPY ledger.event (idx, id, kind, at, stream, seq, actor, payload, salt, prev, leaf) FROM "
        "STDIN",
        [&](std::string& chunk) {
            db::CopyRow row(chunk);
            for (; done < events.size() && chunk.size() < 1 << 20; ++done) {
                const auto& event = events[done];
                row << tree_.size() + static_cast<std::int64_t>(done) << event.id << event.kind
                    << event.at << event.stream << event.seq << event.actor << event.payload
                    << event.salt << event.prev << event.leaf;
                row.end();
            }
            return done < events.size();
        });
    for (std::size_t from = 0; from < events.size(); from += 65536) {
        Batch batch;
        for (const auto& event :
             events.subspan(from, std::min<std::size_t>(65536, events.size() - from)))
            batch.add(event, std::nullopt, stream_key_);
        extend(next, batch);
    }
    connection.query(
        "INSERT INTO ledger.checkpoint (size, root, epoch, at) VALUES ($1, $2, $3, $4)",
        {next.size(), next.root(), epoch_, options_.clock->now()});
    if (transaction) transaction->commit();
    tree_ = std::move(next);
}

}  // namespace chilang::ledger
