// The command line: every command with its options, checked by CLI11 (included here alone).
#include "app/app.hpp"
#include "app/backup.hpp"
#include "app/options.hpp"
#include "app/serve.hpp"
#include "app/witness.hpp"
#include "identity/identity.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace chilang::app {
namespace {

// Options that every command with a database has.
void add_database_options(CLI::App& command, Options& options) {
    command.add_option("--database", options.database,
                       "PostgreSQL của bạn (postgresql://…) thay cho cơ sở dữ liệu nhúng");
    command.add_option("--var", options.var, "Thư mục giữ dữ liệu")->capture_default_str();
}

std::function<std::string(const std::string&)> parse_clock(Options& options) {
    return [&options](const std::string& text) -> std::string {
        const auto date = parse_date(std::string_view(text).substr(0, 10));
        if (!date) return "ghi thời điểm theo dạng 2023-06-14T15:00";
        int minute = 8 * 60;
        if (text.size() >= 16)
            minute = std::stoi(text.substr(11, 2)) * 60 + std::stoi(text.substr(14, 2));
        options.clock = at(*date, minute);
        return {};
    };
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App program("Chi Lăng: nền tảng chính quyền số của một tỉnh. Mỗi con số tự chứng minh.",
                     "chilang");
    program.require_subcommand(1);
    program.set_help_flag("-h,--help", "In hướng dẫn này");
    Options options;
    int status = 0;

    auto* serve_command = program.add_subcommand("serve", "Chạy máy chủ");
    add_database_options(*serve_command, options);
    std::string clock;
    serve_command->add_option("--port", options.port, "Cổng HTTP; 0 là cổng trống bất kỳ")
        ->capture_default_str();
    serve_command->add_option("--address", options.address, "Địa chỉ lắng nghe")
        ->capture_default_str();
    serve_command->add_option("--public-url", options.public_url,
                              "Địa chỉ công khai, in trên giấy tờ");
    serve_command
        ->add_option("--clock", clock,
                     "Giờ nghiệp vụ bắt đầu từ thời điểm này, ví dụ 2023-06-14T15:00")
        ->check(parse_clock(options));
    serve_command->add_flag("--real-clock", options.real_clock,
                            "Giờ thật thay cho giờ riêng của tỉnh trình diễn");
    serve_command->add_option("--witness", options.witnesses,
                              "Địa chỉ một nhân chứng của sổ cái (lặp lại được)");
    serve_command->add_option("--witness-key", options.witness_keys,
                              "Khóa công khai của một nhân chứng; chỉ chữ ký của các khóa này được tính");
    serve_command
        ->add_option("--witness-quorum", options.witness_quorum,
                     "Số nhân chứng phải ký thì điểm niêm phong mới được coi là đã đồng ký")
        ->capture_default_str();
    serve_command->add_flag("--demonstration", options.demonstration,
                            "Nạp tỉnh trình diễn nếu cơ sở dữ liệu còn trống");
    serve_command->add_flag("--empty", options.empty, "Không nạp dữ liệu trình diễn");
    serve_command->add_flag("--secure-cookies", options.secure_cookies, "Khi đứng sau TLS");
    serve_command->callback([&] { status = serve(options); });

    auto* migrate_command =
        program.add_subcommand("migrate", "Cập nhật lược đồ cơ sở dữ liệu rồi dừng");
    add_database_options(*migrate_command, options);
    migrate_command->callback([&] { status = migrate_only(options); });

    auto* demo_command = program.add_subcommand("demo", "Nạp tỉnh trình diễn rồi dừng");
    add_database_options(*demo_command, options);
    std::string scenario;
    demo_command->add_option("--scenario", scenario,
                             "Tệp kịch bản thay cho data/langson/scenario-2023.toml");
    double scale = 1;
    demo_command->add_option("--scale", scale, "Phần của tỉnh được nạp, 0 đến 1")
        ->check(CLI::Range(0.0, 1.0));
    demo_command->callback([&] { status = load_demo(options, scenario, scale); });

    auto* address_command =
        program.add_subcommand("database", "In địa chỉ của cơ sở dữ liệu (mở cụm nhúng nếu cần)");
    add_database_options(*address_command, options);
    address_command->callback([&] { status = print_database(options); });

    auto* verify_command = program.add_subcommand(
        "verify", "Kiểm tra bằng chứng của sổ cái; xem chilang verify --help");
    verify_command->set_help_flag();   // the ledger prints its own
    verify_command->prefix_command();  // its words go to the ledger as they are
    verify_command->callback([&] { status = verify(verify_command->remaining()); });

    std::string code;
    bool court = false;
    std::filesystem::path destination;
    auto* export_command = program.add_subcommand(
        "export", "Xuất bằng chứng để kiểm tra ngoại tuyến: một hồ sơ, hoặc bản sao cả sổ cái");
    add_database_options(*export_command, options);
    export_command->add_option("--dossier", code, "Mã hồ sơ; bỏ trống thì sao cả sổ cái");
    export_command->add_flag("--court", court,
                             "Với --dossier: ghi một thư mục đủ để tòa án tự kiểm tra");
    export_command->add_option("destination", destination, "Tệp hoặc thư mục sẽ ghi")->required();
    export_command->callback([&] { status = export_proofs(options, code, court, destination); });

    std::uint16_t witness_port = 8090;
    std::filesystem::path witness_folder = "var/witness";
    std::string witness_name = "nhan-chung";
    std::vector<std::string> log_keys;
    auto* witness_command =
        program.add_subcommand("witness", "Chạy một nhân chứng độc lập của sổ cái");
    witness_command->add_option("--port", witness_port, "Cổng HTTP")->capture_default_str();
    witness_command->add_option("--folder", witness_folder, "Nơi giữ trạng thái")
        ->capture_default_str();
    witness_command->add_option("--name", witness_name, "Tên của nhân chứng")
        ->capture_default_str();
    witness_command->add_option("--log-key", log_keys, "Khóa công khai của sổ được làm chứng")
        ->required();
    witness_command->callback(
        [&] { status = witness(witness_port, witness_folder, witness_name, log_keys); });

    std::filesystem::path archive;
    auto* backup_command = program.add_subcommand(
        "backup", "Sao lưu cơ sở dữ liệu, sổ cái và tệp đính kèm vào một tệp");
    add_database_options(*backup_command, options);
    backup_command->add_option("archive", archive, "Tệp sao lưu sẽ ghi (.tar)")->required();
    backup_command->callback([&] { status = backup(options, archive); });
    auto* restore_command =
        program.add_subcommand("restore", "Khôi phục từ một tệp sao lưu vào nơi còn trống");
    add_database_options(*restore_command, options);
    restore_command->add_option("archive", archive, "Tệp sao lưu")
        ->required()
        ->check(CLI::ExistingFile);
    restore_command->callback([&] { status = restore(options, archive); });

    NewAdministrator administrator;
    auto* account_command = program.add_subcommand("account", "Tài khoản quản trị, từ máy chủ");
    account_command->require_subcommand(1);
    auto* create_command =
        account_command->add_subcommand("create", "Tạo một quản trị viên; in mật khẩu một lần");
    add_database_options(*create_command, options);
    create_command->add_option("login", administrator.login, "Tên đăng nhập")->required();
    create_command->add_option("--name", administrator.name, "Họ và tên")->required();
    create_command->add_option("--title", administrator.title, "Chức danh")->capture_default_str();
    create_command->add_option("--agency", administrator.agency, "Mã cơ quan")
        ->capture_default_str();
    create_command->callback([&] { status = create_account(options, administrator); });

    std::string login;
    auto* totp_command =
        program.add_subcommand("totp", "In mã xác thực hiện tại của một tài khoản trình diễn");
    totp_command->add_option("login", login, "Tên đăng nhập")->required();
    totp_command->callback([&] { status = print_totp(login); });

    auto* routes_command =
        program.add_subcommand("routes", "In bảng đường dẫn, quyền và sự kiện (JSON)");
    add_database_options(*routes_command, options);
    routes_command->callback([&] { status = print_routes(options); });
    auto* openapi_command = program.add_subcommand("openapi", "In mô tả OpenAPI 3.1");
    add_database_options(*openapi_command, options);
    openapi_command->callback([&] { status = print_openapi(options); });

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error);
    } catch (const std::exception& error) {
        std::cerr << "chilang: " << error.what() << '\n';
        return 1;
    }
    return status;
}

}  // namespace chilang::app
