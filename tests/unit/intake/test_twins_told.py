"""What is said of twins: each cell as it stands, causes and not their consequences."""

from __future__ import annotations

from tests.support.intakes import assessed, row_with
from tests.support.tables import number


def told(*rows: list[object]) -> list[tuple[int, str, object]]:
    return [(one.row, one.code, one.values["value"]) for one in assessed(*rows).problems]  # type: ignore[arg-type]


def test_each_twin_is_named_as_its_own_cell_says() -> None:
    found = told(row_with(Fakturanr="0007"), row_with(Fakturanr=number("7"), KID="20260001233"))
    assert found == [(2, "duplicate.invoice_number", "0007"), (3, "duplicate.invoice_number", "7")]


def test_a_row_without_a_number_has_one_cause() -> None:
    found = assessed(row_with(), row_with(Fakturanr=None)).problems
    assert [(one.row, one.code) for one in found] == [(3, "value.missing")]
