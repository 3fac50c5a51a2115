"""Writers: some submit dossiers one after the other, some walk dossiers through all hands.

Every command carries an idempotency key and is repeated until it is acknowledged. What a writer was told stays in
it, to be held against the records afterwards.
"""
import json
import threading
import time

PROCEDURE = "1.001193"
NAME = "Lý Thị Thử"
GROUNDS = {"reason": "Thử đường đi của hồ sơ", "clause": "Điều 17 khoản 2 Nghị định 61/2018/NĐ-CP"}
DEFECTS = [{"component": "Tờ khai", "fault": "Thiếu chữ ký", "remedy": "Ký rồi nộp lại"}]
# Ways of a dossier: (login, action, what the step needs).
WAYS = [
    [("motcua", "accept", {}), ("truongphong", "assign", {"assignee": "chuyenvien"}), ("chuyenvien", "draft", {}),
     ("lanhdao", "approve", {}), ("motcua", "hand_over", {})],
    [("motcua", "accept", {}), ("motcua", "ask_supplement", {"defects": DEFECTS}), ("motcua", "supplement", {}),
     ("truongphong", "assign", {"assignee": "chuyenvien"}), ("chuyenvien", "draft", {}),
     ("lanhdao", "send_back", GROUNDS), ("chuyenvien", "draft", {}), ("lanhdao", "reject", GROUNDS)],
    [("motcua", "refuse", GROUNDS)],
    [("motcua", "accept", {}), ("truongphong", "assign", {"assignee": "chuyenvien"}), ("lanhdao", "stop", GROUNDS)],
    [("motcua", "ask_supplement", {"defects": DEFECTS}), ("motcua", "supplement", {}), ("motcua", "accept", {}),
     ("motcua", "withdraw", GROUNDS)],
]
KINDS = {"submit": 40, "accept": 41, "refuse": 42, "assign": 43, "ask_supplement": 44, "supplement": 45, "draft": 46,
         "send_back": 47, "approve": 48, "reject": 48, "stop": 50, "withdraw": 51, "hand_over": 52}


def applicant(name=NAME):
    return {"name": name, "citizen_id": "020199000123", "phone": "0912345678", "email": "", "address": "Thôn Nà Thử"}


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAPERS = 2  # that the procedure asks for


def with_papers(dossier):
    """Type and bytes of a submission with a file for each paper that the procedure asks for."""
    parts = [b'Content-Disposition: form-data; name="dossier"\r\n\r\n' + json.dumps(dossier).encode()]
    parts += [b'Content-Disposition: form-data; name="component_%d"; filename="giay.pdf"\r\n\r\n' % n + PDF
              for n in range(1, PAPERS + 1)]
    return "multipart/form-data; boundary=paper", b"".join(b"--paper\r\n" + p + b"\r\n" for p in parts) + b"--paper--\r\n"


def submission(agency, name=NAME):
    return with_papers({"procedure": PROCEDURE, "agency": agency, "applicant": applicant(name)})


class Writer(threading.Thread):
    """What both have in common: sending one command, and remembering answers."""

    def __init__(self, number, world, stopping):
        super().__init__(daemon=True)
        self.number, self.world, self.stopping, self.sent = number, world, stopping, 0
        self.acknowledged = {}  # key of the submission -> code
        self.unavailable = []   # answers of 5xx: (status, text)
        self.refused = []       # answers that no well-formed command deserves
        self.patience = 20

    def send(self, path, key, body, token=None):
        """The answer's JSON once it is acknowledged; None when it is not (yet)."""
        kind, sent = body if isinstance(body, tuple) else ("application/json", json.dumps(body))
        headers = {"Content-Type": kind, "Idempotency-Key": key}
        if token:
            headers["Authorization"] = "Bearer " + token
        answer = self.world.ask("POST", path, sent, headers, self.patience)
        if answer is None:
            return None
        status, _, text = answer
        if status in (200, 201, 204):
            return json.loads(text) if text else {}
        if status >= 500:
            self.unavailable.append((status, text.decode(errors="replace")))
        else:
            self.refused.append((key, status, text.decode(errors="replace")[:300]))
        return None

    def until_acknowledged(self, *command):
        while not self.stopping.is_set():
            answer = self.send(*command)
            if answer is not None:
                return answer
            time.sleep(0.02)
        return None

    def submit(self, agency):
        self.sent += 1
        key = f"fault-{self.number}-{self.sent}"
        receipt = self.until_acknowledged("/api/v1/dossiers", key, submission(agency))
        if receipt:
            self.acknowledged[key] = receipt["code"]
        return receipt


class Submitter(Writer):
    def __init__(self, number, world, stopping):
        super().__init__(number, world, stopping)
        self.agencies = world.agencies()

    def run(self):
        while not self.stopping.is_set():
            self.submit(self.agencies[self.sent % len(self.agencies)])


class Walker(Writer):
    """Takes dossiers along the ways above, acting in the positions of a commune."""

    def __init__(self, number, world, stopping):
        super().__init__(number, world, stopping)
        logins = {login for way in WAYS for login, _, _ in way}
        self.tokens = {login: world.token(login) for login in logins}
        self.assignee, self.agency = world.position("chuyenvien"), world.agency_of("motcua")
        self.walks = {}  # dossier -> (the way, how many of its steps were acknowledged)

    def run(self):
        while not self.stopping.is_set():
            receipt = self.submit(self.agency)
            if receipt:
                self.walk(receipt["id"], WAYS[self.sent % len(WAYS)])

    def walk(self, dossier, way):
        self.walks[dossier] = (way, 0)
        for number, (login, action, needs) in enumerate(way, 1):
            body = {"action": action, **needs}
            if "assignee" in body:
                body["assignee"] = self.assignee
            key = f"step-{dossier}-{number}"
            path = f"/api/v1/dossiers/{dossier}/actions"
            if self.until_acknowledged(path, key, body, self.tokens[login]) is None:
                return
            self.walks[dossier] = (way, number)


def start(world, submitters, walkers, stopping):
    writers = [Submitter(n, world, stopping) for n in range(submitters)]
    writers += [Walker(submitters + n, world, stopping) for n in range(walkers)]
    for writer in writers:
        writer.start()
    return writers


def count(writers):
    steps = sum(done for w in writers if isinstance(w, Walker) for _, done in list(w.walks.values()))
    return sum(len(w.acknowledged) for w in writers), steps
