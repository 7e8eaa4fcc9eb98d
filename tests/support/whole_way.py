"""What the one document of a practice run must say, wherever the program came from."""

from __future__ import annotations

import json
from decimal import Decimal

REJECTED_BY_THE_PRACTICE_SERVER = 3


def check_practice_run(stdout: str) -> None:
    """Hold the document against the contract: every row has its verdict, counts and amounts balance."""
    document = json.loads(stdout)
    counts = document["counts"]
    assert document["status"] == "done"
    assert counts["accepted"] > 0
    assert counts["rejected"] == REJECTED_BY_THE_PRACTICE_SERVER
    assert counts["not_fit"] > 0
    assert counts["waiting"] == counts["not_known"] == 0
    balance({name: Decimal(count) for name, count in counts.items()})
    for totals in document["totals"].values():
        balance({name: Decimal(amount) for name, amount in totals.items()})


def balance(figures: dict[str, Decimal]) -> None:
    """Hold the books against each other."""
    assert figures["rows"] == figures["left_out"] + figures["not_fit"] + figures["ready"]
    decided = figures["accepted"] + figures["rejected"]
    assert figures["ready"] == decided + figures["waiting"] + figures["not_known"]
