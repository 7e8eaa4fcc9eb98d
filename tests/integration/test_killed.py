"""kill -9 during a run, then resume: the agency's books hold no double and no loss."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from tests.support.program import SAMPLE, Place, command, environment, run, sandbox

FAST = (
    *("--option", "sending.poll_first_seconds=0.05", "--option", "sending.poll_max_seconds=0.2"),
    *("--option", "sending.settle_seconds=1"),
)


def killed_at_part(number: int, place: Place) -> None:
    """Start to send in parts of five and kill the program as soon as it says that this part goes out."""
    arguments = ("send", str(SAMPLE), *place.arguments, "--yes", "--part-size", "5", *FAST)
    with subprocess.Popen(
        command(*arguments),
        env=environment(place.env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as sending:
        assert sending.stderr
        for line in sending.stderr:
            if f"part {number}:" in line:
                sending.kill()
                break


def resumed(place: Place) -> dict[str, Any]:
    return run("resume", "--yes", "--json", *FAST, env=place.env).document


@pytest.mark.parametrize("number", [1, 4])
def test_nothing_is_doubled_or_lost(number: int, home: object) -> None:
    with sandbox() as place:
        killed_at_part(number, place)
        (before,) = run("runs", "--json").document["runs"]
        document = resumed(place)
        held = place.books()["invoices"]
    assert before["counts"]["waiting"] > 0
    assert all(invoice["times"] == 1 for invoice in held)
    accepted = {row["source_id"] for row in document["rows"] if row["state"] == "accepted"}
    assert accepted == {invoice["uniqueSourceInvoiceId"] for invoice in held}
    counts = document["counts"]
    assert counts["accepted"] + counts["rejected"] + counts["not_known"] == counts["ready"]
    assert counts["waiting"] == 0


def test_resume_without_a_terminal_and_without_yes_sends_nothing(home: object) -> None:
    with sandbox() as place:
        killed_at_part(2, place)
        held = place.books()
        ended = run("resume", env=place.env)
        assert ended.code == 2
        assert place.books() == held


def test_resume_has_nothing_to_do_when_all_is_done(home: object) -> None:
    ended = run("resume", "--json")
    assert (ended.code, ended.document["status"]) == (0, "done")
