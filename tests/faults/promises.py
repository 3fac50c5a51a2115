"""What must be true after every fault. `look` returns the list of broken promises; empty is good."""
import json
import subprocess
import time

from world import PROGRAM, query
from writers import KINDS, Walker

PROOFS = 20  # receipts checked offline, spread over all acknowledged steps


def look(world, writers):
    settled(world)
    broken = numbers(world, writers) + steps(world, writers) + refusals(writers)
    verified = subprocess.run([PROGRAM, "verify", "database", world.url, world.var / "ledger"], capture_output=True, text=True)
    if verified.returncode != 0:
        broken.append("verify: " + (verified.stdout + verified.stderr)[-600:])
    broken += figures(world) + receipts(world, writers)
    return broken


def settled(world, patience=60):
    """Waits until the sealer has caught up and the figures have followed."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        waiting = int(query(world.url, "SELECT count(*) FROM ledger.intake")[0][0])
        size = int(query(world.url, "SELECT coalesce(max(idx) + 1, 0) FROM ledger.event")[0][0])
        folded = [line.split()[1] for line in world.get("/metrics")[1].decode().splitlines()
                  if line.startswith("chilang_figures_position ")]
        if waiting == 0 and folded == [str(size)]:
            return
        time.sleep(0.1)
    raise SystemExit("sealing or folding stands still:\n" + world.tail())


def numbers(world, writers):
    """Nothing lost, nothing twice, nothing half, no gaps."""
    broken = []
    acknowledged = [code for writer in writers for code in list(writer.acknowledged.values())]
    stored = {code for (code,) in query(world.url, "SELECT code FROM dossiers.dossier")}
    lost = [code for code in acknowledged if code not in stored]
    if lost:
        broken.append(f"{len(lost)} acknowledged dossiers are lost, such as {lost[:3]}")
    if len(set(acknowledged)) != len(acknowledged):
        broken.append("two keys were acknowledged with one code")
    half = query(world.url, "SELECT d.code FROM dossiers.dossier d WHERE (SELECT count(*) FROM ledger.event e "
                            "WHERE e.stream = 'dossier/' || d.id) <> d.stream_seq")
    if half:
        broken.append(f"{len(half)} dossiers and their events differ, such as {half[:3]}")
    bare = query(world.url, "SELECT d.code FROM dossiers.dossier d WHERE d.applicant->>'name' = 'Lý Thị Thử' AND "
                            "NOT EXISTS (SELECT 1 FROM files.file f WHERE f.owner = 'dossier/' || d.id)")
    if bare:
        broken.append(f"{len(bare)} dossiers miss their files, such as {bare[:3]}")
    gaps = query(world.url, "SELECT a, d FROM (SELECT split_part(code, '-', 1) a, split_part(code, '-', 2) d, count(*) n, "
                            "max(split_part(code, '-', 3)::int) m FROM dossiers.dossier GROUP BY 1, 2) x WHERE n <> m")
    if gaps:
        broken.append(f"numbers with gaps: {gaps[:3]}")
    index = query(world.url, "SELECT count(*), coalesce(max(idx) + 1, 0) FROM ledger.event")[0]
    if index[0] != index[1]:
        broken.append(f"the ledger's index has gaps: {index}")
    return broken


def steps(world, writers):
    """The events of a walked dossier are its way: all that was acknowledged, and at most the one step in flight."""
    happened = {}
    for stream, kind in query(world.url, "SELECT stream, kind FROM ledger.event WHERE stream LIKE 'dossier/%' ORDER BY stream, seq"):
        happened.setdefault(stream.removeprefix("dossier/"), []).append(int(kind))
    broken = []
    for dossier, (way, done) in walks(writers).items():
        wanted = [KINDS["submit"]] + [KINDS[action] for _, action, _ in way]
        found = happened.get(dossier, [])
        if found not in (wanted[:done + 1], wanted[:done + 2]):
            broken.append(f"dossier {dossier}: {done} steps of {wanted} were acknowledged, the events are {found}")
    return broken + due_dates(world, writers)


def due_dates(world, writers):
    """The due date stored is the one that the rules compute today from the dossier's own history."""
    broken = []
    walkers = [writer for writer in writers if isinstance(writer, Walker)]
    if not walkers:
        return broken
    headers = {"Authorization": "Bearer " + walkers[0].tokens["lanhdao"]}
    known = list(walks(writers))
    for dossier in known[::max(1, len(known) // PROOFS)]:
        view = json.loads(world.ask("GET", f"/api/v1/dossiers/{dossier}", headers=headers)[2])
        stored = query(world.url, "SELECT to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM/YYYY') "
                                  f"FROM dossiers.dossier WHERE id = '{dossier}'")[0][0]
        reasoning = " ".join(view["due_reasoning"])
        hour, day = stored.split(" ") if stored else ("", "")
        if stored and not any(form in reasoning for form in (stored, f"{hour} ngày {day}", f"{hour}, {day}")):
            broken.append(f"dossier {dossier}: due {stored} is not what its reasoning says: {reasoning}")
    return broken


def walks(writers):
    return {dossier: walk for w in writers if isinstance(w, Walker) for dossier, walk in list(w.walks.items())}


def refusals(writers):
    refused = [answer for writer in writers for answer in writer.refused]
    return [f"{len(refused)} well-formed commands were refused, such as {refused[:2]}"] if refused else []


def figures(world):
    counted = int(query(world.url, "SELECT count(*) FROM dossiers.dossier WHERE received_at IS NOT NULL")[0][0])
    figure = json.loads(world.get("/api/v1/figures/dossiers_received?from=2020-01-01&to=2030-01-01")[1])["numerator"]
    return [] if figure == counted else [f"the figure says {figure} received, the records say {counted}"]


def receipts(world, writers):
    """Proofs of acknowledged steps hold without the server."""
    broken = []
    streams = list(walks(writers))
    wanted = streams[::max(1, len(streams) // PROOFS)]
    if not wanted:
        return broken
    names = ", ".join(f"'dossier/{dossier}'" for dossier in wanted)
    for (event,) in query(world.url, f"SELECT DISTINCT ON (stream) id FROM ledger.event WHERE stream IN ({names}) ORDER BY stream, seq DESC"):
        status, proof = world.get(f"/api/v1/ledger/proof/{event}")
        path = world.folder / "receipt"
        path.write_bytes(proof)
        checked = subprocess.run([PROGRAM, "verify", "receipt", path, "--key-file", world.var / "ledger" / "public.key"],
                                 capture_output=True, text=True)
        if status != 200 or checked.returncode != 0:
            broken.append(f"the receipt of event {event} does not verify: {status} {checked.stdout[-300:]}")
    return broken
