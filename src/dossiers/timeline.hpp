// The history of a dossier as a list of events: one piece for citizens, officers and paper.
#pragma once

#include "html/html.hpp"
#include "identity/identity.hpp"
#include "ledger/ledger.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chilang::dossiers {

// How the actor of an event ("position/12", "citizen") is called.
using NameOf = std::function<std::string(std::string_view actor)>;

// In public nobody is named: "Người nộp" or "Cơ quan giải quyết".
std::string public_name(std::string_view actor);

// Officials act in office, so their colleagues and their papers name them. Asks once for each.
class OfficialNames {
public:
    OfficialNames(const identity::Identity& identity, db::Connection& connection)
        : identity_(identity), connection_(connection) {}
    std::string operator()(std::string_view actor);

private:
    const identity::Identity& identity_;
    db::Connection& connection_;
    std::map<std::string, std::string, std::less<>> names_;
};

// Newest first, each with its proof.
html::View timeline_view(const std::vector<ledger::ProvenEvent>& events, const NameOf& name_of);

}  // namespace chilang::dossiers
