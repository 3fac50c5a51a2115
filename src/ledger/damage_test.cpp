// What time, accident and hands do to a ledger: each is found, and named.
#include "ledger/proof.hpp"
#include "ledger/testing.hpp"
#include "ledger/tile_reader.hpp"

#include "base/json.hpp"

#include <functional>
#include <sstream>

namespace chilang::ledger {
namespace {

namespace fs = std::filesystem;

class Damage : public LedgerTest {
protected:
    // Seals `count` events of one stream and closes the ledger; the ids.
    std::vector<Id> seal(int count) {
        auto ledger = open();
        ledger->start();
        Head head;
        std::vector<Id> ids;
        for (int i = 0; i < count; ++i) ids.push_back(say(*ledger, "test/a", 1, head));
        EXPECT_TRUE(ledger->settle(10'000));
        return ids;
    }
    void erase(int index, const std::string& version_byte = "\\x03") {
        const std::string covered =
            version_byte == "\\x02"
                ? ""
                : " || int8send(length(convert_to(stream, 'UTF8'))) || convert_to(stream, 'UTF8')"
                  " || int8send(length(convert_to(actor, 'UTF8'))) || convert_to(actor, 'UTF8')";
        sql("UPDATE ledger.event SET payload = NULL, salt = NULL, commitment = sha256('" +
            version_byte + "'::bytea || salt" + covered +
            " || convert_to(payload, 'UTF8')) WHERE idx = " + std::to_string(index));
    }
};

void flip(const fs::path& file, std::size_t at) {
    auto bytes = read_file(file);
    ASSERT_TRUE(bytes) << file;
    (*bytes)[at % bytes->size()] ^= 1 << at % 8;
    write_durably(file, *bytes);
}

TEST_F(Damage, APartialTileThatWasForgottenIsReadFromAWiderOne) {
    seal(300);
    const auto partial = tile_path(0, 1, 44), entries = tile_path(entries_level, 1, 44);
    const auto hashes = read_tile(folder_.path, partial), leaves = read_tile(folder_.path, entries);
    ASSERT_TRUE(hashes && leaves);
    TestFolder later;  // holds what a tree of 300 needs only as the beginning of wider files
    for (const auto& [path, bytes] : {std::pair{partial, *hashes}, std::pair{entries, *leaves}}) {
        const auto mark = path.find(".p/");
        write_durably(later.path / (path.substr(0, mark) + ".p/50"), bytes + *leaves);
        EXPECT_EQ(read_tile(later.path, path), bytes) << path;
        fs::remove_all(later.path / (path.substr(0, mark) + ".p"));
        EXPECT_EQ(read_tile(later.path, path), std::nullopt) << path;
        write_durably(later.path / path.substr(0, mark), bytes + *leaves);
        EXPECT_EQ(read_tile(later.path, path), bytes) << path;
    }
    for (const char* wrong : {"tile/0/001.p/0", "tile/0/001.p/300", "tile/0/001.p/x", "tile/0/007"})
        EXPECT_EQ(read_tile(later.path, wrong), std::nullopt) << wrong;
}

TEST_F(Damage, AFlippedBitInEachKindOfFileIsNamed) {
    seal(300);
    TestFolder mirror;
    export_mirror(folder_.path, mirror.path);
    ASSERT_EQ(verify_mirror(mirror.path, {}), Findings{});
    const std::vector<std::pair<std::string, std::string>> files{
        {"tile/entries/000", "tile/0/000"},  // the leaf hash tells which leaf it is
        {"tile/entries/001.p/44", "001.p/44"},
        {"tile/0/000", "tile/0/000"},
        {"tile/0/001.p/44", "tile/0/001.p/44"},
        {"tile/1/000.p/1", "tile/1/000.p/1"},
        {"checkpoint", ""},
        {"public.key", ""}};
    for (const auto& [file, named] : files)
        for (std::size_t at = 3; at < 3000; at += 411) {
            const auto before = *read_file(mirror.path / file);
            flip(mirror.path / file, at);
            const auto findings = verify_mirror(mirror.path, {});
            EXPECT_FALSE(findings.empty()) << file << " at " << at;
            EXPECT_TRUE(says(findings, named)) << file << ": " << findings.front();
            write_durably(mirror.path / file, before);
        }
    fs::remove(mirror.path / "tile/0/000");
    EXPECT_TRUE(says(verify_mirror(mirror.path, {}), "Thiếu tệp tile/0/000"));
}

TEST_F(Damage, ATreeThatIsDamagedAtItsRightEdgeIsNotSealedOn) {
    seal(10);
    flip(folder_.path / "tile/0/000.p/10", 100);
    EXPECT_THROW(open(), std::exception);
}

TEST_F(Damage, AReceiptTellsNothingThatItsLeafDoesNotBind) {
    const auto ids = seal(5);
    auto ledger = open();
    const auto receipt = parse_proof(proof(*ledger, ids[2]));
    ASSERT_TRUE(receipt);
    const auto changed = [&](const std::function<void(ReceiptExtra&)>& change) {
        auto extra = *json::read<ReceiptExtra>(receipt->extra);
        change(extra);
        TlogProof other = *receipt;
        other.extra = json::write(extra);
        return verify_receipt(write_proof(other), ledger->policy());
    };
    const auto whole = changed([](ReceiptExtra&) {});
    EXPECT_EQ(whole.findings, Findings{});
    EXPECT_EQ(whole.kind, "Đã nói");
    EXPECT_EQ(whole.stream, "test/a");
    EXPECT_EQ(whole.actor, "system");
    EXPECT_EQ(whole.index, 2);
    using Extra = ReceiptExtra;
    EXPECT_TRUE(says(changed([](Extra& e) { e.kind = "whispered"; }).findings, "Đã nói"));
    EXPECT_TRUE(says(changed([](Extra& e) { e.kind = "invented"; }).findings, "Đã nói"));
    EXPECT_TRUE(says(changed([](Extra& e) { e.stream = "test/b"; }).findings, "hồ sơ"));
    EXPECT_TRUE(says(changed([](Extra& e) { e.actor = "citizen"; }).findings, "người thực hiện"));
    // Bytes do not move from one field into the next.
    EXPECT_FALSE(changed([](Extra& e) {
                     e.stream = "test/as";
                     e.actor = "ystem";
                 }).findings.empty());
    EXPECT_TRUE(says(changed([](Extra& e) { e.payload->back() = ' '; }).findings, "đã bị sửa"));
    EXPECT_TRUE(says(changed([](Extra& e) { e.salt->bytes[0] ^= 1; }).findings, "đã bị sửa"));
    EXPECT_TRUE(says(changed([](Extra& e) { e.salt.reset(); }).findings, "thiếu muối"));
    EXPECT_TRUE(says(changed([](Extra& e) { e.leaf[150] ^= 1; }).findings, "không nằm trong cây"));
    const auto erased = changed([](Extra& e) {
        e.salt.reset();
        e.payload.reset();
    });
    EXPECT_TRUE(erased.erased);
    EXPECT_EQ(erased.stream, "") << "told, but nobody could check it";
}

TEST_F(Damage, LeavesOfVersion1StayVerifiableAndOnlyTheirContentIsBound) {
    auto ledger = open();
    ledger->start();
    Head head;
    const Event old = old_event(head, "test/a", ledger->stream_key());
    commit(old);
    const Id next = say(*ledger, "test/a", 1, head);
    ASSERT_TRUE(ledger->settle(10'000));
    ledger->stop();
    EXPECT_EQ(verify(), Findings{});
    const auto report = verify_receipt(proof(*ledger, old.id), ledger->policy());
    EXPECT_EQ(report.findings, Findings{});
    EXPECT_EQ(report.payload, old.payload);
    EXPECT_EQ(report.stream, "");
    EXPECT_EQ(verify_receipt(proof(*ledger, next), ledger->policy()).stream, "test/a");
    auto connection = database_.pool().lease();
    EXPECT_EQ(verify_history(export_stream(*connection, folder_.path, "test/a"), ledger->policy()),
              Findings{});
    erase(0, "\\x02");
    EXPECT_EQ(verify(), Findings{});
}

TEST_F(Damage, ALawfulErasureLeavesTreeRowsAndReceiptsProvable) {
    const auto ids = seal(10);
    const auto before = read_file(folder_.path / "checkpoint");
    erase(4);
    EXPECT_EQ(verify(), Findings{});
    EXPECT_EQ(read_file(folder_.path / "checkpoint"), before);
    auto ledger = open();
    const auto report = verify_receipt(proof(*ledger, ids[4]), ledger->policy());
    EXPECT_EQ(report.findings, Findings{});
    EXPECT_TRUE(report.erased);
    EXPECT_EQ(report.payload, "");
    auto connection = database_.pool().lease();
    EXPECT_EQ(verify_history(export_stream(*connection, folder_.path, "test/a"), ledger->policy()),
              Findings{});
    std::vector<Sealed> seen = ledger->read(*connection, 0, 100);
    ASSERT_EQ(seen.size(), 10u);
    EXPECT_EQ(seen[4].event.payload, "");
    EXPECT_TRUE(seen[4].erased);
}

TEST_F(Damage, NothingButAWholeErasureIsLet) {
    seal(3);
    for (const std::string change :
         {"payload = NULL", "payload = NULL, salt = NULL", "commitment = sha256('x')",
          "payload = NULL, salt = NULL, commitment = sha256('x')", "actor = 'citizen'",
          "leaf = prev"})
        EXPECT_THROW(sql("UPDATE ledger.event SET " + change + " WHERE idx = 1"), db::Error)
            << change;
    EXPECT_THROW(sql("DELETE FROM ledger.event"), db::Error);
    EXPECT_THROW(sql("TRUNCATE ledger.event"), db::Error);
    erase(1);
    EXPECT_THROW(sql("UPDATE ledger.event SET commitment = sha256('x') WHERE idx = 1"), db::Error);
    EXPECT_EQ(verify(), Findings{});
}

TEST_F(Damage, AnErasureWithAFalseCommitmentIsNamed) {
    seal(3);
    sql("ALTER TABLE ledger.event DISABLE TRIGGER ALL;"
        "UPDATE ledger.event SET payload = NULL, salt = NULL, commitment = sha256('x') WHERE idx = "
        "1");
    EXPECT_TRUE(says(verify(), "Sự kiện số 1"));
}

TEST_F(Damage, LostTilesAreRebuiltFromRowsAlsoAfterAnErasure) {
    seal(300);
    erase(7);
    const auto tile = read_file(folder_.path / "tile/0/000");
    const auto entries = read_file(folder_.path / "tile/entries/000");
    fs::remove_all(folder_.path / "tile");
    auto ledger = open();
    EXPECT_EQ(read_file(folder_.path / "tile/0/000"), tile);
    EXPECT_EQ(read_file(folder_.path / "tile/entries/000"), entries);
    EXPECT_EQ(verify_mirror(folder_.path, {}), Findings{});
}

TEST_F(Damage, LostTilesAreNotRebuiltFromChangedRows) {
    seal(20);
    sql("ALTER TABLE ledger.event DISABLE TRIGGER ALL;"
        "UPDATE ledger.event SET payload = '{\"word\":\"khác\"}' WHERE idx = 4");
    fs::remove_all(folder_.path / "tile");
    try {
        open();
        FAIL() << "tiles were made from a changed row";
    } catch (const std::exception& error) {
        EXPECT_TRUE(says({error.what()}, "đã bị sửa")) << error.what();
    }
}

TEST_F(Damage, EachEditedColumnOfARowIsNamed) {
    seal(4);
    const std::vector<std::pair<std::string, std::string>> edits{
        {"kind = 251", "loại sự kiện"},           {"at = at + interval '1 day'", "thời điểm"},
        {"stream = 'test/b'", "hồ sơ"},           {"seq = 9", "số thứ tự"},
        {"actor = 'citizen'", "người thực hiện"}, {"payload = '{}'", "nội dung"},
        {"salt = sha256('x')", "nội dung"},       {"prev = sha256('x')", "mã băm sự kiện trước"},
        {"leaf = sha256('x')", "mã băm của lá"}};
    for (const auto& [edit, named] : edits) {
        sql("ALTER TABLE ledger.event DISABLE TRIGGER ALL;"
            "CREATE TEMP TABLE kept AS SELECT * FROM ledger.event WHERE idx = 2;"
            "UPDATE ledger.event SET " +
            edit + " WHERE idx = 2");
        const auto findings = verify();
        EXPECT_TRUE(says(findings, "Sự kiện số 2") && says(findings, named)) << edit;
        sql("DELETE FROM ledger.event WHERE idx = 2;"
            "INSERT INTO ledger.event SELECT * FROM kept; DROP TABLE kept");
        EXPECT_EQ(verify(), Findings{});
    }
}

TEST_F(Damage, AHistoryWithAStepDroppedInsertedOrSwappedIsNamed) {
    seal(6);
    auto ledger = open();
    auto connection = database_.pool().lease();
    const auto text = export_stream(*connection, folder_.path, "test/a");
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
    ASSERT_EQ(lines.size(), 6u);
    const auto check = [&](std::vector<int> order) {
        std::string history;
        for (const int one : order) history += lines[static_cast<std::size_t>(one)];
        return verify_history(history, ledger->policy());
    };
    EXPECT_EQ(check({0, 1, 2, 3, 4, 5}), Findings{});
    EXPECT_TRUE(says(check({0, 1, 3, 4, 5}), "bị bỏ hoặc chèn"));
    EXPECT_TRUE(says(check({0, 1, 1, 2, 3, 4, 5}), "bị bỏ hoặc chèn"));
    EXPECT_TRUE(says(check({0, 2, 1, 3, 4, 5}), "không nối tiếp"));
    EXPECT_TRUE(says(check({1, 2}), "không nối tiếp"));
    EXPECT_FALSE(check({}).empty());
}

TEST_F(Damage, TwoCheckpointsAreConsistentOrAForkIsNamed) {
    seal(300);
    const auto early = *read_file(folder_.path / "checkpoint");
    auto ledger = open();
    ledger->start();
    Head head;
    say(*ledger, "test/b", 70, head);
    ASSERT_TRUE(ledger->settle(10'000));
    ledger->stop();
    const auto late = *read_file(folder_.path / "checkpoint");
    const auto policy = ledger->policy();
    EXPECT_EQ(verify_consistency(early, late, folder_.path, policy), Findings{});
    EXPECT_EQ(verify_consistency(late, early, folder_.path, policy), Findings{});
    const auto key =
        SigningKey::open(folder_.path / "note.key", "chilang.langson/2026", KeyType::note);
    const auto forged = [&](int size) {
        return sign_note(note_body("chilang.langson/2026", size, merkle::leaf_hash("x")), key);
    };
    EXPECT_TRUE(says(verify_consistency(forged(300), late, folder_.path, policy), "rẽ nhánh"));
    EXPECT_TRUE(says(verify_consistency(early, forged(300), folder_.path, policy), "rẽ nhánh"));
    EXPECT_ANY_THROW(verify_consistency(early, forged(400), folder_.path, policy));
    EXPECT_FALSE(verify_consistency(early, "x", folder_.path, policy).empty());
}

TEST_F(Damage, TheCommandAnswers0WhenRight1WithFindings2WhenItCannotCheck) {
    const auto ids = seal(5);
    auto ledger = open();
    const auto good = folder_.path / "good.tlog-proof", bad = folder_.path / "bad.tlog-proof";
    const auto text = proof(*ledger, ids[0]);
    write_durably(good, text);
    auto broken = text;
    broken[text.find("index 0") + 6] = '1';
    write_durably(bad, broken);
    std::ostringstream out;
    const auto run = [&](const std::vector<std::string>& words) {
        out.str("");
        return verify_command(words, out);
    };
    const std::string key = ledger->public_key(), key_file = folder_.path / "public.key";
    EXPECT_EQ(run({"receipt", good, "--key", key}), 0);
    EXPECT_NE(out.str().find("Đã nói"), std::string::npos);
    EXPECT_EQ(run({"receipt", good, "--key-file", key_file}), 0);
    EXPECT_EQ(run({"receipt", bad, "--key", key}), 1);
    EXPECT_EQ(run({"receipt", good}), 1) << "without a key nothing is proven";
    EXPECT_EQ(run({"receipt", folder_.path / "nowhere", "--key", key}), 2);
    EXPECT_EQ(run({"receipt", good, "--key", key, "--quorum", "1"}), 2);
    EXPECT_EQ(run({"receipt", good, "--colour", "red"}), 2);
    EXPECT_EQ(run({"receipt", good, "--key"}), 2);
    EXPECT_EQ(run({"receipt"}), 2);
    EXPECT_EQ(run({"something", good}), 2);
    EXPECT_EQ(run({}), 2);
    EXPECT_EQ(run({"--help"}), 0);
    EXPECT_EQ(run({"mirror", folder_.path}), 0);
    EXPECT_EQ(run({"database", database_.url(), folder_.path}), 0);
    EXPECT_EQ(run({"consistency", folder_.path / "checkpoint", folder_.path / "checkpoint",
                   folder_.path, "--key", key}),
              0);
    EXPECT_EQ(run({"monitor", "http://127.0.0.1:1", "--key", key, "--every", "0"}), 2);
}

TEST_F(Damage, ACourtIsGivenWhatItNeedsToCheckAlone) {
    seal(5);
    auto connection = database_.pool().lease();
    const auto bundle = folder_.path / "court";
    export_bundle(*connection, folder_.path, "test/a", bundle);
    std::ostringstream out;
    EXPECT_EQ(verify_command(std::vector<std::string>{"dossier", bundle / "lich-su.jsonl",
                                                      "--key-file", bundle / "khoa-so-cai.txt"},
                             out),
              0);
    const auto words = *read_file(bundle / "noi-dung.txt");
    EXPECT_NE(words.find("Bước 5, sự kiện số 4: Đã nói"), std::string::npos) << words;
    for (const auto& file : fs::recursive_directory_iterator(bundle))
        EXPECT_EQ(file.path().extension() == ".key", false) << "a secret left the house";
    EXPECT_ANY_THROW(export_bundle(*connection, folder_.path, "test/a", bundle));
}

}  // namespace
}  // namespace chilang::ledger
