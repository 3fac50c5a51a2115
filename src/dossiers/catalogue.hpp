// The catalogue of procedures in memory: immutable, replaced as a whole, searched without
// diacritics.
//
// 1,810 procedures are two megabytes; a page that shows fifty dossiers asks fifty times. Search
// forgives missing marks and one wrong letter in a word, because people type on phones.
#pragma once

#include "db/db.hpp"
#include "dossiers/model.hpp"

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chilang::dossiers {

class Procedures {
public:
    explicit Procedures(std::vector<Procedure> all);  // any order, all versions

    // The newest version; nullptr when there is none.
    const Procedure* find(std::int64_t id) const;
    const Procedure* find(std::string_view code) const;
    const Procedure* version(std::int64_t id, int version) const;
    // Newest versions, by number.
    std::span<const Procedure* const> newest() const { return newest_; }
    std::vector<std::string> fields() const;  // sorted for people
    // Best first; every word typed must be found, give or take a letter. Empty text: nothing.
    std::vector<const Procedure*> search(std::string_view text, std::size_t limit) const;

private:
    struct Words {
        std::string fold;  // name, code and field
        std::vector<std::string> words;
    };
    std::vector<Procedure> all_;  // by id, then version
    std::vector<const Procedure*> newest_;
    std::vector<Words> words_;  // beside newest_
    std::unordered_map<std::string, const Procedure*> by_code_;
};

class Catalogue {
public:
    Catalogue() : procedures_(std::make_shared<const Procedures>(std::vector<Procedure>{})) {}
    void reload(db::Connection& connection);
    std::shared_ptr<const Procedures> now() const { return procedures_.load(); }

private:
    std::atomic<std::shared_ptr<const Procedures>> procedures_;
};

}  // namespace chilang::dossiers
