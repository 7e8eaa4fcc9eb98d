"""Duplicates, causes and safe fixes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rowpost.checks import Change, Content, EarlierRun, alike, earlier_runs_like, group_by_cause, safe_fixes
from rowpost.checks.duplicates import Duplicates, Identity, Twin
from rowpost.model.cells import CellRef
from rowpost.model.problems import Problem, Severity, Value

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


def problem(code: str, severity: Severity, row: int, column: int = 1, **values: Value) -> Problem:
    return Problem(code, severity, (CellRef("S", row, column),), "x", values)


def test_twins_name_the_earlier_row() -> None:
    seen = Duplicates()
    assert seen.see(2, Identity("17", "a", 1)) is None
    assert seen.see(3, Identity("18", "b", 2)) is None
    assert seen.see(4, Identity("17", "c", 3)) == Twin("duplicate.invoice_number", 2, 4)
    assert seen.see(5, Identity("19", "b", 4)) == Twin("duplicate.source_id", 3, 5)
    assert seen.see(6, Identity("20", "d", 2)) == Twin("duplicate.same_claim", 3, 6)
    assert seen.see(7, Identity("", "", 0)) is None
    assert seen.see(8, Identity("", "", 0)) is None


def test_rows_that_come_and_go() -> None:
    """A row that is forgotten leaves its number to the others, whoever had it first."""
    seen, one = Duplicates(), Identity("17", "", 0)
    for row in (2, 4, 6):
        seen.see(row, one)
    number = "duplicate.invoice_number"
    assert seen.rows(number, one) == [2, 4, 6]
    seen.forget(2, one)
    assert seen.rows(number, one) == [4, 6]
    assert seen.see(2, one) == Twin(number, 4, 2)
    for row in (4, 6, 2):
        seen.forget(row, one)
    assert seen.rows(number, one) == []
    assert seen.see(9, one) is None
    assert seen.rows("duplicate.same_claim", one) == [], "who has no claim shares none"


def test_causes_are_counted_errors_first() -> None:
    found = [
        problem("value.missing", E, 2, field="dueDate"),
        problem("text.invisible", N, 2, field="name"),
        problem("value.missing", E, 3, field="dueDate"),
        problem("value.missing", E, 3, field="currency"),
        problem("description.missing", W, 3, field="description"),
    ]
    causes = group_by_cause(found)
    assert [(cause.code, cause.field, cause.count, cause.rows) for cause in causes] == [
        ("value.missing", "dueDate", 2, 2),
        ("value.missing", "currency", 1, 1),
        ("description.missing", "description", 1, 1),
        ("text.invisible", "name", 1, 1),
    ]
    assert causes[0].places == (0, 2)
    assert causes[0].example is found[0]


def test_the_same_value_elsewhere() -> None:
    found = [
        problem("enum.not_one_of", E, row, field="currency", value=word)
        for row, word in ((2, "a"), (3, "b"), (4, "a"))
    ]
    assert [one.row for one in alike(found, found[0])] == [2, 4]


def test_safe_fixes_are_data() -> None:
    found = [
        problem("enum.did_you_mean", E, 2, 3, field="currency", value="NOOK", suggestion="NOK"),
        problem("enum.did_you_mean", E, 4, 3, field="currency", value="NOOK", suggestion="NOK"),
        problem("identifier.zeros_restored", N, 2, 5, field="zipCode", value="158", result="0158"),
        problem("date.time_of_day", N, 2, 6, field="dueDate", value="x", date=date(2026, 9, 1)),
        problem("amount.not_positive", E, 9, 7, field="remainingAmount", value="0"),
        problem("id.person_wrong", E, 9, 8, field="identificationNumber", value="1"),
    ]
    fixes = {fix.code: fix for fix in safe_fixes(found)}
    assert set(fixes) == {"fix.spelling", "fix.zeros", "fix.date", "fix.leave_out"}
    assert fixes["fix.spelling"].changes == (
        Change(CellRef("S", 2, 3), "NOOK", "NOK"),
        Change(CellRef("S", 4, 3), "NOOK", "NOK"),
    )
    assert fixes["fix.date"].changes[0].after == "2026-09-01"
    assert fixes["fix.leave_out"].leave_out == (9,)


def test_runs_with_the_same_content_or_totals_are_named() -> None:
    day, totals = date(2026, 11, 3), {"NOK": Decimal(100)}
    runs = [
        EarlierRun("r1", day, "a.xlsx", Content("s1", 2, totals)),
        EarlierRun("r2", day, "b.xlsx", Content("s2", 2, totals)),
        EarlierRun("r3", day, "c.xlsx", Content("s3", 3, totals)),
        EarlierRun("r4", day, "d.xlsx", Content("here", 9, {})),
    ]
    found = list(earlier_runs_like(Content("here", 2, totals), {"r1": 2, "r3": 2}, runs))
    assert [(one.code, one.values["run"]) for one in found] == [
        ("duplicate.same_content", "r1"),
        ("duplicate.same_totals", "r2"),
        ("duplicate.same_content", "r4"),
    ]
    assert list(earlier_runs_like(Content("", 0, {}), {}, runs)) == []
    held_in_part = list(earlier_runs_like(Content("", 2, totals), {"r1": 1}, runs[:1]))
    assert [one.code for one in held_in_part] == ["duplicate.same_totals"]
