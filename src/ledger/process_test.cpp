// The ledger beside others over HTTP: a real `chilang witness`, and a monitor that only reads.
#include "ledger/fetch.hpp"
#include "ledger/note.hpp"
#include "ledger/testing.hpp"

#include <fcntl.h>
#include <sys/wait.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace chilang::ledger {
namespace {

// A program that is ended with the scope; its first line of output tells that it is ready.
class Program {
public:
    explicit Program(std::vector<std::string> words) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
        child_ = fork();
        if (child_ == 0) {
            ::dup2(ends[1], 1);
            std::vector<char*> arguments;
            for (auto& word : words) arguments.push_back(word.data());
            arguments.push_back(nullptr);
            execvp(arguments[0], arguments.data());
            _exit(127);
        }
        ::close(ends[1]);
        for (char byte = 0; ::read(ends[0], &byte, 1) == 1 && byte != '\n';) line_ += byte;
        ::close(ends[0]);
    }
    ~Program() {
        ::kill(child_, SIGTERM);
        ::waitpid(child_, nullptr, 0);
    }
    Program(const Program&) = delete;
    const std::string& line() const { return line_; }

private:
    pid_t child_ = -1;
    std::string line_;
};

class Witnessed : public LedgerTest {
protected:
    // The program beside this test.
    static std::string chilang() {
        return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "chilang";
    }
    void start_witness() {
        const auto key = read_file(folder_.path / "public.key").value_or("");
        witness_ = std::make_unique<Program>(std::vector<std::string>{
            chilang(), "witness", "--port", std::to_string(port_), "--folder", memory_.path,
            "--name", "thanh-tra", "--log-key", key});
        // "Nhân chứng đang chạy tại cổng 40001, khóa thanh-tra+…"
        std::istringstream line(witness_->line());
        std::string word;
        while (line >> word && word != "cổng") {
        }
        line >> port_;
        line >> word >> word >> witness_key_;
        ASSERT_GT(port_, 0) << witness_->line();
    }
    Ledger::Options options() {
        return {.witnesses = {"http://127.0.0.1:" + std::to_string(port_)},
                .witness_keys = {witness_key_},
                .witness_ms = 20};
    }
    // Waits, at most ten seconds.
    template <class Condition>
    static bool until(Condition condition) {
        for (int i = 0; i < 1000; ++i) {
            if (condition()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }
    // Gives the stopped witness another memory and starts it again.
    void remember(const std::string& seen) {
        witness_.reset();
        write_durably(memory_.path / "seen", seen);
        start_witness();
    }

    TestFolder memory_;
    int port_ = 0;
    std::string witness_key_;
    std::unique_ptr<Program> witness_;
};

TEST_F(Witnessed, ReceiptsCarryTheCosignatureAndAPolicyCanDemandIt) {
    open();
    start_witness();
    auto ledger = open(options());
    ledger->start();
    Head head;
    const Id id = say(*ledger, "test/a", 300, head);
    ASSERT_TRUE(ledger->settle(10'000));
    ASSERT_TRUE(until([&] { return ledger->cosigned().size == 300; }));
    const auto receipt = proof(*ledger, id);
    const Policy demanding{ledger->public_key(), {witness_key_}, 1};
    const auto report = verify_receipt(receipt, demanding);
    EXPECT_EQ(report.findings, Findings{});
    ASSERT_EQ(report.witnesses.size(), 1u);
    EXPECT_EQ(report.witnesses[0].name, "thanh-tra");
    // What is newer than the last cosignature is proven by the log alone, and the policy says so.
    witness_.reset();
    const Id newer = say(*ledger, "test/a", 30, head);
    ASSERT_TRUE(ledger->settle(10'000));
    EXPECT_EQ(verify_receipt(proof(*ledger, newer), ledger->policy()).findings, Findings{});
    EXPECT_TRUE(
        says(verify_receipt(proof(*ledger, newer), demanding).findings, "Cần 1 nhân chứng"));
    // The old checkpoint's partial tiles are there as long as receipts lean on it.
    for (int i = 0; i < 20; ++i) {
        say(*ledger, "test/a", 1, head);
        ASSERT_TRUE(ledger->settle(10'000));
    }
    EXPECT_EQ(verify_receipt(proof(*ledger, id), demanding).findings, Findings{});
    ledger.reset();
    auto again = open();
    EXPECT_EQ(verify_receipt(proof(*again, id), demanding).findings, Findings{})
        << "after a restart";
    TestFolder mirror;
    export_mirror(folder_.path, mirror.path);
    EXPECT_EQ(verify_mirror(mirror.path, demanding), Findings{});
}

TEST_F(Witnessed, SignaturesOfUnknownKeysDoNotCount) {
    open();
    start_witness();
    auto options = this->options();
    TestFolder elsewhere;
    options.witness_keys = {
        SigningKey::open(elsewhere.path / "key", "thanh-tra", KeyType::cosignature)
            .verifier()
            .text()};
    auto ledger = open(options);
    ledger->start();
    Head head;
    say(*ledger, "test/a", 3, head);
    ASSERT_TRUE(ledger->settle(10'000));
    ASSERT_TRUE(until([&] {
        return read_file(memory_.path / "seen").value_or("").find(" 3 ") != std::string::npos;
    }));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(ledger->cosigned().size, 0);
}

TEST_F(Witnessed, AWitnessAheadHaltsSealingUntilAnOperatorActs) {
    open();
    start_witness();
    auto ledger = open(options());
    ledger->start();
    Head head;
    const Id id = say(*ledger, "test/a", 10, head);
    ASSERT_TRUE(ledger->settle(10'000));
    ASSERT_TRUE(until([&] { return ledger->cosigned().size == 10; }));
    const auto memory = *read_file(memory_.path / "seen");
    const std::string origin = "chilang.langson/2026";
    remember(origin + " 1000 " + to_base64(view(merkle::leaf_hash("x"))) + "\n");
    ASSERT_TRUE(until([&] { return !ledger->trouble().empty(); }));
    EXPECT_TRUE(says({ledger->trouble()}, "1000")) << ledger->trouble();
    // Commands go on being committed; nothing is sealed; what was sealed stays provable.
    say(*ledger, "test/a", 5, head);
    EXPECT_FALSE(ledger->settle(1500));
    EXPECT_EQ(ledger->size(), 10);
    EXPECT_EQ(verify_receipt(proof(*ledger, id), ledger->policy()).findings, Findings{});
    // A restart changes nothing about it.
    ledger.reset();
    ledger = open(options());
    ledger->start();
    EXPECT_FALSE(ledger->settle(1500));
    EXPECT_FALSE(ledger->trouble().empty());
    EXPECT_EQ(ledger->size(), 10);
    // Letting it go on without mending the cause halts it again, before long.
    std::filesystem::remove(folder_.path / "halted");
    ASSERT_TRUE(until([&] { return std::filesystem::exists(folder_.path / "halted"); }));
    // The witness was wrong here; mended, the five that waited are sealed in their order.
    remember(memory);
    std::filesystem::remove(folder_.path / "halted");
    ASSERT_TRUE(until([&] { return ledger->trouble().empty() && ledger->size() == 15; }));
    ASSERT_TRUE(until([&] { return ledger->cosigned().size == 15; }));
    EXPECT_EQ(verify(), Findings{});
}

TEST_F(Witnessed, AForkHaltsSealingToo) {
    open();
    start_witness();
    auto ledger = open(options());
    ledger->start();
    Head head;
    say(*ledger, "test/a", 10, head);
    ASSERT_TRUE(ledger->settle(10'000));
    for (const std::string size : {"10", "7"}) {  // 409 at the same size, 422 below it
        remember("chilang.langson/2026 " + size + " " + to_base64(view(merkle::leaf_hash("x"))) +
                 "\n");
        ASSERT_TRUE(until([&] { return !ledger->trouble().empty(); })) << size;
        EXPECT_TRUE(says({ledger->trouble()}, "lịch sử khác")) << ledger->trouble();
        witness_.reset();
        std::filesystem::remove(folder_.path / "halted");
        ASSERT_TRUE(until([&] { return ledger->trouble().empty(); }));
    }
}

TEST_F(Witnessed, AStartIsRefusedWhileAWitnessIsAhead) {
    open();
    start_witness();
    remember("chilang.langson/2026 1000 " + to_base64(view(merkle::leaf_hash("x"))) + "\n");
    auto ledger = open(options());
    ledger->start();  // an empty ledger has nothing to be cosigned
    Head head;
    say(*ledger, "test/a", 1, head);
    ASSERT_TRUE(until([&] { return !ledger->trouble().empty(); }));
    ledger.reset();
    std::filesystem::remove(folder_.path / "halted");
    auto refused = open(options());
    EXPECT_ANY_THROW(refused->start());
}

TEST_F(Witnessed, AWitnessThatIsGoneOrTalksNonsenseStopsNothing) {
    auto ledger = open({.witnesses = {"http://127.0.0.1:1", "not a url"}, .witness_ms = 20});
    ledger->start();
    Head head;
    say(*ledger, "test/a", 3, head);
    EXPECT_TRUE(ledger->settle(10'000));
    EXPECT_EQ(ledger->trouble(), "");
    EXPECT_EQ(ledger->cosigned().size, 0);
}

TEST_F(Witnessed, TheProcessAnswersInTheProtocolsStatusCodes) {
    auto ledger = open();
    ledger->start();
    Head head;
    say(*ledger, "test/a", 3, head);
    ASSERT_TRUE(ledger->settle(10'000));
    start_witness();
    const auto url = "http://127.0.0.1:" + std::to_string(port_) + "/add-checkpoint";
    const auto note = ledger->checkpoint().note;
    EXPECT_EQ(http_post(url, "x").status, 400);
    EXPECT_EQ(http_post(url, "old 0\n\nx" + note).status, 404);
    auto forged = note;
    forged.replace(forged.find("\n3\n"), 3, "\n4\n");
    EXPECT_EQ(http_post(url, "old 0\n\n" + forged).status, 403);
    EXPECT_EQ(http_post(url, "old 0\n\n" + note).status, 200);
    const auto conflict = http_post(url, "old 0\n\n" + note);
    EXPECT_EQ(conflict.status, 409);
    EXPECT_EQ(conflict.body, "3\n");
    const auto key =
        SigningKey::open(folder_.path / "note.key", "chilang.langson/2026", KeyType::note);
    const auto fork = sign_note(note_body("chilang.langson/2026", 5, merkle::leaf_hash("x")), key);
    EXPECT_EQ(http_post(url, "old 3\n\n" + fork).status, 422);
    EXPECT_EQ(http_post(url, "old 3\n\n" + note).status, 200);
}

TEST_F(Witnessed, AMonitorTellsGrowthAndAForkAndAShrunkLedger) {
    TestFolder web;
    const auto published = web.path / "ledger";
    auto ledger = open();
    ledger->start();
    Head head;
    const auto grow = [&](int count) {
        say(*ledger, "test/a", count, head);
        EXPECT_TRUE(ledger->settle(10'000));
        export_mirror(folder_.path, published);
    };
    grow(10);
    const Program server({"python3", "-u", "-c",
                          "import http.server,sys,functools\n"
                          "s=http.server.ThreadingHTTPServer(('127.0.0.1',0),functools.partial("
                          "http.server.SimpleHTTPRequestHandler,directory=sys.argv[1]))\n"
                          "print(s.server_port)\ns.serve_forever()",
                          web.path});
    const auto url = "http://127.0.0.1:" + server.line();
    const auto state = web.path / "state";
    std::ostringstream out;
    const auto watch = [&] {
        return verify_command(
            std::vector<std::string>{"monitor", url, "--key", ledger->public_key(), "--state",
                                     state, "--every", "1", "--for", "1"},
            out);
    };
    EXPECT_EQ(watch(), 0);
    grow(300);
    EXPECT_EQ(watch(), 0);
    EXPECT_NE(out.str().find("nối tiếp đúng"), std::string::npos) << out.str();
    const auto honest = *read_file(published / "checkpoint");
    const auto key =
        SigningKey::open(folder_.path / "note.key", "chilang.langson/2026", KeyType::note);
    for (const auto& [size, said] : {std::pair{310, "hai gốc"}, {20, "ngắn lại"}}) {
        write_durably(
            published / "checkpoint",
            sign_note(note_body("chilang.langson/2026", size, merkle::leaf_hash("x")), key));
        EXPECT_EQ(watch(), 1);
        EXPECT_NE(out.str().find(said), std::string::npos) << out.str();
    }
    write_durably(published / "checkpoint", honest);
    EXPECT_EQ(watch(), 0);
    EXPECT_EQ(
        verify_command(std::vector<std::string>{"monitor", url, "--key", ledger->public_key(),
                                                "--state", state, "--every", "1", "--stall", "0"},
                       out),
        1);
    EXPECT_NE(out.str().find("đứng lại"), std::string::npos) << out.str();
}

}  // namespace
}  // namespace chilang::ledger
