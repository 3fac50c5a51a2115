#include "app/backup.hpp"

#include "app/house.hpp"
#include "base/folder.hpp"
#include "db/migrate.hpp"
#include "dossiers/dossiers.hpp"
#include "identity/events.hpp"
#include "ledger/tiles.hpp"
#include "ledger/verify.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <vector>

namespace chilang::app {
namespace {

namespace fs = std::filesystem;

// Runs a program without a shell; throws with its name when it fails.
void run_program(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child == 0) {
        // It must not write on into what the next run has begun anew.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(127);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) != 0)
        throw std::runtime_error(words[0] + " không chạy được hoặc báo lỗi");
}

// So that checks know the events by name.
void register_event_kinds() {
    identity::register_event_kinds();
    ledger::register_kinds(dossiers::kinds::all());
}

// A folder beside the archive that goes away with the scope.
struct Workspace {
    explicit Workspace(const fs::path& archive) : folder(archive.string() + ".part") {
        fs::remove_all(folder);
        fs::create_directories(folder);
    }
    ~Workspace() {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    fs::path folder;
};

// The ledger of a server at work, with its keys.
void save_ledger(const fs::path& from, const fs::path& to) {
    if (!fs::exists(from)) return;
    ledger::export_mirror(from, to);
    for (const char* name : {"note.key", "stream.key", "halted"})
        if (const auto bytes = ledger::read_file(from / name))
            ledger::write_durably(to / name, *bytes);
}

}  // namespace

int backup(const Options& options, const fs::path& archive) {
    Database database(options);
    const Workspace work(fs::absolute(archive));
    // The server may be at work. Each part is younger than the one that leans on it: every signed
    // event is in the database, every file that a row names is among the files.
    save_ledger(options.var / "ledger", work.folder / "ledger");
    run_program({"pg_dump", "--format=custom", "--file=" + (work.folder / "database.dump").string(),
                 database.url});
    copy_tree(options.var / "files", work.folder / "files");
    const fs::path part = fs::absolute(archive).string() + ".tar.part";
    run_program({"tar", "-C", work.folder.string(), "-cf", part.string(), "."});
    fs::rename(part, archive);
    std::cout << "Đã sao lưu vào " << archive.string() << " ("
              << fs::file_size(archive) / 1024 / 1024 << " MB)\n";
    return 0;
}

int restore(const Options& options, const fs::path& archive) {
    {
        Database database(options);
        db::Connection connection(database.url);
        if (connection.query("SELECT count(*) FROM dossiers.dossier").at(0, 0).integer() > 0) {
            std::cerr << "Cơ sở dữ liệu đã có hồ sơ; chỉ khôi phục vào nơi còn trống.\n";
            return 1;
        }
        const Workspace work(fs::absolute(archive));
        run_program({"tar", "-C", work.folder.string(), "-xf", fs::absolute(archive).string()});
        // The database last, in one transaction: a restore that was cut short is begun again.
        copy_tree(work.folder / "files", options.var / "files");
        copy_tree(work.folder / "ledger", options.var / "ledger");
        run_program({"pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error",
                     "--single-transaction", "--dbname=" + database.url,
                     (work.folder / "database.dump").string()});
    }
    std::cout << "Đã khôi phục từ " << archive.string() << '\n';
    return 0;
}

int export_proofs(const Options& options, const std::string& dossier_code, bool court,
                  const fs::path& destination) {
    const fs::path folder = options.var / "ledger";
    if (dossier_code.empty()) {
        ledger::export_mirror(folder, destination);
        std::cout << "Đã sao sổ cái vào " << destination.string() << '\n';
        return 0;
    }
    Database database(options);
    db::Connection connection(database.url);
    const auto dossier = dossiers::load_by_code(connection, dossier_code);
    if (!dossier) {
        std::cerr << "Không có hồ sơ mang mã " << dossier_code << ".\n";
        return 1;
    }
    const auto stream = "dossier/" + to_string(dossier->id);
    register_event_kinds();
    if (court) {
        ledger::export_bundle(connection, folder, stream, destination);
        std::cout << "Đã xuất hồ sơ bằng chứng vào " << destination.string() << '\n';
        return 0;
    }
    std::ofstream out(destination, std::ios::binary);
    out << ledger::export_stream(connection, folder, stream);
    out.close();
    if (!out) throw std::runtime_error("không ghi được " + destination.string());
    std::cout << "Đã xuất lịch sử hồ sơ vào " << destination.string() << '\n';
    return 0;
}

int verify(const std::vector<std::string>& words) {
    register_event_kinds();
    const int status = ledger::verify_command(words, std::cout);
    if (status == 2 || words.size() < 2 || words[0] != "database") return status;
    db::Connection connection(words[1]);
    const auto findings = dossiers::verify_rows(connection);
    for (const auto& finding : findings) std::cout << "✗ " << finding << '\n';
    return findings.empty() ? status : 1;
}

}  // namespace chilang::app
