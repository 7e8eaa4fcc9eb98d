"""A job arrives in another process as it was, however many edits and claims it has."""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rowpost.checks import RejectedBefore
from rowpost.intake import parcel
from rowpost.intake.attendant import changed_cells, changed_rows
from rowpost.intake.job import Job
from rowpost.model.again import Again
from rowpost.session.known import Known
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, RULES, mapped, sheet_of


def received(job: Job) -> Job:
    """Send a job through a pipe that holds far less than it."""
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        sender = threading.Thread(target=parcel.send, args=(ours, job))
        sender.start()
        made = parcel.receive(theirs)
        sender.join()
        return made


def test_many_edits_and_claims_arrive_as_they_were() -> None:
    mapping = mapped(*sheet_of(GOOD))
    line = ("key", "r1", "2026-10-01T12:00:00+00:00", "accepted", "10", "7", "october.xlsx", "1")
    many = {f"key {number}": RejectedBefore(b"0" * 32, "no", 1, date(2026, 10, 1)) for number in range(5000)}
    again = Again("r1", frozenset({"key"}), frozenset(), dict.fromkeys(many, "again.accepted"))
    known = Known.of([[line] * 500] * 20)
    rules = replace(RULES, rejected=many, again=again, known=known, left_out=frozenset(range(3000)))
    job = Job(mapping, invoice_catalog(), rules, {(row, 3): f"text {row}" for row in range(4001)})
    made = received(job)
    assert dict(made.edits) == dict(job.edits)
    assert (made.rules.rejected, made.rules.again) == (many, again)
    assert replace(made.rules, known=None) == replace(rules, known=None)
    assert made.rules.known is not None
    assert made.rules.known.by_source_id("key") == known.by_source_id("key")
    assert made.mapping == mapping


def test_a_job_without_any_arrives_too() -> None:
    mapping = mapped(*sheet_of(GOOD))
    made = received(Job(mapping, invoice_catalog(), RULES, {}))
    assert (made.rules, made.mapping, made.edits) == (RULES, mapping, {})


EDITS = st.dictionaries(st.tuples(st.integers(1, 4), st.integers(1, 3)), st.sampled_from("abc"))
ROWS = st.frozensets(st.integers(1, 6))


@given(EDITS, EDITS, ROWS, ROWS)
def test_what_differs_is_judged_again(
    before: dict[tuple[int, int], str],
    after: dict[tuple[int, int], str],
    was_out: frozenset[int],
    out: frozenset[int],
) -> None:
    cells = {cell for cell, _ in before.items() ^ after.items()}
    assert changed_cells(before, after) == cells
    assert changed_rows(before, after, was_out, out) == {row for row, _ in cells} | (was_out ^ out)
