"""Connections that break: those of the server to PostgreSQL, and those of clients to the server.

Backends are ended politely (pg_terminate_backend) and killed (which restarts all of PostgreSQL); clients send half a
request, half a form with a file, or hang up while they wait for the answer.
"""
import json
import os
import random
import signal
import socket
import threading
import time

import promises
import writers
from world import World, query

HALF = "Lý Thị Nửa Chừng"  # the applicant of requests that never arrive whole


def run(options):
    chance = random.Random(options.seed)
    with World() as world:
        world.load()
        world.start()
        stopping = threading.Event()
        busy = writers.start(world, options.writers - 4, 4, stopping)
        hung_up = []
        for number in range(options.tears):
            time.sleep(chance.uniform(0.02, 0.3))
            fault = chance.choices([end_backends, kill_backend, half_request, hang_up], [6, 1, 6, 6])[0]
            fault(world, chance, number, hung_up)
        time.sleep(1)
        stopping.set()
        for writer in busy:
            writer.join(timeout=60)
        broken = promises.look(world, busy) + once(world, hung_up)
        dossiers, taken = writers.count(busy)
        print(f"{options.tears} torn connections under {options.writers} writers, {len(hung_up)} clients hung up, {dossiers} "
              f"dossiers and {taken} steps acknowledged, {len(broken)} promises broken", flush=True)
        world.stop()
        return broken


def backends(world):
    return [int(pid) for (pid,) in query(world.url, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' "
                                                    "AND datname = current_database() AND pid <> pg_backend_pid()")]


def end_backends(world, chance, number, hung_up):
    """One to three of the lane's, the pool's, the sealer's."""
    for pid in chance.sample(found := backends(world), min(len(found), chance.randint(1, 3))):
        query(world.url, f"SELECT pg_terminate_backend({pid})")


def kill_backend(world, chance, number, hung_up):
    found = backends(world)
    if found:
        try:
            os.kill(chance.choice(found), signal.SIGKILL)
        except ProcessLookupError:
            pass
    for _ in range(200):  # PostgreSQL restarts; psql of the next fault needs it
        try:
            return query(world.url, "SELECT 1")
        except SystemExit:
            time.sleep(0.1)
    raise SystemExit("PostgreSQL did not come back after a killed backend")


def request(world, key, name):
    kind, body = writers.submission(world.agencies(1)[0], name)
    head = (f"POST /api/v1/dossiers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
            f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


def half_request(world, chance, number, hung_up):
    """The line ends somewhere before the end of the request."""
    whole = request(world, f"half-{number}", HALF)
    if chance.random() < 0.5:
        boundary = "----torn"
        part = f'--{boundary}\r\nContent-Disposition: form-data; name="component_1"; filename="a.pdf"\r\n\r\n%PDF-1.4 '
        whole = (f"POST /nop-ho-so/{writers.PROCEDURE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000000\r\n"
                 f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n{part}").encode() + b"x" * 100_000
    with socket.create_connection(("127.0.0.1", world.port), timeout=5) as line:
        line.sendall(whole[:chance.randrange(1, len(whole))])
        if chance.random() < 0.5:  # a reset instead of a proper end
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def hang_up(world, chance, number, hung_up):
    """A whole request, and nobody there to hear the answer."""
    key = f"deaf-{number}"
    hung_up.append(key)
    with socket.create_connection(("127.0.0.1", world.port), timeout=5) as line:
        line.sendall(request(world, key, writers.NAME))
        time.sleep(chance.choice([0, 0.001, 0.005]))


def once(world, hung_up):
    """Half requests left nothing; those who hung up and ask again get one dossier, the same each time."""
    broken = []
    half = query(world.url, f"SELECT count(*) FROM dossiers.dossier WHERE applicant->>'name' = '{HALF}'")
    if half != [["0"]]:
        broken.append(f"half a request made a dossier: {half}")
    for key in hung_up:
        kind, body = writers.submission(world.agencies(1)[0])
        answers = [world.ask("POST", "/api/v1/dossiers", body, {"Content-Type": kind, "Idempotency-Key": key})
                   for _ in range(2)]
        codes = {json.loads(answer[2]).get("code") for answer in answers if answer}
        if len(codes) != 1 or None in codes:
            broken.append(f"after hanging up, the key {key} was answered with {codes}")
    return broken
