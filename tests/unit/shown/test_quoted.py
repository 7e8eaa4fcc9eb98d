"""A sentence quotes a cell in the form in which it stands beside it."""

from __future__ import annotations

from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity, Value
from rowpost.shown import EXCEL_US, habits_of
from rowpost.shown.quoted import as_seen
from tests.support.tables import number, table_of

TABLE = table_of([(number("3657.25", "#,##0.00"), "3,657.25", number("46357"))])
NB = habits_of("nb")


def quoted(value: Value, column: int, *, sheet: str = "Ark1", row: int = 1) -> Value:
    problem = Problem(
        "date.not_a_date", Severity.ERROR, (CellRef(sheet, row, column),), values={"value": value}
    )
    return as_seen(problem, TABLE, NB).values["value"]


def test_what_the_cell_shows_is_quoted_as_it_is_shown_here() -> None:
    assert quoted("3,657.25", 1) == "3\N{NO-BREAK SPACE}657,25"


def test_all_other_values_stay() -> None:
    assert quoted("3657.25", 1) == "3657.25", "what is stored"
    assert quoted("3,657.25", 2) == "3,657.25", "a text"
    assert quoted(46357, 3) == 46357
    assert quoted("3,657.25", 1, sheet="Ark2") == "3,657.25"
    assert quoted("3,657.25", 1, row=0) == "3,657.25"


def test_in_english_and_without_a_cell_nothing_is_looked_at() -> None:
    problem = Problem(
        "date.not_a_date", Severity.ERROR, (CellRef("Ark1", 1, 1),), values={"value": "3,657.25"}
    )
    assert as_seen(problem, TABLE, EXCEL_US) is problem
    bare = Problem("date.not_a_date", Severity.ERROR)
    assert as_seen(bare, TABLE, NB) is bare
