// One request a round; a proof of consistency is computed here from the tiles that the ledger
// serves.
#include "ledger/monitor.hpp"

#include "ledger/fetch.hpp"
#include "ledger/tile_reader.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <stdexcept>
#include <thread>

namespace chilang::ledger {

namespace {

class WebSource : public TileSource {
public:
    explicit WebSource(std::string url) : url_(std::move(url)) {}
    std::string bytes(const std::string& path) const override {
        auto answer = http_get(url_ + "/ledger/" + path);
        if (answer.status != 200) throw DamagedFile("Sổ cái không đưa được tệp " + path);
        return std::move(answer.body);
    }

private:
    std::string url_;
};

// What is wrong with going from `last` to `next`; nothing when the ledger only grew.
Findings compare(const std::string& url, const Note& last, const Note& next) {
    const auto counts = std::to_string(last.size) + " và " + std::to_string(next.size);
    if (next.size < last.size)
        return {"Sổ cái ngắn lại: đã thấy " + std::to_string(last.size) + " sự kiện, nay chỉ còn " +
                std::to_string(next.size) + "."};
    if (next.size == last.size && next.root != last.root)
        return {"Sổ cái rẽ nhánh: hai gốc khác nhau ở cùng " + std::to_string(next.size) +
                " sự kiện."};
    const TileReader reader(std::make_shared<WebSource>(url), next.size);
    const auto proof = reader.consistency(last.size, next.size);
    if (!merkle::verify_consistency(last.size, last.root, next.size, next.root, proof))
        return {"Sổ cái rẽ nhánh: không nối được hai điểm niêm phong " + counts + " sự kiện."};
    return {};
}

}  // namespace

Findings monitor(const std::string& url, const Policy& policy, const MonitorOptions& options,
                 std::ostream& out) {
    using Time = std::chrono::steady_clock;
    const auto begun = Time::now();
    auto moved = begun;
    std::optional<Note> last;
    if (!options.state.empty())
        if (const auto text = read_file(options.state)) {
            last = parse_note(*text);
            if (!last) throw std::runtime_error("Tệp trạng thái hỏng: " + options.state.string());
        }
    int unanswered = 0;
    while (true) {
        const auto answer = http_get(url + "/ledger/checkpoint");
        const auto note = answer.status == 200 ? parse_note(answer.body) : std::nullopt;
        if (answer.status == 200 && !note)
            return {"Sổ cái đưa một điểm niêm phong không đúng dạng."};
        if (!note && !last && ++unanswered == 3)
            throw std::runtime_error("Không đọc được " + url + "/ledger/checkpoint");
        if (!note) out << "  Không đọc được sổ cái, sẽ hỏi lại.\n" << std::flush;
        if (note && (!last || note->size != last->size || note->root != last->root)) {
            auto findings = check_note(*note, policy).findings;
            if (findings.empty() && last) findings = compare(url, *last, *note);
            if (!findings.empty()) return findings;
            if (!options.state.empty()) write_durably(options.state, answer.body);
            out << "  " << note->size << " sự kiện, gốc " << to_hex(view(note->root)).substr(0, 16)
                << (last ? "…, nối tiếp đúng.\n" : "…, bắt đầu theo dõi.\n") << std::flush;
            last = note;
            moved = Time::now();
        }
        if (Time::now() - moved > std::chrono::seconds(options.stall_seconds))
            return {"Sổ cái đứng lại: không có sự kiện mới trong " +
                    std::to_string(options.stall_seconds) + " giây."};
        const auto next = Time::now() + std::chrono::seconds(options.every_seconds);
        if (options.for_seconds > 0 && next - begun > std::chrono::seconds(options.for_seconds))
            return {};
        std::this_thread::sleep_until(next);
    }
}

}  // namespace chilang::ledger
