"""The fault matrix: every kind of fault at every question, applied or not, over real sockets.

`PYTHONPATH=app python -m tests.safety.matrix` writes the table of verdicts anew; the difference is then to be
read by a person before it is committed.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rowpost.amili import AmiliClient
from rowpost.ledger import Ledger
from rowpost.model.books import RowState
from rowpost.sandbox import PracticeServer
from tests.safety.fault_kinds import BATCHES, EVERYWHERE, LOOK_UPS, SLOW, Kind
from tests.safety.world import (
    Findings,
    JumpingClock,
    audit,
    carry_on,
    make_run,
    network_rules,
    open_ledger,
    ready,
    sending_rules,
    target_at,
)
from tests.support.practice import practice

CERTAINLY_NOT_TAKEN = (400, 401, 403, 404, 413, 422, 429)  # as the specification has it
TABLE = Path(__file__).with_name("verdicts.tsv")
HEADINGS = ("fault", "at", "carried out", "while it lasts", "afterwards")
PLACES = {
    "token": ["token"],
    "post": ["createInvoices"],
    "batch": ["getBatch"],
    "look-up": ["getInvoices", "getBatches"],
}
LOST_ANSWER = {"at": ["createInvoices"], "times": 1, "cutHead": 0, "ending": "reset"}
# Only silence has to be waited for; where an answer comes, no pause of a busy machine may look like silence.
SILENT_SECONDS, PATIENT_SECONDS = 0.5, 30.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One fault at one place.

    `applied`: whether the request is carried out before its answer is spoilt; at a look-up,
    whether the POST was whose answer had been lost.
    """

    kind: str
    place: str
    applied: bool
    fault: Kind

    @property
    def faults(self) -> list[Kind]:
        """The faults of the scenario."""
        here = {**self.fault, "at": PLACES[self.place], "applied": self.applied}
        if self.place != "look-up":
            return [here]
        return [{**LOST_ANSWER, "applied": self.applied}, {**here, "applied": True}]

    @property
    def name(self) -> tuple[str, str, str]:
        """How the cell stands in the table."""
        return self.kind, self.place, "yes" if self.applied else "no"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a run while the fault lasted, and afterwards; and what the audit says each time."""

    during: str
    afterwards: str
    findings: tuple[Findings, Findings]


def cells(kind: str) -> Iterator[Cell]:
    """All cells of one kind."""
    places = dict.fromkeys(PLACES, EVERYWHERE.get(kind))
    places["batch"] = places["batch"] or BATCHES.get(kind)
    places["look-up"] = places["look-up"] or LOOK_UPS.get(kind)
    for place, fault in places.items():
        for applied in (False, True):
            if fault is not None and not _lies(place, fault, applied=applied):
                yield Cell(kind, place, applied, fault)


def _lies(place: str, fault: Kind, *, applied: bool) -> bool:
    """Whether the agency would say that it did not take what it took; from that no client can be safe."""
    return applied and place == "post" and fault.get("status") in CERTAINLY_NOT_TAKEN


def kinds() -> Sequence[str]:
    """The names of all kinds."""
    return list(dict.fromkeys([*EVERYWHERE, *BATCHES, *LOOK_UPS]))


def verdicts_of(kind: str) -> list[tuple[Cell, Verdict]]:
    """Play all cells of a kind, at the same time: most of them wait."""
    played = list(cells(kind))
    with ThreadPoolExecutor(len(played)) as pool:
        return list(zip(played, pool.map(play, played), strict=True))


def play(cell: Cell) -> Verdict:
    """Send a run of two parts while the fault lasts, then go on without it; the books live through both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_ledger(folder / "ledger.sqlite") as ledger:
            run = make_run(ledger, target_at(""), ready("abc"))
            told, found = [], []
            for faults in (cell.faults, []):
                with practice(folder / "books.jsonl", faults=faults) as server:
                    seconds = SILENT_SECONDS if cell.kind in SLOW and faults else PATIENT_SECONDS
                    told.append(_send(ledger, run, server, seconds))
                    found.append(audit(ledger.result(run), server.books()))
    return Verdict(told[0], told[1], (found[0], found[1]))


def _send(ledger: Ledger, run: str, server: PracticeServer, deadline_seconds: float) -> str:
    clock = JumpingClock()
    rules = sending_rules(part_size=2, post_deadline_seconds=deadline_seconds, give_up_polling_seconds=7200)
    network = network_rules(get_deadline_seconds=deadline_seconds, read_seconds=5, answer_max_mib=1)
    target = target_at(server.api_url.removesuffix("/collection/v1"))
    client = AmiliClient(target, server.client_secret, network, rules, clock=clock)
    try:
        status = carry_on(run, ledger, client, rules, clock)
    finally:
        client.close()
    result = ledger.result(run)
    states = Counter(row.state for row in result.rows)
    counts = " ".join(f"{state}={states[state]}" for state in RowState if states[state])
    codes = sorted({row.code for row in result.rows if row.state is RowState.NOT_KNOWN})
    return " ".join(filter(None, [f"{status}:", counts, *codes, result.summary.cause]))


def read_table() -> dict[tuple[str, str, str], tuple[str, str]]:
    """The verdicts that are expected, by cell."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", lineterminator="\n"))
    return {(line[0], line[1], line[2]): (line[3], line[4]) for line in lines[1:]}


def write_table(verdicts: Iterable[tuple[Cell, Verdict]]) -> None:
    """Write down what happens now."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(HEADINGS)
        for cell, verdict in verdicts:
            writer.writerow([*cell.name, verdict.during, verdict.afterwards])


def main() -> None:
    """Write the table anew, and tell every cell against which the audit has something."""
    played = [pair for kind in kinds() for pair in verdicts_of(kind)]
    write_table(played)
    for cell, verdict in played:
        if not all(findings.clean for findings in verdict.findings):
            sys.stderr.write(f"{cell.name}: {verdict}\n")


if __name__ == "__main__":
    main()
