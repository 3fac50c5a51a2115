"""Kills the commands themselves: `demo`, `migrate`, `backup` and `restore`, each at random instants, then run to the end;
and backs up a server under writers.

What they leave behind half done must not stop the next run, and what the next run makes must verify.
"""
import random
import subprocess
import threading
import time

import promises
import writers
from world import PROGRAM, World, query


def run(options):
    chance = random.Random(options.seed)
    times = options.command_kills
    with World() as source:
        killed = broken_off(source, chance, ["demo", "--scale", "0.01"], times, 4)
        source.run("demo", "--scale", "0.01")
        wanted, broken = whole(source, "demo")
        killed += broken_off(source, chance, ["migrate"], times, 1)
        source.run("migrate")
        archive = source.folder / "backup.tar"
        killed += broken_off(source, chance, ["backup", archive], times, 3, clean=archive)
        source.run("backup", archive)
        with World() as copy:
            killed += broken_off(copy, chance, ["restore", archive], times, 4)
            copy.run("restore", archive, check=False)  # "there are dossiers already" when the last kill came late
            found, more = whole(copy, "restore")
            broken += more
            if found != wanted:
                broken.append(f"restored {found} instead of {wanted}")
        broken += at_work(source, archive)
    print(f"{killed} commands killed (demo, migrate, backup, restore), {len(broken)} promises broken", flush=True)
    return broken


def broken_off(world, chance, words, times, seconds, clean=None):
    """Runs a command and kills it after a while; how often it was still running. The rest of its process group ends by
    itself: PostgreSQL with its keeper, pg_dump and tar with their pipe or their connection."""
    killed = 0
    for _ in range(times):
        process = subprocess.Popen([PROGRAM, *words, "--var", world.var], stdout=world.log, stderr=world.log)
        time.sleep(chance.uniform(0.05, seconds))
        if process.poll() is None:
            process.kill()
            killed += 1
        process.wait()
        if clean is not None and clean.exists():  # finished: is it whole? The next one starts anew
            if subprocess.run(["tar", "-tf", clean], capture_output=True).returncode != 0:
                raise SystemExit("a backup that was killed left half an archive under its final name")
            clean.unlink()
    return killed


def whole(world, what):
    """What the database holds, and the promises that it breaks; served, so that it is looked at as people would."""
    world.url = world.run("database").strip().splitlines()[-1]
    world.start()
    promises.settled(world)
    contents = query(world.url, "SELECT (SELECT count(*) FROM dossiers.dossier), (SELECT count(*) FROM ledger.event), "
                                "(SELECT encode(root, 'hex') FROM ledger.checkpoint ORDER BY size DESC LIMIT 1)")
    broken = [f"after a killed {what}: {one}" for one in promises.look(world, [])]
    world.stop()
    return contents, broken


def at_work(world, archive):
    """A backup taken while writers work and the ledger grows: restored elsewhere, it keeps every promise."""
    archive.unlink()
    world.start()
    stopping = threading.Event()
    busy = writers.start(world, 4, 4, stopping)
    before = wait_for_work(busy, 0)
    world.run("backup", archive)
    wait_for_work(busy, before)
    stopping.set()
    for writer in busy:
        writer.join(timeout=30)
    world.stop()
    with World() as copy:
        copy.run("restore", archive)
        return whole(copy, "backup of a server at work")[1]


def wait_for_work(busy, more_than):
    """Until at least fifty dossiers more were acknowledged; how many there are then."""
    for _ in range(600):
        done, _ = writers.count(busy)
        if done >= more_than + 50:
            return done
        time.sleep(0.05)
    raise SystemExit("the writers stand still")
