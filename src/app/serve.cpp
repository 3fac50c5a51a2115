// The commands that open the house: serve it, load the demonstration, or print what it holds.
#include "app/serve.hpp"

#include "app/house.hpp"
#include "base/json.hpp"
#include "demo/demo.hpp"
#include "identity/administration.hpp"
#include "identity/demonstration.hpp"

#include <unistd.h>

#include <csignal>
#include <iostream>

namespace chilang::app {
namespace {

// Blocks the signals that end the program, so that every thread made later leaves them to wait().
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    void wait() {
        int which = 0;
        sigwait(&set_, &which);
    }

private:
    sigset_t set_;
};

// Loads the demonstration province when the database holds none; before the house is opened.
void ensure_demonstration(const Options& options, const Database& database,
                          const std::string& scenario, double scale) {
    db::Connection connection(database.url);
    if (demo::is_loaded(connection)) return;
    places::seed(connection);
    demo::wipe_unfinished(connection, options.var / "ledger");
    db::Pool pool(database.url, 4);
    ledger::Ledger ledger(pool, {.folder = options.var / "ledger", .witnesses = {}});
    workdays::seed(connection);
    workdays::Directory workdays(pool);
    workdays.reload();
    const auto places = places::Places::load(connection);
    const auto summary = demo::load_demonstration(
        database.url, ledger, *places, workdays.latest(),
        {.scenario_path = scenario, .scale = scale, .progress = isatty(STDOUT_FILENO) != 0},
        std::cout);
    std::cout << "Đã nạp " << summary.dossiers << " hồ sơ, " << summary.events << " sự kiện trong "
              << static_cast<int>(summary.seconds) << " giây." << std::endl;
    for (const auto& check : summary.checks)
        if (!check.equal())
            std::cout << "Khác kịch bản: " << check.figure << " muốn " << check.wanted
                      << ", tính được " << check.found << '\n';
    for (const auto& example : summary.examples)
        std::cout << "Hồ sơ xem thử: " << example.code << " mã bí mật " << example.secret << " ("
                  << example.procedure << ")\n";
}

bool has_no_accounts(House& house) {
    auto connection = house.pool().lease();
    return connection->query("SELECT 1 FROM identity.account LIMIT 1").empty();
}

// How to make the first account of this database.
std::string create_command(const Options& options) {
    std::string command = "./run account create TÊN --name \"Họ và tên\"";
    if (!options.database.empty()) return command + " --database '…'";
    if (options.var != "var") command += " --var " + options.var.string();
    return command;
}

void print_accounts() {
    std::cout << "\nTài khoản trình diễn (mật khẩu, rồi mã xác thực: ./run totp TÊN):\n";
    for (const auto& account : identity::demonstration_accounts())
        std::cout << "  " << account.login
                  << std::string(account.login.size() < 14 ? 14 - account.login.size() : 1, ' ')
                  << account.password << "   " << account.title << ", " << account.agency << '\n';
}

}  // namespace

int serve(const Options& options) {
    EndSignals signals;
    std::cout << "Mở cơ sở dữ liệu…" << std::endl;
    Database database(options);
    const bool demonstration = options.demonstration && !options.empty;
    if (demonstration) ensure_demonstration(options, database, {}, 1);
    House house(options, database);
    house.start();
    if (demonstration)
        print_accounts();
    else if (has_no_accounts(house))
        std::cout
            << "\nChưa có tài khoản nào. Tạo quản trị viên đầu tiên, khi máy chủ đã dừng hoặc "
               "ở cửa sổ khác:\n  "
            << create_command(options) << '\n';
    std::cout << "\nChi Lăng đang chạy tại http://" << options.address << ':' << house.port()
              << "  (Ctrl-C để dừng)" << std::endl;
    signals.wait();
    std::cout << "\nĐang dừng…" << std::endl;
    house.stop();
    return 0;
}

int migrate_only(const Options& options) {
    Database database(options);
    std::cout << "Đã áp dụng " << database.migrations_applied << " bước cập nhật lược đồ.\n";
    return 0;
}

int load_demo(const Options& options, const std::string& scenario, double scale) {
    Database database(options);
    ensure_demonstration(options, database, scenario, scale);
    return 0;
}

int create_account(const Options& options, const NewAdministrator& form) {
    Database database(options);
    House house(options, database);
    const auto* agency = house.places().now()->agency_by_code(form.agency);
    const auto made = identity::create_account_by_operator(
        house.identity().state(),
        {.login = form.login,
         .name = form.name,
         .title = form.title,
         .role = identity::Role::administrator,
         .agency = agency ? agency->id : 0},
        make_clock(options, database)->now());  // positions are held by business time
    if (!made) {
        for (const Problem& problem : made.problems()) std::cerr << problem.message << '\n';
        return 1;
    }
    std::cout << "Đã tạo tài khoản quản trị. Thông tin này chỉ hiện một lần:\n  Tên đăng nhập      "
              << made->login << "\n  Mật khẩu tạm       " << made->password
              << "\n  Khóa xác thực      " << made->totp_secret
              << "\nNhập khóa vào ứng dụng xác thực (TOTP, 6 số, 30 giây), đăng nhập rồi đổi mật "
                 "khẩu.\n";
    return 0;
}

int print_database(const Options& options) {
    Database database(options);
    std::cout << database.url << '\n';
    return 0;
}

int print_totp(const std::string& login) {
    for (const auto& account : identity::demonstration_accounts())
        if (account.login == login) {
            std::cout << identity::totp_code(account.totp_secret, Clock().now()) << '\n';
            return 0;
        }
    std::cerr << "Không có tài khoản trình diễn tên " << login << ".\n";
    return 1;
}

namespace {

struct RouteRow {
    std::string method, pattern, right, event;
};
BOOST_DESCRIBE_STRUCT(RouteRow, (), (method, pattern, right, event))

struct RightRow {
    std::string name, label;
    std::vector<identity::Role> roles;
};
BOOST_DESCRIBE_STRUCT(RightRow, (), (name, label, roles))

struct KindRow {
    int number = 0;
    std::string name, label;
};
BOOST_DESCRIBE_STRUCT(KindRow, (), (number, name, label))

struct Registers {
    std::vector<RouteRow> routes;
    std::vector<RightRow> rights;
    std::vector<KindRow> kinds;
};
BOOST_DESCRIBE_STRUCT(Registers, (), (routes, rights, kinds))

}  // namespace

int print_routes(const Options& options) {
    static constexpr const char* methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    Database database(options);
    House house(options, database);
    Registers registers;
    for (const auto& route : house.router().routes())
        registers.routes.push_back(
            {methods[static_cast<int>(route.method)], route.pattern, route.right, route.event});
    for (const auto& right : identity::rights())
        registers.rights.push_back({right.name, right.label, right.roles});
    for (const auto& kind : ledger::kinds())
        registers.kinds.push_back({kind.number, std::string(kind.name), std::string(kind.label)});
    std::cout << json::write(registers) << '\n';
    return 0;
}

int print_openapi(const Options& options) {
    Database database(options);
    House house(options, database);
    std::cout << http::openapi(house.router(), "0.1.0") << '\n';
    return 0;
}

}  // namespace chilang::app
