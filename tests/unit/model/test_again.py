"""What may be sent again: what was rejected or released, and nothing else, whatever the keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowpost.model.again import again
from rowpost.model.books import RowState
from rowpost.model.results import RowResult
from tests.support.runs import made_result, made_run

CODES = {RowState.WAITING: "row.waiting", RowState.NOT_KNOWN: "row.absent"}


def row(number: int, state: RowState, code: str = "") -> RowResult:
    return made_result((number,), state, code=code or CODES.get(state, ""))


@given(st.lists(st.sampled_from([*RowState, "released"]), max_size=12), st.booleans())
def test_nothing_but_rejected_and_released_rows(kinds: list[str], same_rows: bool) -> None:
    rows = [
        row(number, RowState.WAITING, "row.released") if kind == "released" else row(number, RowState(kind))
        for number, kind in enumerate(kinds, start=2)
    ]
    found = again(made_run(rows, sheet="A"), same_rows=same_rows)
    for kind, one in zip(kinds, rows, strict=True):
        goes = kind in ("rejected", "released")
        assert (found.why_not(one.source_id, one.rows[0]) == "") is goes
        if not goes:  # its own row number is no way in either
            assert found.why_not(one.source_id, 2)


@pytest.mark.parametrize(("same_rows", "why"), [(True, ""), (False, "again.not_of_the_run")])
def test_a_mended_key_counts_where_the_rows_are_the_same(same_rows: bool, why: str) -> None:
    run = made_run([row(2, RowState.REJECTED), row(3, RowState.ACCEPTED)], sheet="A")
    found = again(run, same_rows=same_rows)
    assert found.why_not("a new key", 2) == why
    assert found.why_not("a new key", 3) == "again.not_of_the_run"


def test_only_what_was_released_has_its_claim_set_free() -> None:
    rows = [row(2, RowState.REJECTED), replace(row(3, RowState.WAITING), code="row.released")]
    assert again(made_run(rows, sheet="A"), same_rows=True).released == {rows[1].source_id}


def test_what_was_released_goes_only_under_its_own_key() -> None:
    rows = [row(2, RowState.WAITING, "row.released")]
    found = again(made_run(rows, sheet="A"), same_rows=True)
    assert found.why_not(rows[0].source_id, 2) == ""
    assert found.why_not("a new key", 2) == "again.key_changed"
