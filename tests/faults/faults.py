"""Breaks what can break while writers work, then looks whether a promise was broken:

    python3 tests/faults/faults.py kills --kills 50     kill -9 of the server and of PostgreSQL
    python3 tests/faults/faults.py disk_full            a full volume: the database's, the ledger's, the files'
    python3 tests/faults/faults.py torn                 lost connections, half requests, deaf clients
    python3 tests/faults/faults.py commands             kill -9 of demo, migrate, backup and restore

Every acknowledged command must be there exactly once, none half, the ledger must verify against the database, and the
figures must equal what the records say (promises.py).
"""
import argparse
import random
import sys
import threading
import time

import commands
import disk_full
import promises
import torn
import writers
from world import World


def kills(options):
    chance = random.Random(options.seed)
    with World() as world:
        world.load()
        world.start()
        stopping = threading.Event()
        busy = writers.start(world, options.writers - 4, 4, stopping)
        for number in range(1, options.kills + 1):
            time.sleep(chance.uniform(0.05, 0.6))
            if chance.random() < 0.5:
                world.kill_database()
            world.kill()
            world.start()
            if number % 10 == 0:
                print("%d kills, %d dossiers and %d steps acknowledged" % (number, *writers.count(busy)), flush=True)
        time.sleep(1)
        stopping.set()
        for writer in busy:
            writer.join(timeout=30)
        broken = promises.look(world, busy)
        dossiers, taken = writers.count(busy)
        if dossiers == 0 or taken == 0:
            broken.append("nothing was acknowledged: the test proved nothing")
        print(f"{options.kills} kills under {options.writers} writers, {dossiers} dossiers and {taken} steps acknowledged, "
              f"{len(broken)} promises broken", flush=True)
        world.stop()
        return broken


CANNOT_RUN = 77  # exit status: nothing was tried, the reason is printed
# Each answers the promises that it found broken, None when it cannot run here.
FAULTS = {"kills": kills, "disk_full": disk_full.run, "torn": torn.run, "commands": commands.run}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faults", nargs="*", choices=[*FAULTS, []], help="default: all")
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--tears", type=int, default=60)
    options.add_argument("--command-kills", type=int, default=4, help="of each command")
    options.add_argument("--writers", type=int, default=16)
    options.add_argument("--seed", type=int, default=20230614)
    options = options.parse_args()
    found = [FAULTS[name](options) for name in options.faults or FAULTS]
    broken = [promise for promises_broken in found for promise in promises_broken or []]
    for promise in broken:
        print("broken: " + promise)
    if broken:
        return 1
    return CANNOT_RUN if all(promises_broken is None for promises_broken in found) else 0


if __name__ == "__main__":
    sys.exit(main())
