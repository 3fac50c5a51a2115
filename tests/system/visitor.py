"""Who asks: a server of one's own, a line to its database, and visitors with or without a session."""
import contextlib
import hashlib
import hmac
import http.client
import json
import re
import signal
import socket
import subprocess
import time

VIETNAMESE = re.compile("[ạảãàáâậầấẩẫăắằặẳẵđêệếềểễôộốồổỗơợớờởỡưựứừửữịỉĩụủũẹẻẽ]", re.IGNORECASE)


class Database:
    """One psql that stays: a question a line."""

    def __init__(self, url):
        self.psql = subprocess.Popen(["psql", url, "-X", "-At", "-q"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     text=True, bufsize=1)

    def ask(self, sql):
        self.psql.stdin.write(sql + ";\n\\echo .\n")
        self.psql.stdin.flush()
        lines = []
        while (line := self.psql.stdout.readline().rstrip("\n")) != ".":
            lines.append(line)
        return lines

    def close(self):
        self.psql.stdin.close()
        self.psql.wait(timeout=10)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.text = status, body.decode(errors="replace")
        self.type = (headers.get("Content-Type") or "").split(";")[0]
        self.location = headers.get("Location") or ""

    def speaks_vietnamese(self):
        text = json.dumps(json.loads(self.text), ensure_ascii=False) if self.type.endswith("json") else self.text
        return bool(VIETNAMESE.search(text))


class Visitor:
    def __init__(self, port, database=None, login=""):
        self.port, self.database, self.login = port, database, login
        self.signed_in = bool(login)
        if login:
            self.token = hashlib.sha256(("visitor " + login).encode()).hexdigest()
            self.csrf = hmac.new(self.token.encode(), b"csrf", hashlib.sha256).hexdigest()
            self.role = database.ask("SELECT p.role FROM identity.position p JOIN identity.account a ON a.id = p.account "
                                     f"WHERE a.login = '{login}' ORDER BY p.id LIMIT 1")[0]
            self.sign_in_again()
        else:
            page = self.ask("GET", "/tra-cuu", None, {}).text
            self.csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)

    def sign_in_again(self):
        if self.login:
            self.database.ask(
                "INSERT INTO identity.session (token_hash, account, position, complete, created_at, seen_at) SELECT "
                f"sha256('{self.token}'::bytea), a.id, (SELECT min(id) FROM identity.position WHERE account = a.id), true, "
                f"now(), now() FROM identity.account a WHERE login = '{self.login}' ON CONFLICT DO NOTHING")

    def ask(self, method, path, body, headers):
        own = {"X-CSRF-Token": self.csrf} if method != "GET" and "X-CSRF-Token" not in headers else {}
        if self.login:
            own["Cookie"] = "phien=" + self.token
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path)
            for name, value in {"Content-Length": str(len(body or b"")), **own, **headers}.items():
                connection.putheader(name, value)
            connection.endheaders()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.send(body or b"")  # an answer may come before the end of what is too long
            answer = connection.getresponse()
            stream = "event-stream" in (answer.headers.get("Content-Type") or "")
            return Answer(answer.status, answer.headers, b"" if stream else answer.read())
        except (OSError, http.client.HTTPException) as fault:
            return Answer(0, {}, repr(fault).encode())
        finally:
            connection.close()

    def raw(self, request):
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            with contextlib.suppress(OSError):
                line.sendall(request)
                line.shutdown(socket.SHUT_WR)
                return line.recv(4096)
        return b""


@contextlib.contextmanager
def serve(program, var):
    """A small province served on a free port: its registers, the address of its database, the port."""
    def run(*words):
        return subprocess.run([program, *words, "--var", var], capture_output=True, text=True, check=True).stdout
    run("demo", "--scale", "0.002")
    registers = run("routes")
    url = run("database").strip().splitlines()[-1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with open(f"{var}/server.log", "wb") as log:
        server = subprocess.Popen([program, "serve", "--var", var, "--port", str(port)], stdout=log, stderr=log)
        try:
            for _ in range(600):
                if server.poll() is not None:
                    raise SystemExit("the server ended by itself")
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield json.loads(registers[registers.index("{"):]), url, port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
