// `chilang verify`: which check, on which file, with which key.
#include "ledger/verify.hpp"

#include "base/text.hpp"
#include "ledger/tiles.hpp"

#include <ostream>

namespace chilang::ledger {

namespace {

constexpr std::string_view usage =
    "Cách dùng: chilang verify receipt TỆP | dossier TỆP | mirror THƯ-MỤC | database URL THƯ-MỤC-SỔ\n"
    "           --key KHÓA hoặc --key-file TỆP: khóa công khai của sổ cái\n";

std::string file(const std::string& name) {
    auto bytes = read_file(name);
    if (!bytes) throw std::runtime_error("Không đọc được tệp " + name);
    return std::move(*bytes);
}

Findings check(const std::vector<std::string>& words, const std::string& key) {
    const auto& what = words[0];
    if (what == "receipt" && words.size() == 2) return verify_receipt(file(words[1]), key);
    if (what == "dossier" && words.size() == 2) return verify_history(file(words[1]), key);
    if (what == "mirror" && words.size() == 2) return verify_mirror(words[1], key);
    if (what == "database" && words.size() == 3) {
        db::Connection connection(words[1]);
        return verify_database(connection, words[2]);
    }
    throw std::runtime_error(std::string(usage));
}

}  // namespace

int verify_command(std::span<const std::string> arguments, std::ostream& out) {
    try {
        std::vector<std::string> words;
        std::string key;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const bool more = i + 1 < arguments.size();
            if (arguments[i] == "--key" && more)
                key = arguments[++i];
            else if (arguments[i] == "--key-file" && more)
                key = text::trim(file(arguments[++i]));
            else
                words.push_back(arguments[i]);
        }
        if (words.empty()) {
            out << usage;
            return 2;
        }
        const auto findings = check(words, key);
        for (const auto& finding : findings) out << "✗ " << finding << "\n";
        if (findings.empty()) out << "✓ Đúng: không phát hiện sai lệch nào.\n";
        return findings.empty() ? 0 : 1;
    } catch (const std::exception& error) {
        out << error.what() << "\n";
        return 2;
    }
}

}  // namespace chilang::ledger
