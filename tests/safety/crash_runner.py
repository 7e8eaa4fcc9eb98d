"""Sends runs in processes of its own that are killed (SIGKILL) at a given boundary.

Started once as a process, it has everything imported; each command on stdin is carried out by a
fork of it. A command is a JSON object; the answer is one line of JSON: how the fork ended, and
how many boundaries it passed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from rowpost.amili import AmiliClient
from rowpost.ledger.epoch import FileWitness
from tests.safety.world import (
    JumpingClock,
    carry_on,
    make_run,
    network_rules,
    open_ledger,
    ready,
    sending_rules,
    target_at,
)

RUN_FILE = "run.txt"
NUMBERS = tuple("abcdefg")  # three parts of three, two and two
AGAIN = ("d", "h")


class Boundaries:
    """Counts boundaries, and kills this process at one of them; each is written down as it is passed."""

    def __init__(self, kill_at: int, log: Path) -> None:
        self._kill_at = kill_at
        self._passed = 0
        self._log = log

    def __call__(self, what: str) -> None:
        self._passed += 1
        with self._log.open("a") as log:
            log.write(f"{what}\n")
        if self._passed == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def send(command: dict[str, Any]) -> None:
    """Begin a run, or go on with the one that is there; be killed on the way if the command says so."""
    folder = Path(command["folder"])
    boundary = Boundaries(command["kill_at"], folder / "boundaries.txt")
    clock, rules = JumpingClock(), sending_rules(part_size=3)
    target = target_at(command["base"], command["organization"])
    with open_ledger(
        folder / "ledger.sqlite", clock, FileWitness(folder / "witness"), boundary=boundary
    ) as ledger:
        runs = ledger.runs()
        name = runs[0].run if runs else make_run(ledger, target, ready(NUMBERS))
        if command["again"] and len(runs) == 1:  # what was rejected goes once more, with one that is new
            name = make_run(ledger, target, ready(AGAIN), follows=name)
        client = AmiliClient(target, "practice", network_rules(), rules, clock=clock, boundary=boundary)
        try:
            carry_on(name, ledger, client, rules, clock)
        finally:
            client.close()


def main() -> None:
    """Carry out commands until there are no more."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            send(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status)}), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
