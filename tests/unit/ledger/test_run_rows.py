"""Rows at scale: packed and handed over they say what they said before; books are added up exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.ledger import Ledger
from rowpost.ledger.debtors import names_in
from rowpost.ledger.run_rows import FORMS, RunRows
from rowpost.model.attempts import Conclusion, NewPart, Outcome, RowVerdict, RunMeta, Stage
from rowpost.model.books import BookLine, RowState, amounts_of, balance
from rowpost.model.invoices import StayingRow
from rowpost.model.results import RunResult, places_of
from rowpost.sheets import sections
from tests.safety.world import make_run, open_ledger, ready, target_at

TARGET = target_at("http://127.0.0.1:1")
STAGES = (Stage.ACCEPTED, Stage.REJECTED, Stage.NOT_KNOWN, Stage.CONFLICT)
_RUNS = count()
AMOUNTS = st.one_of(
    st.decimals(-(10**7), 10**7, places=2),
    st.decimals(0, 10**15, places=3),
    st.sampled_from([Decimal("1E+3"), Decimal("0"), Decimal("-0.005"), Decimal("999999999999999999999.99")]),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder: Path = tmp_path_factory.mktemp("ledger")
    with open_ledger(folder / "ledger.sqlite") as opened:
        yield opened


def decided(ledger: Ledger, key: str, stages: list[Stage]) -> str:
    """A run of which one invoice each has such a verdict, and two have none."""
    numbers = [f"{key}-{number}" for number in range(len(stages) + 2)]
    run = make_run(ledger, TARGET, ready(numbers))
    rows = [row.row for row in ledger.loose(run)]
    ledger.cut(run, [NewPart(tuple(rows[: len(stages)]))])
    ahead = ledger.facts(run, 200).ahead
    assert ahead is not None
    attempt, _ = ledger.intend(ahead.part)
    assert attempt is not None
    ledger.conclude(attempt.attempt, Conclusion(Outcome.RECEIVED, 202, batch_id=f"batch-{key}"))
    said = [
        RowVerdict(sent.row, stage, f"row.{stage}", *_evidence(stage, sent.invoice_number))
        for sent, stage in zip(attempt.rows, stages, strict=True)
    ]
    ledger.judge(attempt.attempt, said)
    return run


def _evidence(stage: Stage, number: str) -> tuple[str, str, str]:
    if stage is Stage.ACCEPTED:
        return "", f"invoice-{number}", f"case-{number}"
    return ("no such debtor" if stage is Stage.REJECTED else ""), "", ""


@given(st.lists(st.sampled_from(STAGES), min_size=1, max_size=8))
def test_packed_handed_over_and_looked_at_rows_are_the_same(ledger: Ledger, stages: list[Stage]) -> None:
    run = decided(ledger, f"run {next(_RUNS)}", stages)
    plain = list(ledger.rows(run))
    result = ledger.result(run)
    assert all(row.debtor for row in result.rows), "named for those who look at a run"
    plain = [replace(row, debtor=named.debtor) for row, named in zip(plain, result.rows, strict=True)]
    assert list(result.rows) == plain
    assert isinstance(result.rows, RunRows)
    arrays = result.rows.arrays
    memory = memoryview(bytearray(sections.size_of(arrays)))
    sections.lay_out(arrays, memory)
    views = sections.views(sections.lengths(arrays), FORMS, memory)
    handed = RunResult(result.summary, RunRows.of(views, result.places.with_case))
    assert list(handed.rows) == plain
    told, known = handed.places, places_of(plain)
    assert {state: list(places) for state, places in told.by_state.items()} == {
        state: list(places) for state, places in known.by_state.items()
    }
    assert list(told.again) == list(known.again)
    assert told.with_case == known.with_case
    assert all(handed.row_at(row.rows[0]) == row for row in plain)
    assert handed.row_at(1) is None
    assert handed.row_at(10_000) is None


def test_what_a_person_said_stays_with_its_row(ledger: Ledger) -> None:
    run = decided(ledger, "person", [Stage.CONFLICT, Stage.ACCEPTED])
    ledger.close_row(run, 2, there=True, reason="Seen at the agency", who="Kari")
    first = ledger.result(run).rows[0]
    assert first.person is not None
    assert (first.state, first.person.who, first.person.reason) == (
        RowState.ACCEPTED,
        "Kari",
        "Seen at the agency",
    )
    assert [replace(row, debtor="") for row in ledger.result(run).rows] == list(ledger.rows(run))


def test_debtors_are_named_until_the_run_is_forgotten(ledger: Ledger) -> None:
    numbers = ["name-1", "name-2", "name-3"]
    debtors = ([{"name": "Fjord AS"}], [{"firstname": "Kari", "lastname": "Moe"}, {"name": "Ola Moe"}], [{}])
    invoices = [
        replace(one, payload=json.dumps({"debtors": who}).encode())
        for one, who in zip(ready(numbers), debtors, strict=True)
    ]
    run = make_run(ledger, TARGET, invoices)
    rows = ledger.result(run).rows
    assert [row.debtor for row in rows] == ["Fjord AS", "Kari Moe, Ola Moe", ""]
    assert "Fjord" not in repr(rows[0])
    ledger.erase(run, "tester", give_up_waiting=True)
    assert [row.debtor for row in ledger.result(run).rows] == ["", "", ""]


@given(st.binary() | st.text().map(str.encode))
def test_whatever_a_payload_was_names_are_read_or_not(payload: bytes) -> None:
    assert isinstance(names_in(payload), str)


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(["NOK", "SEK", ""])), max_size=12))
def test_books_are_added_up_to_the_last_decimal(ledger: Ledger, worth: list[tuple[Decimal, str]]) -> None:
    staying = [
        StayingRow((row,), RowState.NOT_FIT, "x", currency=currency, amount=amount)
        for row, (amount, currency) in enumerate(worth, start=2)
    ]
    lines = [BookLine(row.state, 1, row.currency, row.amount) for row in staying]
    meta = RunMeta(TARGET, "a", "a", "0" * 64, "S", 1, len(staying), amounts_of(lines), "tester")
    run = ledger.create_run(replace(meta), (), staying)
    counted = ledger.summary(run).books
    assert counted == balance(len(staying), amounts_of(lines), lines)
    assert counted.balanced
    assert ledger.invoices_by_state(run) == ({RowState.NOT_FIT: len(staying)} if staying else {})
