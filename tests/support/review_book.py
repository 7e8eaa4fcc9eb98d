"""A workbook to review: thirty invoices, of which some can be fixed without judgement, some not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.support.intakes import HEADINGS, row_with

ROWS = 30
FIRST_ROW = 2  # of the data, in Excel's numbers


def review_book(folder: Path) -> Path:
    """Write the workbook; row 4 lacks a due date, rows 6 to 8 write the currency in their own way."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Fakturaer"
    sheet.append([*HEADINGS, "Valuta"])
    for number in range(ROWS):
        row = row_with(
            Fakturanr=f"102{number:02}",
            Restbeløp=Decimal(1000 + number),
            Forfallsdato=None if number == 2 else date(2026, 9, 1),
            Navn=f"Kari Prøve {number}",
        )
        sheet.append([*row, "NOKK" if number in (4, 5, 6) else "NOK"])
    sheet.cell(12, HEADINGS.index("Forfallsdato") + 1).value = datetime(2026, 9, 1, 12, 30)
    path = folder / "fakturaer.xlsx"
    book.save(path)
    return path


def corrected(copy: Path, cells: dict[str, str | date]) -> None:
    """Change cells of a workbook as a person does in Excel."""
    book = load_workbook(copy)
    for place, value in cells.items():
        book["Fakturaer"][place] = value
    book.save(copy)
