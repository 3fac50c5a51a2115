// `chilang verify`: which check, on which file, with which keys.
#include "ledger/verify.hpp"

#include "base/text.hpp"
#include "ledger/monitor.hpp"
#include "ledger/tiles.hpp"

#include <ostream>
#include <sstream>

namespace chilang::ledger {

namespace {

constexpr std::string_view usage =
    R"(Kiểm tra bằng chứng của sổ cái, không cần tin máy chủ.

Cách dùng: chilang verify VIỆC … [LỰA CHỌN]

  receipt TỆP                 một biên nhận (.tlog-proof)
  dossier TỆP                 lịch sử một hồ sơ (.jsonl): từng bước, và không thiếu bước nào
  mirror THƯ-MỤC              bản sao cả sổ cái: tính lại mọi mảnh từ các lá
  consistency TỆP TỆP THƯ-MỤC hai điểm niêm phong có nối tiếp nhau không, theo một bản sao
  database URL THƯ-MỤC-SỔ     từng dòng của cơ sở dữ liệu so với sổ cái
  monitor ĐỊA-CHỈ             theo dõi một sổ đang chạy; dừng ngay khi sổ rẽ nhánh hoặc đứng lại

  --key KHÓA, --key-file TỆP  khóa công khai của sổ cái, lấy từ một nguồn độc lập
  --witness KHÓA              khóa của một nhân chứng phải ký (lặp lại được)
  --quorum K                  chỉ cần K trong các nhân chứng đó; bỏ trống: phải đủ tất cả
  --state TỆP                 monitor: nhớ điểm đã thấy, để lần sau so tiếp
  --every GIÂY                monitor: khoảng cách giữa hai lần hỏi (5)
  --stall GIÂY                monitor: báo động khi sổ không thêm gì lâu như vậy (86400)
  --for GIÂY                  monitor: dừng sau chừng ấy giây (0: không dừng)

Mã trả về: 0 đúng; 1 phát hiện sai lệch; 2 không kiểm tra được.
)";

// A word that is missing, unknown or not a number.
class WrongUse : public std::runtime_error {
    using runtime_error::runtime_error;
};

struct Asked {
    std::vector<std::string> words;
    Policy policy;
    std::optional<std::size_t> quorum;
    MonitorOptions monitor;
};

std::string file(const std::string& name) {
    auto bytes = read_file(name);
    if (!bytes) throw std::runtime_error("Không đọc được tệp " + name);
    return std::move(*bytes);
}

int seconds(const std::string& option, const std::string& value) {
    const auto number = text::parse_integer(value);
    if (!number || *number < 0 || *number > 365 * 86400)
        throw WrongUse("Sau " + option + " phải là số giây");
    return static_cast<int>(*number);
}

Asked read(std::span<const std::string> arguments) {
    Asked asked;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& option = arguments[i];
        if (!option.starts_with("--")) {
            asked.words.push_back(option);
            continue;
        }
        if (i + 1 == arguments.size()) throw WrongUse("Thiếu giá trị sau " + option);
        const auto& value = arguments[++i];
        if (option == "--key")
            asked.policy.log_key = value;
        else if (option == "--key-file")
            asked.policy.log_key = text::trim(file(value));
        else if (option == "--witness")
            asked.policy.witness_keys.push_back(value);
        else if (option == "--quorum")
            asked.quorum = static_cast<std::size_t>(seconds(option, value));
        else if (option == "--state")
            asked.monitor.state = value;
        else if (option == "--every")
            asked.monitor.every_seconds = seconds(option, value);
        else if (option == "--stall")
            asked.monitor.stall_seconds = seconds(option, value);
        else if (option == "--for")
            asked.monitor.for_seconds = seconds(option, value);
        else
            throw WrongUse("Không có lựa chọn " + option);
    }
    asked.policy.quorum = asked.quorum.value_or(asked.policy.witness_keys.size());
    if (asked.policy.quorum > asked.policy.witness_keys.size())
        throw WrongUse("--quorum đòi nhiều nhân chứng hơn số khóa đã cho");
    return asked;
}

void tell(const ReceiptReport& report, std::ostream& out) {
    out << "  Sự kiện số " << report.index << ": " << report.kind << ", " << show(report.at)
        << ".\n";
    if (!report.stream.empty())
        out << "  Đối tượng " << report.stream << ", người thực hiện " << report.actor << ".\n";
    else if (report.erased)
        out << "  Nội dung đã được xóa theo quy định; dấu vết của bước vẫn nguyên.\n";
    else
        out << "  Biên nhận kiểu cũ: đối tượng và người thực hiện không nằm trong cam kết.\n";
    out << "  Sổ cái đã ký khi có " << report.size << " sự kiện.\n";
    for (const auto& one : report.witnesses)
        out << "  Nhân chứng " << one.name << " đã ký " << show(one.at) << ".\n";
    for (const auto& name : report.strangers)
        out << "  Chữ ký mang tên " << name << ": chưa kiểm tra, vì không được cho khóa.\n";
}

Findings check(const Asked& asked, std::ostream& out, std::string& facts_after) {
    const auto& words = asked.words;
    const auto& what = words[0];
    const auto takes = [&](std::string_view name, std::size_t count) {
        return what == name && words.size() == count + 1;
    };
    if (takes("receipt", 1)) {
        auto report = verify_receipt(file(words[1]), asked.policy);
        std::ostringstream facts;
        if (report.findings.empty()) tell(report, facts);
        facts_after = facts.str();
        return std::move(report.findings);
    }
    if (takes("dossier", 1)) return verify_history(file(words[1]), asked.policy);
    if (takes("mirror", 1)) return verify_mirror(words[1], asked.policy);
    if (takes("consistency", 3))
        return verify_consistency(file(words[1]), file(words[2]), words[3], asked.policy);
    if (takes("database", 2)) {
        db::Connection connection(words[1]);
        return verify_database(connection, words[2]);
    }
    if (takes("monitor", 1)) return monitor(words[1], asked.policy, asked.monitor, out);
    throw WrongUse("Không hiểu việc cần kiểm tra");
}

}  // namespace

int verify_command(std::span<const std::string> arguments, std::ostream& out) {
    if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h") {
        out << usage;
        return arguments.empty() ? 2 : 0;
    }
    try {
        const auto asked = read(arguments);
        if (asked.words.empty()) throw WrongUse("Thiếu việc cần kiểm tra");
        std::string facts;
        const auto findings = check(asked, out, facts);
        for (const auto& finding : findings) out << "✗ " << finding << "\n";
        if (findings.empty()) out << "✓ Đúng: không phát hiện sai lệch nào.\n" << facts;
        return findings.empty() ? 0 : 1;
    } catch (const WrongUse& error) {
        out << error.what() << ". Xem: chilang verify --help\n";
        return 2;
    } catch (const std::exception& error) {
        out << "Không kiểm tra được: " << error.what() << "\n";
        return 2;
    }
}

}  // namespace chilang::ledger
