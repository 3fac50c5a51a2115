// The tree against the vectors of RFC 6962's reference implementation and against its definition.
#include "ledger/merkle.hpp"

#include "base/sha256.hpp"
#include "ledger/tile_reader.hpp"

#include <gtest/gtest.h>

namespace chilang::ledger {
namespace {

std::vector<Hash> leaves(int count) {
    std::vector<Hash> out;
    for (int i = 0; i < count; ++i) out.push_back(merkle::leaf_hash("leaf " + std::to_string(i)));
    return out;
}

merkle::Node node_of(const std::vector<Hash>& all) {
    return [&all](int height, std::int64_t index) {
        return merkle::root(std::span(all).subspan(static_cast<std::size_t>(index) << height,
                                                   std::size_t{1} << height));
    };
}

TEST(Merkle, KnownRoots) {
    const std::vector<std::string> hex{"",
                                       "00",
                                       "10",
                                       "2021",
                                       "3031",
                                       "40414243",
                                       "5051525354555657",
                                       "606162636465666768696a6b6c6d6e6f"};
    std::vector<Hash> hashes;
    EXPECT_EQ(to_hex(view(merkle::root(hashes))),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (const auto& one : hex) hashes.push_back(merkle::leaf_hash(*from_hex(one)));
    EXPECT_EQ(to_hex(view(merkle::root(std::span(hashes).first(1)))),
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    EXPECT_EQ(to_hex(view(merkle::root(hashes))),
              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(Merkle, InclusionOfEveryLeafAtEverySize) {
    const auto all = leaves(300);
    for (int size = 1; size <= 300; ++size) {
        const auto root = merkle::root(std::span(all).first(static_cast<std::size_t>(size)));
        for (int index = 0; index < size; index += size < 40 ? 1 : 7) {
            auto proof = merkle::inclusion(node_of(all), index, size);
            ASSERT_TRUE(merkle::verify_inclusion(all[index], index, size, proof, root));
            ASSERT_FALSE(merkle::verify_inclusion(all[index], index + 1, size, proof, root) &&
                         size > 1);
            proof.push_back(root);
            ASSERT_FALSE(merkle::verify_inclusion(all[index], index, size, proof, root));
        }
    }
}

TEST(Merkle, ConsistencyOfEveryPairOfSizes) {
    const auto all = leaves(130);
    const auto root = [&](int n) {
        return merkle::root(std::span(all).first(static_cast<std::size_t>(n)));
    };
    for (int size = 0; size <= 130; ++size)
        for (int old = 0; old <= size; ++old) {
            auto proof = merkle::consistency(node_of(all), old, size);
            ASSERT_TRUE(merkle::verify_consistency(old, root(old), size, root(size), proof))
                << old << " " << size;
            if (old > 0 && old < size) {
                ASSERT_FALSE(
                    merkle::verify_consistency(old, root(old - 1), size, root(size), proof));
                proof[0].bytes[0] ^= 1;
                ASSERT_FALSE(merkle::verify_consistency(old, root(old), size, root(size), proof));
            }
        }
}

TEST(Tiles, GrowToTheNaiveTreeWhateverTheBatches) {
    std::vector<std::string> entries;
    std::vector<Hash> all;
    for (int i = 0; i < 1500; ++i) {
        entries.push_back("leaf " + std::to_string(i));
        all.push_back(merkle::leaf_hash(entries.back()));
    }
    const auto folder =
        std::filesystem::temp_directory_path() / ("tiles-" + to_hex(random_bytes(6)));
    Tree tree;
    std::size_t step = 1;
    for (std::size_t from = 0; from < entries.size(); from += step, step = step * 5 % 311 + 1) {
        step = std::min(step, entries.size() - from);
        for (const auto& file : tree.append(std::span(entries).subspan(from, step),
                                            std::span(all).subspan(from, step)))
            write_durably(folder / file.path, file.bytes);
        const auto expected = merkle::root(std::span(all).first(from + step));
        ASSERT_EQ(tree.root(), expected);
        ASSERT_EQ(Tree::load(folder, tree.size()).root(), expected);
        ASSERT_EQ(TileReader(folder, tree.size()).root(), expected);
    }
    EXPECT_EQ(TileReader(folder, 1500).entry(777), "leaf 777");
    std::filesystem::remove_all(folder);
}

TEST(Tiles, PathsAreGroupedInThrees) {
    EXPECT_EQ(tile_path(0, 1234067), "tile/0/x001/x234/067");
    EXPECT_EQ(tile_path(entries_level, 5, 17), "tile/entries/005.p/17");
}

}  // namespace
}  // namespace chilang::ledger
