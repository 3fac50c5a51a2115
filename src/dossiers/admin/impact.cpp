#include "dossiers/admin/impact.hpp"

#include "dossiers/rules.hpp"

#include <algorithm>

namespace chilang::dossiers {

std::vector<MovedDue> moved_dues(
    const std::vector<Dossier>& open, const Procedures& procedures,
    const std::function<const time::Calendar&(Instant received)>& counted_by,
    const time::Calendar& after, Instant now) {
    std::vector<MovedDue> moved;
    for (const Dossier& dossier : open) {
        if (!dossier.received_at || !dossier.due_at) continue;
        const Procedure* procedure =
            procedures.version(dossier.procedure, dossier.procedure_version);
        if (!procedure) continue;
        const Instant promised =
            due_of(dossier, *procedure, counted_by(*dossier.received_at), now).due;
        const Instant recounted = due_of(dossier, *procedure, after, now).due;
        if (promised != recounted)
            moved.push_back({dossier.id, dossier.code, dossier.agency, promised, recounted});
    }
    std::ranges::sort(moved, [](const MovedDue& a, const MovedDue& b) {
        return std::tie(a.promised, a.code) < std::tie(b.promised, b.code);
    });
    return moved;
}

}  // namespace chilang::dossiers
