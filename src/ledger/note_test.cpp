// Notes, cosignatures, keys and the policy over them: what is right, and that nothing else is read.
#include "ledger/note.hpp"

#include "ledger/policy.hpp"
#include "ledger/proof.hpp"
#include "ledger/testing.hpp"

namespace chilang::ledger {
namespace {

class Notes : public ::testing::Test {
protected:
    SigningKey witness(const std::string& name) {
        return SigningKey::open(folder_.path / name, name, KeyType::cosignature);
    }
    TestFolder folder_;
    SigningKey log_ = SigningKey::open(folder_.path / "log", "so-cai/2026", KeyType::note);
    std::string body_ = note_body("so-cai/2026", 42, merkle::leaf_hash("root"));
    std::string note_ = sign_note(body_, log_);
};

TEST_F(Notes, AreReadBackAsTheyWereSigned) {
    const auto note = parse_note(note_);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->origin, "so-cai/2026");
    EXPECT_EQ(note->size, 42);
    EXPECT_EQ(note->root, merkle::leaf_hash("root"));
    EXPECT_TRUE(signed_by(*note, log_.verifier()));
}

TEST_F(Notes, AreRefusedWhenMalformed) {
    const std::string root = to_base64(view(merkle::leaf_hash("root")));
    const std::string line = note_.substr(note_.find("\n\n") + 2);
    for (const auto& bad : {std::string{},
                            std::string("\n\n"),
                            body_,
                            body_ + "\n",
                            body_ + line,
                            "so-cai/2026\n42\n\n" + line,
                            "\n42\n" + root + "\n\n" + line,
                            "so-cai/2026\n042\n" + root + "\n\n" + line,
                            "so-cai/2026\n-1\n" + root + "\n\n" + line,
                            "so-cai/2026\n+42\n" + root + "\n\n" + line,
                            "so-cai/2026\n42 \n" + root + "\n\n" + line,
                            "so-cai/2026\n99999999999999999999\n" + root + "\n\n" + line,
                            "so-cai/2026\n42\n" + root.substr(4) + "\n\n" + line,
                            "so-cai/2026\n42\nkhông phải base64\n\n" + line,
                            note_.substr(0, note_.size() - 1),
                            note_ + "\n",
                            note_ + "- so-cai/2026 AAAAAAAA\n",
                            note_ + "\xE2\x80\x94 so-cai/2026\n",
                            note_ + "\xE2\x80\x94  AAAAAAAA\n",
                            note_ + "\xE2\x80\x94 so-cai/2026 AAAA\n",
                            note_ + "\xE2\x80\x94 so-cai/2026 ????????\n",
                            note_ + std::string(65536, 'A')})
        EXPECT_FALSE(parse_note(bad)) << bad;
}

TEST_F(Notes, WithAnyByteChangedAreNotSigned) {
    for (std::size_t i = 0; i < body_.size(); ++i) {
        std::string changed = note_;
        changed[i] ^= 1;
        const auto note = parse_note(changed);
        EXPECT_FALSE(note && signed_by(*note, log_.verifier())) << "byte " << i;
    }
}

TEST_F(Notes, CarryCosignaturesThatBindTheirTime) {
    const auto key = witness("thanh-tra");
    const Instant at = from_microseconds(1'700'000'000'123'456);
    const auto note = parse_note(note_ + cosign(body_, key, at));
    ASSERT_TRUE(note);
    EXPECT_EQ(cosigned_at(*note, key.verifier()), from_microseconds(1'700'000'000'000'000));
    EXPECT_FALSE(cosigned_at(*note, witness("khac").verifier()));
    for (std::size_t i = 0; i < note->signatures[1].signature.size(); ++i) {
        Note changed = *note;
        changed.signatures[1].signature[i] ^= 1;
        EXPECT_FALSE(cosigned_at(changed, key.verifier())) << "byte " << i;
    }
    for (const std::size_t length : {0u, 64u, 71u, 73u}) {
        Note changed = *note;
        changed.signatures[1].signature.resize(length);
        EXPECT_FALSE(cosigned_at(changed, key.verifier())) << length << " bytes";
    }
}

TEST_F(Notes, KeysAreRefusedWhenMalformed) {
    const std::string good = log_.verifier().text();
    ASSERT_TRUE(VerifierKey::parse(good));
    std::string other_id = good;
    other_id[other_id.find('+') + 1] ^= 1;
    for (const auto& bad : {std::string{}, std::string("+"), std::string("++"), other_id,
                            good.substr(0, good.size() - 4), "x" + good, good + "AAAA",
                            std::string("so cai") + good.substr(good.find('+'))})
        EXPECT_FALSE(VerifierKey::parse(bad)) << bad;
}

TEST_F(Notes, APolicyCountsDifferentWitnessesWithRightSignatures) {
    const auto one = witness("mot"), two = witness("hai"), three = witness("ba");
    const Instant at = Clock().now();
    const auto note = parse_note(note_ + cosign(body_, one, at) + cosign(body_, two, at));
    ASSERT_TRUE(note);
    const auto key = [](const SigningKey& signer) { return signer.verifier().text(); };
    Policy policy{key(log_), {key(one), key(two), key(three)}, 2};
    auto report = check_note(*note, policy);
    EXPECT_EQ(report.findings, Findings{});
    ASSERT_EQ(report.witnesses.size(), 2u);
    EXPECT_EQ(report.witnesses[0].name, "mot");
    EXPECT_EQ(report.witnesses[1].name, "hai");
    policy.quorum = 3;
    EXPECT_TRUE(says(check_note(*note, policy).findings, "Cần 3 nhân chứng"));
    EXPECT_TRUE(
        says(check_note(*note, {key(log_), {key(one), key(one)}, 2}).findings, "Cần 2 nhân chứng"))
        << "one key counted twice";
    report = check_note(*note, {key(log_), {key(one)}, 1});
    EXPECT_EQ(report.findings, Findings{});
    EXPECT_EQ(report.strangers, std::vector<std::string>{"hai"});
    const auto forged = parse_note(note_ + cosign("khac\n42\nAAAA\n", one, at));
    ASSERT_TRUE(forged);
    EXPECT_TRUE(says(check_note(*forged, {key(log_), {key(one)}, 0}).findings, "mot"));
    EXPECT_FALSE(check_note(*note, {key(one), {}, 0}).findings.empty()) << "a witness is no log";
    EXPECT_FALSE(check_note(*note, {key(log_), {"x"}, 0}).findings.empty());
}

TEST_F(Notes, ProofsAreRefusedWhenMalformed) {
    const TlogProof proof{"extra", 7, {merkle::leaf_hash("a"), merkle::leaf_hash("b")}, note_};
    const std::string good = write_proof(proof);
    ASSERT_TRUE(parse_proof(good));
    const auto replaced = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    for (const auto& bad :
         {std::string{}, replaced("@v1", "@v2"), replaced("index 7", "index -7"),
          replaced("index 7", "index 07"), replaced("index 7\n", ""), replaced("index 7", "index"),
          replaced("extra ", "extra !"), replaced("index 7\n", "index 7\nAAAA\n"),
          replaced("\n\n", "\n"), std::string(1 << 21, 'A')})
        EXPECT_FALSE(parse_proof(bad)) << bad.substr(0, 200);
    TlogProof longest = proof;
    longest.hashes.resize(64);
    EXPECT_FALSE(parse_proof(write_proof(longest)));
}

}  // namespace
}  // namespace chilang::ledger
