// What a court is given: proofs that it checks alone, and words that it can read without a program.
#include "ledger/store.hpp"
#include "ledger/tiles.hpp"
#include "ledger/verify.hpp"

#include <stdexcept>

namespace chilang::ledger {

namespace {

constexpr std::string_view guide = R"(HỒ SƠ BẰNG CHỨNG TỪ SỔ CÁI

lich-su.jsonl          mỗi dòng là biên nhận của một bước, theo thứ tự, kèm muối và nội dung
noi-dung.txt           các bước ấy viết ra cho người đọc
khoa-so-cai.txt        khóa công khai của sổ cái
diem-niem-phong.txt    điểm niêm phong mới nhất có chữ ký của sổ cái
diem-dong-ky.txt       điểm niêm phong có thêm chữ ký của nhân chứng, nếu có

Cách kiểm tra trên một máy không nối mạng:
    chilang verify dossier lich-su.jsonl --key-file khoa-so-cai.txt
Thêm --witness KHÓA cho từng nhân chứng phải ký. Khóa của sổ và của nhân chứng phải đối chiếu với
một nguồn độc lập (thông báo của tỉnh, chính cơ quan nhân chứng), không chỉ với thư mục này.

Sổ cái chứng minh điều đã ghi không bị sửa, xóa hay chèn; nó không tự chứng minh điều đã ghi là đúng.
)";

std::string word_of(int number) {
    for (const auto& kind : kinds())
        if (kind.number == number) return std::string(kind.label);
    return "Loại số " + std::to_string(number);
}

}  // namespace

void export_bundle(db::Connection& connection, const std::filesystem::path& folder,
                   std::string_view stream, const std::filesystem::path& destination) {
    if (std::filesystem::exists(destination))
        throw std::runtime_error("Đã có " + destination.string() + "; hãy chọn một thư mục mới");
    write_durably(destination / "lich-su.jsonl", export_stream(connection, folder, stream));
    const auto rows = connection.query("SELECT " + std::string(sealed_columns) +
                                           " FROM ledger.event WHERE stream = $1 ORDER BY seq",
                                       {stream});
    std::string words;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto [index, event, erased] = sealed_at(rows, row);
        words += "Bước " + std::to_string(event.seq) + ", sự kiện số " + std::to_string(index) +
                 ": " + word_of(event.kind) + "\n  lúc " + show(event.at) + ", người thực hiện " +
                 event.actor + "\n  " + (erased ? "nội dung đã xóa theo quy định" : event.payload) +
                 "\n\n";
    }
    write_durably(destination / "noi-dung.txt", words);
    for (const auto& [from, to] : {std::pair{"public.key", "khoa-so-cai.txt"},
                                   {"checkpoint", "diem-niem-phong.txt"},
                                   {"checkpoint.cosigned", "diem-dong-ky.txt"}})
        if (const auto bytes = read_file(folder / from)) write_durably(destination / to, *bytes);
    write_durably(destination / "HUONG-DAN.txt", guide);
}

}  // namespace chilang::ledger
