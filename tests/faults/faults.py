"""Kills the server and PostgreSQL at random instants while 16 writers submit dossiers, then looks.

Every acknowledged submission must be there exactly once, none may be half there, the ledger must verify
against the database, and the figures folded anew must equal what the records say. Traffic goes to
127.0.0.1 only; whatever is started here is stopped by its process id.

    python3 tests/faults/faults.py --kills 50
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build" / "chilang"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One `chilang serve` on a private cluster; killed and started again at will."""

    def __init__(self, folder, port):
        self.folder, self.port, self.process = folder, port, None
        self.log = open(folder / "server.log", "ab")

    def start(self):
        self.process = subprocess.Popen([PROGRAM, "serve", "--var", self.folder / "var", "--port", str(self.port)],
                                        stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended by itself with {self.process.returncode}:\n" + self.tail())
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit("the server did not come up in 60 s:\n" + self.tail())

    def tail(self):
        return "\n".join((self.folder / "server.log").read_text(errors="replace").splitlines()[-20:])

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


def postmaster(folder):
    """The process id of the private PostgreSQL: first line of its postmaster.pid."""
    for pid_file in list(folder.glob("var/**/postmaster.pid")):
        return int(pid_file.read_text().split("\n")[0])
    return None


def kill_database(folder):
    """kill -9 of the postmaster and of all its children at once."""
    pid = postmaster(folder)
    if pid is None:
        return
    children = [int(p.name) for p in pathlib.Path("/proc").iterdir() if p.name.isdigit() and parent_of(p) == pid]
    for victim in [pid, *children]:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            pass


def parent_of(process):
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


class Writer(threading.Thread):
    """Submits dossiers one after the other; a key is repeated until it is acknowledged."""

    def __init__(self, number, port, agencies, stopping):
        super().__init__(daemon=True)
        self.number, self.port, self.agencies, self.stopping = number, port, agencies, stopping
        self.acknowledged, self.refused, self.sent = {}, [], 0

    def run(self):
        while not self.stopping.is_set():
            self.sent += 1
            key = f"fault-{self.number}-{self.sent}"
            while not self.stopping.is_set():
                code = self.submit(key)
                if code:
                    self.acknowledged[key] = code
                    break
                time.sleep(0.02)

    def submit(self, key):
        body = json.dumps({"procedure": "1.001193", "agency": self.agencies[self.sent % len(self.agencies)], "applicant": {
            "name": "Lý Thị Thử", "citizen_id": "020199000123", "phone": "0912345678", "email": "", "address": "Thôn Nà Thử"}})
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            connection.request("POST", "/api/v1/dossiers", body, {"Content-Type": "application/json", "Idempotency-Key": key})
            answer = connection.getresponse()
            text = answer.read()
            connection.close()
        except (OSError, http.client.HTTPException):
            return None
        if answer.status in (200, 201):
            return json.loads(text)["code"]
        if answer.status < 500:
            self.refused.append((key, answer.status, text[:300]))
        return None


def query(url, sql):
    out = subprocess.run(["psql", url, "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
    if out.returncode != 0:
        raise SystemExit(f"psql: {out.stderr}")
    return [line.split("|") for line in out.stdout.splitlines()]


def look(server, folder, writers):
    """What must be true after everything; returns the list of broken promises."""
    broken = []
    url = subprocess.run([PROGRAM, "database", "--var", folder / "var"], capture_output=True, text=True, check=True).stdout.strip()
    acknowledged = {key: code for writer in writers for key, code in writer.acknowledged.items()}
    stored = {code for (code,) in query(url, "SELECT code FROM dossiers.dossier")}
    lost = [code for code in acknowledged.values() if code not in stored]
    if lost:
        broken.append(f"{len(lost)} acknowledged dossiers are lost, such as {lost[:3]}")
    if len(set(acknowledged.values())) != len(acknowledged):
        broken.append("two keys were acknowledged with one code")
    half = query(url, "SELECT d.code FROM dossiers.dossier d WHERE (SELECT count(*) FROM ledger.event e "
                      "WHERE e.stream = 'dossier/' || d.id) <> d.stream_seq")
    if half:
        broken.append(f"{len(half)} dossiers and their events differ, such as {half[:3]}")
    gaps = query(url, "SELECT a, d FROM (SELECT split_part(code, '-', 1) a, split_part(code, '-', 2) d, count(*) n, "
                      "max(split_part(code, '-', 3)::int) m FROM dossiers.dossier GROUP BY 1, 2) x WHERE n <> m")
    if gaps:
        broken.append(f"numbers with gaps: {gaps[:3]}")
    index = query(url, "SELECT count(*), coalesce(max(idx) + 1, 0) FROM ledger.event")[0]
    if index[0] != index[1]:
        broken.append(f"the ledger's index has gaps: {index}")
    verified = subprocess.run([PROGRAM, "verify", "database", url, folder / "var" / "ledger"], capture_output=True, text=True)
    if verified.returncode != 0:
        broken.append("verify: " + (verified.stdout + verified.stderr)[-600:])
    counted = int(query(url, "SELECT count(*) FROM dossiers.dossier WHERE received_at IS NOT NULL")[0][0])
    figure = json.loads(server.get("/api/v1/figures/dossiers_received?from=2020-01-01&to=2030-01-01")[1])["numerator"]
    if figure != counted:
        broken.append(f"the figure says {figure} received, the records say {counted}")
    return broken, len(acknowledged)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--writers", type=int, default=16)
    options.add_argument("--seed", type=int, default=20230614)
    options = options.parse_args()
    chance = random.Random(options.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="chilang-faults-"))
    os.chmod(folder, 0o755)
    server = Server(folder, free_port())
    try:
        subprocess.run([PROGRAM, "demo", "--scale", "0.002", "--var", folder / "var"], check=True, stdout=server.log)
        server.start()
        url = subprocess.run([PROGRAM, "database", "--var", folder / "var"], capture_output=True, text=True, check=True).stdout.strip()
        agencies = [code for (code,) in query(url, "SELECT code FROM places.agency WHERE valid_to IS NULL AND unit IN "
                                                  "(SELECT id FROM places.unit WHERE level = 'commune') LIMIT 8")]
        stopping = threading.Event()
        writers = [Writer(n, server.port, agencies, stopping) for n in range(options.writers)]
        for writer in writers:
            writer.start()
        for number in range(1, options.kills + 1):
            time.sleep(chance.uniform(0.05, 0.6))
            if chance.random() < 0.5:
                server.kill()
                server.start()
            else:
                kill_database(folder)
                server.kill()
                server.start()
            if number % 10 == 0:
                print(f"{number} kills, {sum(len(w.acknowledged) for w in writers)} acknowledged", flush=True)
        time.sleep(1)
        stopping.set()
        for writer in writers:
            writer.join(timeout=30)
        time.sleep(2)
        broken, acknowledged = look(server, folder, writers)
        refused = [r for writer in writers for r in writer.refused]
        if refused:
            broken.append(f"{len(refused)} well-formed submissions were refused, such as {refused[:2]}")
        if acknowledged == 0:
            broken.append("nothing was acknowledged: the test proved nothing")
        server.stop()
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
        time.sleep(0.5)
        shutil.rmtree(folder, ignore_errors=True)
    for promise in broken:
        print("broken: " + promise)
    print(f"{options.kills} kills under {options.writers} writers, {acknowledged} acknowledged, {len(broken)} promises broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
