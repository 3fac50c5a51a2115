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

inline bool in_force(const Procedure& procedure, Date on) {
    return procedure.published && procedure.valid_from <= on &&
           (!procedure.valid_to || on < *procedure.valid_to);
}

class Procedures {
public:
    // Any order, all versions; `today` decides which version of each is in force.
    Procedures(std::vector<Procedure> all, Date today);

    // The version in force; nullptr when the procedure is not offered today.
    const Procedure* find(std::int64_t id) const;
    const Procedure* find(std::string_view code) const;
    // Any version, also of the past and drafts.
    const Procedure* version(std::int64_t id, int version) const;
    std::span<const Procedure> versions(std::int64_t id) const;
    std::span<const Procedure> all() const { return all_; }  // by number, then version
    // Versions in force, by number.
    std::span<const Procedure* const> in_force() const { return in_force_; }
    std::vector<std::string> fields() const;  // of all versions, sorted for people
    // Best first; every word typed must be found, give or take a letter. Empty text: nothing.
    std::vector<const Procedure*> search(std::string_view text, std::size_t limit) const;

private:
    struct Words {
        std::string fold;  // name, code and field
        std::vector<std::string> words;
    };
    std::vector<Procedure> all_;  // by id, then version
    std::vector<const Procedure*> in_force_;
    std::vector<Words> words_;  // beside in_force_
    std::unordered_map<std::string, const Procedure*> by_code_;
};

class Catalogue {
public:
    Catalogue()
        : procedures_(std::make_shared<const Procedures>(std::vector<Procedure>{}, Date{})) {}
    void reload(db::Connection& connection, Date today);
    std::shared_ptr<const Procedures> now() const { return procedures_.load(); }

private:
    std::atomic<std::shared_ptr<const Procedures>> procedures_;
};

}  // namespace chilang::dossiers
