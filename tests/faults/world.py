"""The world that is broken on purpose: a server on a private cluster, its PostgreSQL, a volume that can be full.

Traffic goes to 127.0.0.1 only; whatever is started here is stopped by its process id.
"""
import ctypes
import hashlib
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("CHILANG_PROGRAM", ROOT / "build" / "chilang"))
DEMONSTRATION_SCALE = "0.002"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def query(url, sql):
    out = subprocess.run(["psql", url, "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
    if out.returncode != 0:
        raise SystemExit(f"psql: {out.stderr}")
    return [line.split("|") for line in out.stdout.splitlines()]


class World:
    """A folder with one `chilang serve` on a private cluster; killed and started again at will."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chilang-faults-"))
        os.chmod(self.folder, 0o755)
        self.var, self.port, self.process = self.folder / "var", free_port(), None
        self.log = open(self.folder / "server.log", "ab")
        self.url = None

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        if self.process and self.process.poll() is None:
            self.kill()
        time.sleep(0.5)
        shutil.rmtree(self.folder, ignore_errors=True)

    def load(self):
        """A small demonstration province; afterwards the address of the database is known."""
        self.run("demo", "--scale", DEMONSTRATION_SCALE)
        self.url = self.run("database").strip().splitlines()[-1]

    def run(self, *words, check=True):
        done = subprocess.run([PROGRAM, *words, "--var", self.var], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise SystemExit(f"chilang {words[0]} ended with {done.returncode}:\n{done.stdout[-500:]}{done.stderr[-1500:]}")
        return done.stdout

    def start(self, patience=60):
        self.process = subprocess.Popen([PROGRAM, "serve", "--var", self.var, "--port", str(self.port)],
                                        stdout=self.log, stderr=self.log)
        if not self.answers(patience):
            raise SystemExit(f"the server did not come up in {patience} s:\n" + self.tail())

    def answers(self, patience):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended by itself with {self.process.returncode}:\n" + self.tail())
            try:
                if self.get("/healthz")[0] == 200:
                    return True
            except OSError:
                pass
            time.sleep(0.05)
        return False

    def tail(self):
        return "\n".join((self.folder / "server.log").read_text(errors="replace").splitlines()[-20:])

    def ask(self, method, path, body=None, headers=None, timeout=20):
        """Status, headers and bytes; None for a line that broke."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def get(self, path):
        answer = self.ask("GET", path)
        if answer is None:
            raise OSError("no answer")
        return answer[0], answer[2]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def token(self, login):
        """A bearer token of the demonstration account's first position."""
        text = hashlib.sha256(f"fault test {login}".encode()).hexdigest()
        query(self.url, "INSERT INTO identity.api_token (token_hash, position, label, created_at) "
                        f"SELECT sha256('{text}'::bytea), min(p.id), 'fault test', now() FROM identity.position p "
                        f"JOIN identity.account a ON a.id = p.account WHERE a.login = '{login}' ON CONFLICT DO NOTHING")
        return text

    def position(self, login):
        return int(query(self.url, "SELECT min(p.id) FROM identity.position p JOIN identity.account a "
                                   f"ON a.id = p.account WHERE a.login = '{login}'")[0][0])

    def agencies(self, limit=8):
        return [code for (code,) in query(
            self.url, "SELECT code FROM places.agency WHERE valid_from <= '2023-06-15' AND coalesce(valid_to, 'infinity') > '2023-06-15' AND unit IN "
                      f"(SELECT id FROM places.unit WHERE level = 'commune') LIMIT {limit}")]

    def agency_of(self, login):
        return query(self.url, "SELECT g.code FROM places.agency g JOIN identity.position p ON p.agency = g.id JOIN "
                               f"identity.account a ON a.id = p.account WHERE a.login = '{login}' LIMIT 1")[0][0]

    def postmaster(self):
        """The process id of the private PostgreSQL: first line of its postmaster.pid."""
        for pid_file in self.var.glob("**/postmaster.pid"):
            return int(pid_file.read_text().split("\n")[0])
        return None

    def kill_database(self):
        """kill -9 of the postmaster and of all its children at once."""
        pid = self.postmaster()
        for victim in [] if pid is None else [pid, *children_of(pid)]:
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                pass


def children_of(pid):
    return [int(p.name) for p in pathlib.Path("/proc").iterdir() if p.name.isdigit() and parent_of(p) == pid]


def parent_of(process):
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


class Volume:
    """A small file system of its own (tmpfs) that can be filled and emptied again."""

    def __init__(self, folder, megabytes):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "chilang-faults", folder], check=True)

    def fill(self):
        """To the last byte."""
        with open(self.folder / "filler", "wb", buffering=0) as filler:
            for size in (1 << 20, 4096):
                try:
                    while filler.write(b"\0" * size) == size:
                        pass
                except OSError:
                    pass

    def empty(self):
        (self.folder / "filler").unlink()

    def close(self):
        subprocess.run(["umount", "-l", self.folder], check=False)


def why_no_volume():
    """Why this process cannot mount; None when it can. Mounts are made in a namespace of our own."""
    if os.geteuid() != 0:
        return "mounting needs root"
    CLONE_NEWNS = 0x00020000
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        return "no mount namespace: " + os.strerror(ctypes.get_errno())
    if subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True).returncode != 0:
        return "mounts cannot be made private"
    probe = pathlib.Path(tempfile.mkdtemp(prefix="chilang-mount-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "probe", probe], capture_output=True, text=True)
    if mounted.returncode == 0:
        subprocess.run(["umount", probe], check=False)
    probe.rmdir()
    return None if mounted.returncode == 0 else "mount: " + mounted.stderr.strip()
