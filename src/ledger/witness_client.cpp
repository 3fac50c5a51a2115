// One request a witness, at most one repetition after it told the size it knows.
#include "ledger/witness_client.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "ledger/fetch.hpp"
#include "ledger/note.hpp"
#include "ledger/tile_reader.hpp"

#include <algorithm>

namespace chilang::ledger {

namespace {

std::string request(const Ledger::Options& options, const Checkpoint& head, std::int64_t old_size) {
    std::string body = "old " + std::to_string(old_size) + "\n";
    const TileReader reader(options.folder, head.size);
    for (const auto& hash : reader.consistency(old_size, head.size))
        body += to_base64(view(hash)) + "\n";
    return body + "\n" + head.note;
}

// Another process may have sealed on since `head` was read: only what it published counts.
std::int64_t published_size(const Ledger::Options& options) {
    const auto note = parse_note(read_file(options.folder / "checkpoint").value_or(""));
    return note ? note->size : 0;
}

HttpAnswer submit(const Ledger::Options& options, const Checkpoint& head,
                  const std::string& witness) {
    const auto url = witness + (witness.ends_with('/') ? "" : "/") + "add-checkpoint";
    const auto contradiction = [&](const std::string& what) {
        return WitnessContradicts("Nhân chứng " + witness + " " + what +
                                  ": có thể một bản sao lưu cũ đã được khôi phục hoặc sổ cái bị rẽ "
                                  "nhánh. Không niêm phong tiếp.");
    };
    auto answer = http_post(url, request(options, head, 0));
    if (answer.status != 409) return answer;
    const auto known = text::parse_integer(text::trim(answer.body));
    if (!known || *known < 0) return answer;
    if (*known > head.size) {
        if (published_size(options) >= *known) return answer;
        throw contradiction("đã thấy sổ cái có " + std::to_string(*known) +
                            " sự kiện, ở đây chỉ có " + std::to_string(head.size));
    }
    answer = http_post(url, request(options, head, *known));
    const bool same_size = answer.status == 409 && *known == head.size &&
                           text::trim(answer.body) == std::to_string(head.size);
    if (answer.status == 422 || same_size)
        throw contradiction("đã thấy một lịch sử khác với sổ cái này, ở " + std::to_string(*known) +
                            " sự kiện đầu");
    return answer;
}

// The lines of an answer that may stand in a note, of known keys where keys are known.
Cosignatures right_lines(const Checkpoint& head, const std::string& answer,
                         const std::vector<std::string>& keys) {
    Cosignatures right;
    for (const auto& line : text::split(answer, '\n')) {
        const auto note = parse_note(head.note + line + "\n");
        if (line.empty() || !note) continue;
        const auto known = [&](const std::string& text) {
            const auto key = VerifierKey::parse(text);
            return key && cosigned_at(*note, *key);
        };
        if (!keys.empty() && std::none_of(keys.begin(), keys.end(), known)) continue;
        right.lines += line + "\n";
        ++right.count;
    }
    return right;
}

}  // namespace

Cosignatures ask_witnesses(const Ledger::Options& options, const Checkpoint& head) {
    Cosignatures all;
    if (head.note.empty() || head.size == 0) return all;
    for (const auto& witness : options.witnesses) {
        const auto answer = submit(options, head, witness);
        const auto right = answer.status == 200
                               ? right_lines(head, answer.body, options.witness_keys)
                               : Cosignatures{};
        if (right.count == 0)
            log::warn("witness did not cosign", {{"witness", witness}, {"status", answer.status}});
        all.lines += right.lines;
        all.count += right.count > 0 ? 1 : 0;
    }
    return all;
}

}  // namespace chilang::ledger
