"""One edited row is judged exactly as the whole pass would judge it, with its duplicates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rowpost.intake import Rechecker, RowVerdict, assess
from rowpost.intake.assess import examined
from rowpost.intake.examiner import Examiner
from rowpost.mapping import Grouping, GroupKind
from rowpost.model.assessment import Assessment
from rowpost.model.books import RowState
from rowpost.model.outside import no_progress
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import GOOD, RULES, mapped, row_with, sheet_of

ROWS = [
    row_with(Fakturanr=str(n), Postnr=f"01{n:02}", Forfallsdato="x" if n == 3 else GOOD[2]) for n in range(6)
]


def verdict_of(found: Assessment, row: int) -> tuple[RowState, list[str]]:
    """What the whole pass says of a row: its state and the codes of its problems."""
    codes = sorted(problem.code for problem in found.problems if problem.row == row)
    for staying in found.staying:
        if row in staying.rows:
            return staying.state, codes
    return RowState.WAITING, codes


def as_verdict(verdict: RowVerdict) -> tuple[RowState, list[str]]:
    return verdict.state, sorted(problem.code for problem in verdict.problems)


def test_an_edit_that_mends_a_row() -> None:
    table, layout = sheet_of(*ROWS)
    checker = Rechecker(Examiner(table, layout, mapped(table, layout), invoice_catalog(), RULES))
    (verdict, *_) = checker.recheck({(5, 3): "2026-09-01"}, [5])
    assert (verdict.rows, verdict.state) == ((5,), RowState.WAITING)
    assert b'"dueDate":"2026-09-01T00:00:00Z"' in verdict.payload


def test_an_edit_that_makes_a_duplicate_and_takes_it_back() -> None:
    table, layout = sheet_of(*ROWS)
    checker = Rechecker(Examiner(table, layout, mapped(table, layout), invoice_catalog(), RULES))
    made = checker.recheck({(3, 1): "0"}, [3])
    twins = {verdict.rows[0]: [problem.code for problem in verdict.problems] for verdict in made}
    assert twins[2] == twins[3] == ["duplicate.invoice_number"]
    back = checker.recheck({}, [3])
    assert {verdict.rows[0]: verdict.state for verdict in back if verdict.rows[0] in {2, 3}} == {
        2: RowState.WAITING,
        3: RowState.WAITING,
    }


def test_a_row_that_is_left_out_disturbs_nobody() -> None:
    table, layout = sheet_of(*ROWS)
    checker = Rechecker(Examiner(table, layout, mapped(table, layout), invoice_catalog(), RULES))
    (verdict, *_) = checker.recheck({(3, 1): "0", (3, 5): "0"}, [3])
    assert (verdict.state, verdict.code) == (RowState.LEFT_OUT, "left_out.zero")


def test_a_row_of_a_group_is_judged_with_its_group() -> None:
    table, layout = sheet_of(row_with(Restbeløp=4000), row_with(Restbeløp=400), row_with(Fakturanr="8"))
    mapping = mapped(table, layout, grouping=Grouping(GroupKind.CLAIMS))
    checker = Rechecker(Examiner(table, layout, mapping, invoice_catalog(), RULES))
    (verdict, *_) = checker.recheck({(3, 5): "5000"}, [3])
    assert verdict.rows == (2, 3)
    assert [problem.code for problem in verdict.problems] == ["amount.principal_above_original"]


EDITS = st.dictionaries(
    st.tuples(st.integers(2, 7), st.sampled_from([1, 3, 5, 7, 10])),
    st.sampled_from(["0", "1", "x", "", "2026-09-01", "10915596784", "0150", "4500"]),
    max_size=4,
)


@given(EDITS, st.booleans())
def test_it_agrees_with_the_whole_pass(edits: dict[tuple[int, int], str], goes_on: bool) -> None:
    """Whether it goes on with what a check has seen, or has looked through the rows itself."""
    table, layout = sheet_of(*ROWS)
    mapping = mapped(table, layout)
    examiner = Examiner(table, layout, mapping, invoice_catalog(), RULES)
    seen = examined(examiner, None, None, no_progress).duplicates if goes_on else None
    checker = Rechecker(examiner, seen)
    done: dict[tuple[int, int], str] = {}
    latest: dict[int, RowVerdict] = {}
    for cell, text in edits.items():
        done[cell] = text
        latest |= {verdict.rows[0]: verdict for verdict in checker.recheck(done, [cell[0]])}
    whole = assess(table.with_edits(done), layout, mapping, invoice_catalog(), RULES)
    for row, verdict in latest.items():
        assert as_verdict(verdict) == verdict_of(whole, row), row
