"""Can the tests fail? Breaks one line at a time, builds, and expects the tests of that part to notice.

    python3 tests/mutants/mutants.py             every mutant, about twenty minutes after a build
    python3 tests/mutants/mutants.py rules due   those whose source's name holds one of the words

A mutant that survives is a hole in the tests: the exit status is 1 and its line is named. Sources are put back
whatever happens; files that differ from the last commit are not touched.
"""
import pathlib
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"

# (source, what stands there, what is put in its place, test program)
MUTANTS = [
    # Deadlines.
    ("time/deadline.cpp", "if (finished > due) return Verdict::late;", "if (finished >= due) return Verdict::late;", "time_test"),
    ("time/deadline.cpp", "Run run{calendar.to_session(received)};", "Run run{received};", "time_test"),
    ("time/deadline.cpp", "if (wait.from > due) {", "if (false) {", "time_test"),
    ("time/deadline.cpp", "run.working_time += time;", "", "time_test"),
    ("time/deadline.cpp", "run.days += days;", "", "time_test"),
    ("time/deadline.cpp", "calendar.is_working(last) ? last : calendar.next_working(last)", "last", "time_test"),
    ("time/deadline.cpp", "add_months(start, limit.amount)", "start + 30 * limit.amount", "time_test"),
    # Rules of dossiers.
    ("dossiers/rules.cpp", "return dossier.supplements == 0;", "return true;", "dossiers_test"),
    ("dossiers/rules.cpp", "if (now < dossier.submitted_at) return true;", "", "dossiers_test"),
    ("dossiers/rules.cpp", 'facts.actor == "citizen" && ', "false && ", "dossiers_test"),
    ("dossiers/rules.cpp", "component.required && (", "(", "dossiers_test"),
    ("dossiers/rules.cpp", "*procedure.valid_to <= today", "*procedure.valid_to < today", "dossiers_test"),
    ("dossiers/rules.cpp", '{Action::refuse, {submitted}, "dossiers.receive"', '{Action::refuse, {submitted, accepted}, "dossiers.receive"',
     "dossiers_test"),
    ("dossiers/due.cpp", "late_afternoon = 15 * 60", "late_afternoon = 16 * 60", "dossiers_test"),
    ("dossiers/due.cpp", "intake_minutes = 8 * 60", "intake_minutes = 7 * 60", "dossiers_test"),
    ("dossiers/actions/extend.cpp", "if (dossier.extensions > 0)", "if (false)", "dossiers_test"),
    ("dossiers/actions/extend.cpp", "facts.now > *dossier.due_at", "false", "dossiers_test"),
    ("dossiers/actions/supplement.cpp", "if (is_paused(dossier)) {", "if (false) {", "dossiers_test"),
    ("dossiers/actions/accept.cpp", "facts.now > intake_due", "facts.now < intake_due", "dossiers_test"),
    # What keeps a dossier whole and its own.
    ("dossiers/store.cpp", '" WHERE id = $1 AND stream_seq = $2"', '" WHERE id = $1 AND $2::bigint IS NOT NULL"', "dossiers_test"),
    ("dossiers/secret.cpp", "return constant_time_equal(", "return true || constant_time_equal(", "dossiers_test"),
    ("dossiers/service.cpp", "changes_.touch(after->agency);", "", "dossiers_test"),
    ("dossiers/inbox.cpp", "agency = ANY($1::bigint[]) AND \" + filters_", "true AND \" + filters_", "dossiers_test"),
    ("db/lane_batch.cpp", "value = counter.value + $2", "value = counter.value + $2 + 1", "db_test"),
    # The ledger.
    ("ledger/merkle.cpp", "return node_hash(range(node, begin, k), range(node, begin + k, size - k));",
     "return node_hash(range(node, begin + k, size - k), range(node, begin, k));", "ledger_test"),
    ("ledger/sealer.cpp", "if (note->size > head.size)", "if (false)", "ledger_test"),
    ("ledger/sealer.cpp", "if (rows[0].at(0, 0).integer() != epoch_)", "if (false)", "ledger_test"),
    ("ledger/sealer.cpp", "if (!note || !signed_by(*note, key_.verifier()))", "if (!note)", "ledger_test"),
    ("ledger/verify_database.cpp", "if (sealed.index > next)", "if (false)", "ledger_test"),
    ("ledger/verify_database.cpp", "Sees::one_moment", "Sees::newest", "ledger_test"),
    # Figures.
    ("figures/days.cpp", "add(rows_[d], -1)", "add(rows_[d], 1)", "figures_test"),
    ("figures/reading.cpp", "inside_a_day ? day_of(at) - 1 : day_of(at)", "day_of(at)", "figures_test"),
    ("figures/records.cpp", "if (wanted.equal(line(index_[slot] - 1)))", "if (true)", "figures_test"),
    # Who may do what.
    ("identity/guard.cpp", "!row->complete || ", "", "identity_test"),
    ("identity/guard.cpp", "now - row->seen_at > kIdle", "false", "identity_test"),
    ("identity/guard.cpp", "if (actor.signed_in()) return constant_time_equal(token, actor.csrf);", "if (actor.signed_in()) return true;",
     "identity_test"),
    ("identity/guard.cpp", 'if (route.right != "signed_in" && !who->may(route.right))', "if (false)", "identity_test"),
    ("identity/sign_in.cpp", "std::int64_t step = current - 1;", "std::int64_t step = current - 9;", "identity_test"),
    ("identity/limiter.cpp", "if (bucket.left < 1) return false;", "", "identity_test"),
    # Pages and lines.
    ("html/template.cpp", 'return "&quot;";', 'return "\\"";', "html_test"),
    ("http/connection.cpp", "if (length && *length > limit) return refuse(413);", "", "http_test"),
    ("http/connection.cpp", "if (target.size() > target_max) return refuse(414);", "", "http_test"),
]


def build(program):
    return subprocess.run(["ninja", "-C", BUILD, program], capture_output=True, text=True)


def noticed(program):
    """Whether the tests fail; how."""
    if (built := build(program)).returncode != 0:
        return "does not build" if "error:" in built.stdout else "build failed:\n" + built.stdout[-500:]
    try:
        ran = subprocess.run([BUILD / program, "--gtest_brief=1"], capture_output=True, text=True, timeout=600)
    except subprocess.TimeoutExpired:
        return "never ends"
    failed = [line.split()[3] for line in ran.stdout.splitlines() if line.startswith("[  FAILED  ] ") and "(" in line]
    return failed[0] if failed else f"ended with {ran.returncode}" if ran.returncode != 0 else None


def main():
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: sys.exit(130))
    wanted = sys.argv[1:] or [""]
    mutants = [mutant for mutant in MUTANTS if any(word in mutant[0] for word in wanted)]
    survived = []
    for number, (name, old, new, program) in enumerate(mutants, 1):
        source = ROOT / "src" / name
        if subprocess.run(["git", "-C", ROOT, "diff", "--quiet", "HEAD", "--", source]).returncode != 0:
            raise SystemExit(f"{name} differs from the last commit: commit it first")
        text = source.read_text()
        if old not in text:
            raise SystemExit(f"{name} has no line with: {old}")
        try:
            source.write_text(text.replace(old, new, 1))
            how = noticed(program)
        finally:
            source.write_text(text)
        print(f"[{number}/{len(mutants)}] {name}: {old[:60]} → {how or 'SURVIVED'}", flush=True)
        if not how or how.startswith("does not build") or how.startswith("build failed"):
            survived.append(f"{name}: {old} → {new or '(nothing)'}")
    for program in sorted({mutant[3] for mutant in mutants}):
        build(program)
    print(f"{len(mutants) - len(survived)} of {len(mutants)} mutants noticed")
    for line in survived:
        print("survived: " + line)
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
