// The witness: each answer of its protocol, and that it never forgets what it vouched for.
#include "ledger/witness.hpp"

#include "ledger/merkle.hpp"
#include "ledger/testing.hpp"

#include <fstream>

namespace chilang::ledger {
namespace {

// A log of made-up leaves that can also tell another history.
struct Log {
    explicit Log(const std::filesystem::path& folder, const std::string& name = "so-cai")
        : key(SigningKey::open(folder / (name + ".key"), name, KeyType::note)) {
        for (int i = 0; i < 100; ++i) {
            leaves.push_back(merkle::leaf_hash("leaf " + std::to_string(i)));
            others.push_back(merkle::leaf_hash("other " + std::to_string(i)));
        }
    }
    static Hash root(const std::vector<Hash>& all, int size) {
        return merkle::root(std::span(all).first(static_cast<std::size_t>(size)));
    }
    std::string note(const std::vector<Hash>& all, int size) const {
        return sign_note(note_body(key.verifier().name, size, root(all, size)), key);
    }
    std::string request(const std::vector<Hash>& all, int old_size, int size) const {
        std::string text = "old " + std::to_string(old_size) + "\n";
        const auto node = [&](int height, std::int64_t index) {
            return merkle::root(std::span(all).subspan(static_cast<std::size_t>(index) << height,
                                                       std::size_t{1} << height));
        };
        for (const auto& hash : merkle::consistency(node, old_size, size))
            text += to_base64(view(hash)) + "\n";
        return text + "\n" + note(all, size);
    }
    SigningKey key;
    std::vector<Hash> leaves, others;
};

class WitnessTest : public ::testing::Test {
protected:
    std::unique_ptr<Witness> open() {
        return std::make_unique<Witness>(folder_.path / "witness", "thanh-tra",
                                         std::vector{log_.key.verifier().text()});
    }
    std::string memory() { return read_file(folder_.path / "witness" / "seen").value_or(""); }
    WitnessAnswer ask(Witness& witness, const std::string& body) {
        return witness.add_checkpoint(body, Clock().now());
    }
    TestFolder folder_;
    Log log_{folder_.path};
};

TEST_F(WitnessTest, CosignsWhatExtendsWhatItSawAndTheSignatureIsRight) {
    auto witness = open();
    const auto key = VerifierKey::parse(witness->public_key());
    ASSERT_TRUE(key);
    for (const auto& [old_size, size] : {std::pair{0, 5}, {5, 5}, {5, 64}, {64, 99}}) {
        const auto answer = ask(*witness, log_.request(log_.leaves, old_size, size));
        ASSERT_EQ(answer.status, 200) << answer.body;
        const auto note = parse_note(log_.note(log_.leaves, size) + answer.body);
        ASSERT_TRUE(note);
        EXPECT_TRUE(cosigned_at(*note, *key));
    }
}

TEST_F(WitnessTest, RefusesWhatIsMalformedWith400) {
    auto witness = open();
    const std::string good = log_.request(log_.leaves, 0, 5);
    ASSERT_EQ(ask(*witness, log_.request(log_.leaves, 0, 20)).status, 200);
    const std::string note = log_.note(log_.leaves, 30);
    std::string long_proof = "old 20\n";
    for (int i = 0; i < 64; ++i) long_proof += to_base64(view(log_.leaves[0])) + "\n";
    for (const auto& bad :
         {std::string{}, std::string("old 5"), "old -1\n\n" + note, "old 05\n\n" + note,
          "old 1e1\n\n" + note, "older 5\n\n" + note, "old 20\nAAAA\n\n" + note,
          "old 20\n!!\n\n" + note, long_proof + "\n" + note, std::string("old 20\n\nnot a note\n"),
          "old 31\n\n" + note, std::string("old 20\n\nso-cai\n30\nAAAA\n\n"), "old \n\n" + note,
          "old\n\n" + note, std::string("\n\n")})
        EXPECT_EQ(ask(*witness, bad).status, 400) << bad;
}

TEST_F(WitnessTest, DoesNotServeStrangersWith404AndForgersWith403) {
    auto witness = open();
    const Log stranger(folder_.path, "so-khac");
    EXPECT_EQ(ask(*witness, stranger.request(stranger.leaves, 0, 5)).status, 404);
    TestFolder elsewhere;
    const Log forger(elsewhere.path);  // the same name, another key
    EXPECT_EQ(ask(*witness, forger.request(forger.leaves, 0, 5)).status, 403);
    EXPECT_EQ(memory(), "");
}

TEST_F(WitnessTest, TellsTheSizeItKnowsWith409AndHoldsToIt) {
    auto witness = open();
    ASSERT_EQ(ask(*witness, log_.request(log_.leaves, 0, 20)).status, 200);
    for (const auto& body : {log_.request(log_.leaves, 0, 30), log_.request(log_.leaves, 10, 30),
                             log_.request(log_.leaves, 10, 10)}) {
        const auto answer = ask(*witness, body);
        EXPECT_EQ(answer.status, 409);
        EXPECT_EQ(answer.body, "20\n");
        EXPECT_EQ(answer.type, "text/x.tlog.size");
    }
    EXPECT_EQ(ask(*witness, log_.request(log_.others, 20, 20)).status, 409) << "a fork, same size";
}

TEST_F(WitnessTest, RefusesAnotherHistoryWith422) {
    auto witness = open();
    ASSERT_EQ(ask(*witness, log_.request(log_.leaves, 0, 20)).status, 200);
    const std::string before = memory();
    EXPECT_EQ(ask(*witness, log_.request(log_.others, 20, 30)).status, 422);
    EXPECT_EQ(memory(), before);
    EXPECT_EQ(ask(*witness, log_.request(log_.leaves, 20, 30)).status, 200);
}

TEST_F(WitnessTest, SignsNothingThatItCouldNotWriteDownFirst) {
    auto witness = open();
    ASSERT_EQ(ask(*witness, log_.request(log_.leaves, 0, 20)).status, 200);
    const std::string before = memory();
    const auto blocked = folder_.path / "witness" / "seen.tmp";
    std::filesystem::create_directory(blocked);
    EXPECT_ANY_THROW(ask(*witness, log_.request(log_.leaves, 20, 30)));
    EXPECT_EQ(memory(), before);
    std::filesystem::remove(blocked);
    EXPECT_EQ(ask(*witness, log_.request(log_.leaves, 20, 40)).status, 200)
        << "20 is still its size";
    EXPECT_NE(memory().find(" 40 "), std::string::npos);
}

TEST_F(WitnessTest, RemembersAfterARestart) {
    std::string key;
    {
        auto witness = open();
        key = witness->public_key();
        ASSERT_EQ(ask(*witness, log_.request(log_.leaves, 0, 20)).status, 200);
    }
    auto witness = open();
    EXPECT_EQ(witness->public_key(), key);
    EXPECT_EQ(ask(*witness, log_.request(log_.leaves, 0, 10)).body, "20\n");
    EXPECT_EQ(ask(*witness, log_.request(log_.others, 20, 30)).status, 422);
    EXPECT_EQ(ask(*witness, log_.request(log_.leaves, 20, 30)).status, 200);
}

TEST_F(WitnessTest, DoesNotStartWithADamagedMemory) {
    { ASSERT_EQ(ask(*open(), log_.request(log_.leaves, 0, 20)).status, 200); }
    for (const std::string damaged : {"so-cai 20", "so-cai x AAAA\n", "so-cai 20 AAAA\n"}) {
        write_durably(folder_.path / "witness" / "seen", damaged);
        EXPECT_ANY_THROW(open()) << damaged;
    }
}

}  // namespace
}  // namespace chilang::ledger
