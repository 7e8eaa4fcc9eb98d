"""The outline of an assessment: the same, whoever holds the rows, before edits and after."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import msgspec

from rowpost.intake import Revision, assess, assess_in_child
from rowpost.intake.examiner import Examiner
from rowpost.intake.outline import outline
from rowpost.intake.recheck import Rechecker
from rowpost.model.assessment import Assessment, Outline
from rowpost.model.books import RowState
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import RULES, assessed, mapped, row_with, sheet_of

ROWS = [
    row_with(
        Fakturanr=str(n % 37),
        Forfallsdato=date(2026, 1 + n % 9, 1 + n % 27),
        Fakturadato=date(2025, 12, 1),
        Navn=f"Kari {n % 11}",
        Restbeløp=0 if n % 10 == 0 else 100,
    )
    for n in range(45)
]


def counted(found: Assessment) -> Outline:
    """The same from every single row."""
    payloads = [msgspec.json.decode(invoice.payload) for invoice in found.ready]
    days = sorted(date.fromisoformat(payload["dueDate"][:10]) for payload in payloads)
    left_out: Counter[str] = Counter()
    for row in found.staying:
        if row.state is RowState.LEFT_OUT:
            left_out[row.code] += len(row.rows)
    due = (days[0], days[-1]) if days else None
    return Outline(len({invoice.debtor for invoice in found.ready}), due, left_out)


def test_nothing_ready_has_no_days() -> None:
    found = assessed(row_with(Fakturadato="x"))
    assert outline(found) == Outline(0, None, {})


def test_it_is_that_of_all_rows_here_from_a_child_and_as_plain_lists() -> None:
    table, layout = sheet_of(*ROWS)
    mapping = mapped(table, layout)
    here = assess(table, layout, mapping, invoice_catalog(), RULES)
    wanted = counted(here)
    assert wanted.debtors > 5
    assert wanted.left_out
    assert wanted.due
    assert wanted.due[0] < wanted.due[1]
    assert outline(here) == wanted
    assert outline(assess_in_child(table, layout, mapping, invoice_catalog(), RULES)) == wanted
    assert outline(replace(here, ready=list(here.ready), staying=list(here.staying))) == wanted


def test_it_follows_edits() -> None:
    table, layout = sheet_of(*ROWS)
    mapping = mapped(table, layout)
    base = assess(table, layout, mapping, invoice_catalog(), RULES)
    checker = Rechecker(Examiner(table, layout, mapping, invoice_catalog(), RULES))
    edits = {(2, 5): "100", (3, 5): "0", (8, 3): "x", (9, 6): "Ny Skyldner", (10, 3): "2025-12-24"}
    revised = Revision(base).after(checker.recheck(edits, [2, 3, 8, 9, 10]))
    assert revised is not None
    assert outline(revised.assessment) == counted(revised.assessment)
    assert outline(revised.assessment) != outline(base)
