// Demonstration accounts: invented people at one commune committee of 2025, at one department, and
// above them. Their passwords and secrets are printed everywhere, so they are never seeded but for
// a demonstration.
#include "identity/demonstration.hpp"

#include "identity/passwords.hpp"

#include <stdexcept>

namespace chilang::identity {

namespace {

constexpr std::string_view kPassword = "xu-lang-hoa-hoi";

struct Person {
    std::string login, name, title;
    Role role;
    std::string agency;  // name of an agency, or its code
    std::string secret;  // 20 bytes in base32
};

const std::vector<Person>& people() {
    static const std::vector<Person> list{
        {"motcua", "Nông Thị Hạnh", "Cán bộ một cửa", Role::one_stop, "UBND phường Đông Kinh",
         "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"},
        {"chuyenvien", "Hoàng Văn Tùng", "Chuyên viên", Role::specialist, "UBND phường Đông Kinh",
         "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"},
        {"truongphong", "Vi Thị Nhung", "Trưởng phòng", Role::head, "UBND phường Đông Kinh",
         "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK"},
        {"lanhdao", "Lương Đức Mạnh", "Chủ tịch UBND phường", Role::leader, "UBND phường Đông Kinh",
         "NBSWY3DPFQQHO33SNBSWY3DPFQQHO33S"},
        {"so.motcua", "Triệu Thu Hiền", "Cán bộ một cửa", Role::one_stop,
         "Sở Thông tin và Truyền thông", "ONSWG4TFOQQGC3TEONSWG4TFOQQGC3TE"},
        {"so.chuyenvien", "Đàm Quang Vinh", "Chuyên viên", Role::specialist,
         "Sở Thông tin và Truyền thông", "OBQXG43XN5ZGIIDPOBQXG43XN5ZGIIDP"},
        {"so.truongphong", "Bế Ngọc Lan", "Trưởng phòng", Role::head,
         "Sở Thông tin và Truyền thông", "MZXW6YTBOIQGCZLBMZXW6YTBOIQGCZLB"},
        {"so.lanhdao", "Chu Minh Khánh", "Giám đốc Sở", Role::leader,
         "Sở Thông tin và Truyền thông", "NRXXEZLNEBUXA43VNRXXEZLNEBUXA43V"},
        {"bophan1c", "Hứa Thị Thắm", "Cán bộ một cửa", Role::one_stop, "Sở Tư pháp",
         "PEQGC3TEEBSG6Z3TPEQGC3TEEBSG6Z3T"},
        {"tuphap", "Lý Quốc Bảo", "Chuyên viên", Role::specialist, "Sở Tư pháp",
         "ORUGS4ZANFZSAYJAORUGS4ZANFZSAYJA"},
        {"tinh", "Nguyễn Hữu Thành", "Phó Chủ tịch UBND tỉnh", Role::province_leader, "H37",
         "MJUW4ZDTEBSG6Y3LMJUW4ZDTEBSG6Y3L"},
        {"congnghe", "Lộc Văn Kiên", "Chuyên viên công nghệ thông tin", Role::ict,
         "Sở Thông tin và Truyền thông", "N5XGKIDUO5XSA5DIN5XGKIDUO5XSA5DI"},
        {"thanhtra", "Phùng Thị Mai", "Thanh tra viên", Role::auditor, "Thanh tra tỉnh",
         "OR3W6IDUNBZGKZJAOR3W6IDUNBZGKZJA"},
        {"quantri", "Đặng Xuân Hải", "Quản trị hệ thống", Role::administrator,
         "Văn phòng UBND tỉnh", "ONUXQIDTMV3GK3RAONUXQIDTMV3GK3RA"}};
    return list;
}

const places::Agency& agency_of(const places::Places& places, const Person& person, Date on) {
    for (const places::Agency* agency : places.agencies_on(on))
        if (agency->name == person.agency || agency->code == person.agency) return *agency;
    throw std::logic_error("no agency for the demonstration account " + person.login);
}

}  // namespace

const std::vector<DemoAccount>& demonstration_accounts() {
    static const std::vector<DemoAccount> accounts = [] {
        std::vector<DemoAccount> list;
        for (const Person& p : people())
            list.push_back({p.login, std::string(kPassword), p.secret, p.title,
                            p.agency == "H37" ? "UBND tỉnh Lạng Sơn" : p.agency});
        return list;
    }();
    return accounts;
}

std::vector<DemoAccount> seed_demonstration(db::Connection& connection,
                                            const places::Places& places, Date on) {
    // The password is the same for all and no secret: one hash serves.
    const std::string hash = hash_password(std::string(kPassword));
    // Valid since the first day of the demonstration's data, so that 2023 can be replayed as well.
    const Date first = make_date(2020, 1, 1);
    for (const Person& person : people()) {
        const auto added = connection.query(
            "INSERT INTO identity.account (login, name, password_hash, totp_secret, created_at)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT ON CONSTRAINT account_login_once DO NOTHING "
            "RETURNING id",
            {person.login, person.name, hash, person.secret, start_of(first)});
        if (added.empty()) continue;
        connection.query(
            "INSERT INTO identity.position (account, title, role, agency, valid_from)"
            " VALUES ($1, $2, $3, $4, $5)",
            {added.at(0, 0).integer(), person.title, person.role, agency_of(places, person, on).id,
             first});
    }
    return demonstration_accounts();
}

}  // namespace chilang::identity
