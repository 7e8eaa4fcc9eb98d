"""Small tables made by hand: rows of plain Python values, as a sheet would hold them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from rowpost.model.cells import Kind
from rowpost.model.table import Cell, Column, Table, TextPool
from rowpost.model.workbook import Layout

Given = str | int | bool | Decimal | date | datetime | Cell | None
EPOCH = datetime(1899, 12, 30)
DATE_FORMAT = "dd.mm.yyyy"


def cell_of(value: Given) -> Cell:
    """The cell that Excel would store for a value."""
    if isinstance(value, Cell):
        return value
    if value is None or value == "":
        return Cell(Kind.EMPTY, "")
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        days = (moment - EPOCH).total_seconds() / 86400
        return Cell(Kind.DATE, f"{days:.10f}".rstrip("0").rstrip("."), DATE_FORMAT)
    if isinstance(value, bool):
        return Cell(Kind.BOOLEAN, "1" if value else "0")
    return Cell(Kind.TEXT if isinstance(value, str) else Kind.NUMBER, str(value))


def number(stored: str, number_format: str = "General") -> Cell:
    """A number cell with a format."""
    return Cell(Kind.NUMBER, stored, number_format)


def error(word: str = "#N/A") -> Cell:
    """A cell with one of Excel's errors."""
    return Cell(Kind.ERROR, word)


def no_value() -> Cell:
    """A formula that was saved without its result."""
    return Cell(Kind.NO_VALUE, "")


def table_of(rows: Sequence[Sequence[Given]], *, sheet: str = "Ark1", epoch_1904: bool = False) -> Table:
    """A table whose first row is Excel's row 1."""
    texts: dict[str, int] = {"": 0}
    formats: dict[str, int] = {"General": 0}
    columns = []
    for at in range(max(map(len, rows), default=0)):
        cells = [cell_of(row[at] if at < len(row) else None) for row in rows]
        columns.append(
            Column(
                1,
                bytes(cell.kind for cell in cells),
                array("I", [texts.setdefault(cell.stored, len(texts)) for cell in cells]),
                array("H", [formats.setdefault(cell.format, len(formats)) for cell in cells]),
            )
        )
    return Table(sheet, len(rows), columns, _pool(list(texts)), tuple(formats), epoch_1904)


def layout_of(
    rows: Sequence[Sequence[Given]], *, header_row: int = 1, left_out: tuple[tuple[int, str], ...] = ()
) -> Layout:
    """The layout of such a table: headings in `header_row` (0: none), data below to the end."""
    headings = (
        tuple(str(heading or "") for heading in rows[header_row - 1]) if header_row else ("",) * len(rows[0])
    )
    header_rows = (header_row,) if header_row else ()
    return Layout(header_rows, header_row + 1, len(rows), headings, left_out=left_out)


def _pool(texts: list[str]) -> TextPool:
    blob = bytearray()
    offsets = array("I", [0])
    for text in texts:
        blob += text.encode("utf-8", "surrogatepass")
        offsets.append(len(blob))
    return TextPool(bytes(blob), offsets)
