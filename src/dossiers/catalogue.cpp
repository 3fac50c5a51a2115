#include "dossiers/catalogue.hpp"

#include "base/text.hpp"
#include "dossiers/store.hpp"

#include <algorithm>
#include <tuple>

namespace chilang::dossiers {

namespace {

// One letter changed, missing, added, or two neighbours swapped.
bool nearly(std::string_view typed, std::string_view word) {
    if (typed.size() < 4) return false;  // short words are too alike
    if (typed.size() > word.size() + 1 || word.size() > typed.size() + 1) return false;
    std::size_t i = 0;
    while (i < typed.size() && i < word.size() && typed[i] == word[i]) ++i;
    const auto rest = [&](std::size_t a, std::size_t b) {
        return a <= typed.size() && b <= word.size() && typed.substr(a) == word.substr(b);
    };
    if (rest(i + 1, i + 1) || rest(i + 1, i) || rest(i, i + 1)) return true;
    return i + 1 < typed.size() && i + 1 < word.size() && typed[i] == word[i + 1] &&
           typed[i + 1] == word[i] && rest(i + 2, i + 2);
}

// 3: the word itself, 2: its beginning, 1: nearly the word, 0: not found.
int match(std::string_view typed, const std::vector<std::string>& words) {
    int best = 0;
    for (const std::string& word : words) {
        if (word == typed) return 3;
        if (word.starts_with(typed))
            best = 2;
        else if (best == 0 && nearly(typed, word))
            best = 1;
    }
    return best;
}

}  // namespace

Procedures::Procedures(std::vector<Procedure> all, Date today) : all_(std::move(all)) {
    std::ranges::sort(all_, {}, [](const Procedure& p) { return std::tuple(p.id, p.version); });
    for (const Procedure& p : all_) {
        if (!dossiers::in_force(p, today)) continue;
        if (!in_force_.empty() && in_force_.back()->id == p.id) in_force_.pop_back();
        in_force_.push_back(&p);
    }
    words_.reserve(in_force_.size());
    for (const Procedure* p : in_force_) {
        std::string fold = text::fold(p->name + ' ' + p->code + ' ' + p->field);
        auto words = text::words(fold);
        words.push_back(p->code);
        words_.push_back({std::move(fold), std::move(words)});
        by_code_[p->code] = p;
    }
}

const Procedure* Procedures::find(std::int64_t id) const {
    const auto at = std::ranges::lower_bound(in_force_, id, {}, &Procedure::id);
    return at != in_force_.end() && (*at)->id == id ? *at : nullptr;
}

const Procedure* Procedures::find(std::string_view code) const {
    const auto at = by_code_.find(std::string(code));
    return at == by_code_.end() ? nullptr : at->second;
}

const Procedure* Procedures::version(std::int64_t id, int version) const {
    const auto at =
        std::ranges::lower_bound(all_, std::tuple(id, version), {},
                                 [](const Procedure& p) { return std::tuple(p.id, p.version); });
    return at != all_.end() && at->id == id && at->version == version ? &*at : nullptr;
}

std::span<const Procedure> Procedures::versions(std::int64_t id) const {
    const auto found = std::ranges::equal_range(all_, id, {}, &Procedure::id);
    return {found.begin(), found.end()};
}

std::vector<std::string> Procedures::fields() const {
    std::vector<std::string> fields;
    for (const Procedure& p : all_) fields.push_back(p.field);
    std::ranges::sort(fields, [](const auto& a, const auto& b) {
        const int order = text::collate(a, b);
        return order != 0 ? order < 0 : a < b;
    });
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    return fields;
}

std::vector<const Procedure*> Procedures::search(std::string_view input, std::size_t limit) const {
    const std::string fold = text::fold(input);
    const std::vector<std::string> typed = text::words(fold);
    if (typed.empty()) return {};
    struct Found {
        int score;
        std::size_t length;
        const Procedure* procedure;
    };
    std::vector<Found> found;
    for (std::size_t i = 0; i < in_force_.size(); ++i) {
        int score = in_force_[i]->code == text::trim(input) ? 1000 : 0;
        bool all = true;
        for (const std::string& word : typed) {
            const int points = match(word, words_[i].words);
            if (points == 0) {
                all = false;
                break;
            }
            score += points;
        }
        if (!all && score == 0) continue;
        if (!all && score < 1000) continue;
        if (words_[i].fold.starts_with(fold))
            score += 20;
        else if (words_[i].fold.find(fold) != std::string::npos)
            score += 10;
        found.push_back({score, words_[i].fold.size(), in_force_[i]});
    }
    std::ranges::sort(found, [](const Found& a, const Found& b) {
        return std::tuple(-a.score, a.length, a.procedure->id) <
               std::tuple(-b.score, b.length, b.procedure->id);
    });
    std::vector<const Procedure*> best;
    for (std::size_t i = 0; i < found.size() && i < limit; ++i) best.push_back(found[i].procedure);
    return best;
}

void Catalogue::reload(db::Connection& connection, Date today) {
    procedures_.store(std::make_shared<const Procedures>(load_procedures(connection), today));
}

}  // namespace chilang::dossiers
