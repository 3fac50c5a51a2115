"""A volume that is full under writers: first the database's, then that of ledger and files.

While it is full, commands are refused with a clear sentence or acknowledged for good, never something between. When
there is room again the server recovers by itself.
"""
import json
import re
import threading
import time

import promises
import writers
from world import Volume, World, why_no_volume

DATABASE_MEGABYTES = 420
FILES_MEGABYTES = 48
REFUSALS = 30
PATIENCE = 90
BIG_PDF = b"%PDF-1.4\n" + b"0" * (4 << 20) + b"\n%%EOF\n"


def run(options):
    reason = why_no_volume()
    if reason:
        print(f"skipped: a full disk needs a volume of its own; {reason}")
        return None
    return database_full(options) + files_full(options)


def wait_for(what, condition):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return []
        time.sleep(0.1)
    return [f"{what} did not happen in {PATIENCE} s"]


def unclear(answers):
    """Refusals must be problem documents of 503 or 507 with a Vietnamese sentence and no raw error of PostgreSQL."""
    broken = set()
    for status, text in answers:
        sentence = json.dumps(json.loads(text), ensure_ascii=False) if text.startswith("{") else text
        if status not in (503, 507) or not re.search(r"[ạảãàáâậầấẩẫăắằặẳẵđêệếềểễôộốồổỗơợớờởỡưựứừửữ]", sentence) \
                or "ERROR" in sentence:
            broken.add(f"answer {status} {sentence[:200]}")
    return [f"an unclear refusal: {one}" for one in sorted(broken)[:3]]


def database_full(options):
    with World() as world:
        volume = Volume(world.var / "postgres", DATABASE_MEGABYTES)
        try:
            world.load()
            world.start()
            stopping = threading.Event()
            busy = writers.start(world, options.writers - 4, 4, stopping)
            time.sleep(2)
            volume.fill()
            broken = wait_for("a refusal with the database's volume full",
                              lambda: sum(len(w.unavailable) for w in busy) >= REFUSALS)
            time.sleep(5)
            pages = [world.ask("GET", path) for path in ("/", "/so-cai", "/thu-tuc/1.001193")]
            told = [(page[0], page[2].decode()) for page in pages if page and page[0] >= 500]
            volume.empty()
            before = writers.count(busy)[0]
            broken += wait_for("writing again once there is room", lambda: writers.count(busy)[0] > before + 50)
            stopping.set()
            for writer in busy:
                writer.join(timeout=60)
            answers = [answer for w in busy for answer in w.unavailable]
            broken += unclear(answers) + unclear(told) + promises.look(world, busy)
            dossiers, taken = writers.count(busy)
            print(f"database's volume full: {len(answers)} refused, {dossiers} dossiers and {taken} steps acknowledged, "
                  f"{len(broken)} promises broken", flush=True)
            world.stop()
            return broken
        finally:
            volume.close()


def upload(world, key):
    """A citizen's form with a paper; the answer."""
    _, headers, page = world.ask("GET", f"/nop-ho-so/{writers.PROCEDURE}")
    text = page.decode()
    csrf = re.search(r'name="csrf" value="([^"]+)"', text).group(1)
    agency = re.search(r'<option value="(\d+)"', text).group(1)
    fields = {**writers.applicant(), "csrf": csrf, "agency": agency, "idempotency": key}
    papers = sorted(set(re.findall(r'name="(component_\d+)"', text)))
    boundary = "----fault"
    body = b"".join(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                    for name, value in fields.items())
    for number, name in enumerate(papers):
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="giay.pdf"\r\n'
                 "Content-Type: application/pdf\r\n\r\n").encode() + BIG_PDF + f"%{key}{number}\r\n".encode()
    body += f"--{boundary}--\r\n".encode()
    return world.ask("POST", f"/nop-ho-so/{writers.PROCEDURE}", body,
                     {"Content-Type": f"multipart/form-data; boundary={boundary}"}, timeout=60)


def files_full(options):
    with World() as world:
        volumes = [Volume(world.var / name, FILES_MEGABYTES) for name in ("ledger", "files")]
        try:
            world.load()
            world.start()
            stopping = threading.Event()
            busy = writers.start(world, options.writers - 4, 4, stopping)
            broken = []
            first = upload(world, "upload-before")
            if first is None or first[0] != 200:
                broken.append(f"the upload failed while there was room: {first and first[0]}")
            for volume in volumes:
                volume.fill()
            time.sleep(3)
            refused = upload(world, "upload-full")
            if refused is None or refused[0] not in (503, 507):
                broken.append(f"an upload with the files' volume full was answered {refused and refused[0]}")
            elif "đầy" not in refused[2].decode() and "dung lượng" not in refused[2].decode():
                broken.append("the refusal of an upload does not say that the store is full")
            behind = int(promises.query(world.url, "SELECT count(*) FROM ledger.intake")[0][0])
            for volume in volumes:
                volume.empty()
            again = upload(world, "upload-full")
            if again is None or again[0] != 200:
                broken.append(f"the same upload failed when there was room again: {again and again[0]}")
            time.sleep(2)
            stopping.set()
            for writer in busy:
                writer.join(timeout=60)
            kept = promises.query(world.url, "SELECT count(*) FROM db.idempotency WHERE key LIKE 'apply/upload-%'")
            if kept != [["2"]]:
                broken.append(f"2 uploads were acknowledged, {kept} are kept")
            if behind == 0:
                broken.append("sealing went on with the ledger's volume full: the test proved nothing")
            broken += promises.look(world, busy) + unclear([a for w in busy for a in w.unavailable])
            dossiers, taken = writers.count(busy)
            print(f"volume of ledger and files full: {behind} events waited for the sealer, {dossiers} dossiers and {taken} "
                  f"steps acknowledged, {len(broken)} promises broken", flush=True)
            world.stop()
            return broken
        finally:
            for volume in volumes:
                volume.close()
