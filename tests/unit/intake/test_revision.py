"""An assessment revised edit by edit says the same as the whole pass over the edited sheet."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rowpost.intake import Rechecker, Revision, assess
from rowpost.intake.examiner import Examiner
from rowpost.intake.patched import Patched
from rowpost.mapping import Grouping, GroupKind
from rowpost.model.assessment import Assessment
from rowpost.model.books import RowState
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, RULES, mapped, row_with, sheet_of

ROWS = [
    row_with(Fakturanr=str(n), Postnr=f"01{n:02}", Forfallsdato="x" if n == 3 else GOOD[2]) for n in range(6)
]
STEPS = st.lists(
    st.tuples(
        st.integers(2, 7),
        st.sampled_from([0, 1, 3, 5, 7, 10]),
        st.sampled_from(["0", "1", "x", "", "2026-09-01", "10915596784", "0150", "4500"]),
    ),
    max_size=5,
)


def known(found: Assessment) -> dict[str, object]:
    """Everything an assessment says, in an order of its own; states without a row say nothing."""
    books = found.books
    return {
        "ready": [(one.rows, one.amount, json.loads(one.payload)) for one in found.ready],
        "staying": [(row.rows, row.state, row.code, row.amount) for row in found.staying],
        "problems": sorted((one.row, one.code, str(one.where)) for one in found.problems),
        "rows": {state: count for state, count in books.by_state.items() if count},
        "read": {currency: amount for currency, amount in books.amounts.items() if amount},
        "amounts": {
            (currency, state): amount
            for currency, by_state in books.amount_by_state.items()
            for state, amount in by_state.items()
            if amount
        },
    }


@given(STEPS)
def test_edits_one_by_one_come_to_what_the_whole_pass_says(steps: list[tuple[int, int, str]]) -> None:
    table, layout = sheet_of(*ROWS)
    mapping, catalog = mapped(table, layout), invoice_catalog()
    checker = Rechecker(Examiner(table, layout, mapping, catalog, RULES))
    now: Revision | None = Revision(assess(table, layout, mapping, catalog, RULES))
    edits: dict[tuple[int, int], str] = {}
    out: frozenset[int] = frozenset()
    for row, column, text in steps:  # column 0: the row is left out, or taken back
        if column:
            edits[row, column] = text
        else:
            out ^= {row}
        checker.leave_out(out)
        assert now is not None
        now = now.after(checker.recheck(edits, [row]))
    assert now is not None
    assert now.assessment.books.balanced
    whole = assess(table.with_edits(edits), layout, mapping, catalog, replace(RULES, left_out=out))
    assert known(now.assessment) == known(whole)


def test_many_rows_at_once_are_one_revision() -> None:
    table, layout = sheet_of(*ROWS)
    mapping, catalog = mapped(table, layout), invoice_catalog()
    checker = Rechecker(Examiner(table, layout, mapping, catalog, RULES))
    edits = {(row, 5): "100" for row in range(2, 8)}
    first = Revision(assess(table, layout, mapping, catalog, RULES))
    now = first.after(checker.recheck(edits, range(2, 8)))
    assert now is not None
    assert first.assessment.books.amounts == {"NOK": Decimal(27000)}, "the earlier one stays as it was"
    assert now.assessment.books.amounts == {"NOK": Decimal(600)}
    assert known(now.assessment) == known(assess(table.with_edits(edits), layout, mapping, catalog, RULES))


def test_a_group_that_comes_apart_is_followed_or_given_up() -> None:
    table, layout = sheet_of(row_with(Restbeløp=4000), row_with(Restbeløp=400), row_with(Fakturanr="8"))
    mapping, catalog = mapped(table, layout, grouping=Grouping(GroupKind.CLAIMS)), invoice_catalog()
    checker = Rechecker(Examiner(table, layout, mapping, catalog, RULES))
    first = Revision(assess(table, layout, mapping, catalog, RULES))
    edits = {(3, 1): "8"}
    verdicts = checker.recheck(edits, [3])
    now = first.after(verdicts)
    assert now is not None
    assert {entry.rows for entry in now.assessment.staying} | {
        entry.rows for entry in now.assessment.ready
    } == {(2,), (3, 4)}
    half = [verdict for verdict in verdicts if verdict.rows == (2,)]
    assert first.after(half) is None, "row 3 would be lost"


def test_a_row_left_out_is_in_the_books_as_such() -> None:
    table, layout = sheet_of(*ROWS)
    mapping, catalog = mapped(table, layout), invoice_catalog()
    checker = Rechecker(Examiner(table, layout, mapping, catalog, RULES))
    checker.leave_out(frozenset({4}))
    now = Revision(assess(table, layout, mapping, catalog, RULES)).after(checker.recheck({}, [4]))
    assert now is not None
    assert now.assessment.books.by_state[RowState.LEFT_OUT] == 1
    assert [entry.code for entry in now.assessment.staying if entry.rows == (4,)] == ["left_out.by_hand"]


@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)), st.data())
def test_a_patched_sequence_is_the_same_as_a_list(
    base: set[int], come: set[int], data: st.DataObject
) -> None:
    rows = sorted(base)
    gone = data.draw(st.sets(st.sampled_from(range(len(rows))))) if rows else set()
    come -= {row for place, row in enumerate(rows) if place not in gone}
    patched = Patched(rows, rows.__getitem__, gone, [(row, row) for row in come])
    assert list(patched) == sorted({row for place, row in enumerate(rows) if place not in gone} | come)
    assert len(patched) == len(list(patched))
