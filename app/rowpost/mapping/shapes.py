"""What the values of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rowpost.catalog import Field, FieldKind, fold
from rowpost.identifiers import is_organization, is_person
from rowpost.mapping.converters import amount, dates
from rowpost.mapping.converters.identifier import whole_number
from rowpost.mapping.converters.tidy import tidy
from rowpost.model.cells import Kind
from rowpost.model.table import Cell, Table
from rowpost.model.workbook import Layout

_SAY_NOTHING = frozenset({Kind.EMPTY, Kind.ERROR, Kind.NO_VALUE})
_ENOUGH = 3  # filled cells, before values count for or against a heading
_SAMPLE = 200  # filled cells looked at, spread over the column
_EMAIL = re.compile(r"[^@ ]+@[^@ .]+(\.[^@ .]+)+")
_TELLING = {"email": "email", "organizationNumber": "organization", "identificationNumber": "person"}
_MOST, _HALF = 0.8, 0.5
_NAMES = frozenset({"name", "firstname", "lastname", "city"})
_CODE = re.compile(r"(?:[^\W\d]{1,3}[-./ ]?)?[0-9]")  # what "K-1001", "10023 Kari" and "0155 Oslo" begin with
_INTEREST, _OWN_KEY = "claim.interest", "uniqueSourceInvoiceId"


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """Which share (0 to 1) of a column's filled cells looks like what.

    `filled` is how many cells were seen, `different` how many of them hold something of their own;
    `first` is what is stored in the first.
    """

    filled: int
    shares: Mapping[str, float]
    different: int = 0
    first: str = ""

    def share(self, what: str) -> float:
        """The share that looks like `what`."""
        return self.shares.get(what, 0.0)


def shape_of(table: Table, column: int, layout: Layout) -> ColumnShape:
    """Look at a sample of the column's filled cells."""
    cells = list(_sample(table, column, layout))
    if not cells:
        return ColumnShape(0, {})
    shares = {name: sum(map(looks, cells)) / len(cells) for name, looks in _LOOKS.items()}
    return ColumnShape(len(cells), shares, len({cell.stored for cell in cells}), cells[0].stored)


def contradicts(field: Field, shape: ColumnShape) -> bool:
    """Whether the values cannot be this field's, though the heading says so."""
    if shape.filled < _ENOUGH:
        return False
    match field.kind:
        case FieldKind.DATE | FieldKind.DATE_TIME:
            return shape.share("date") < _HALF
        case FieldKind.AMOUNT:
            return shape.share("amount") < _HALF or _is_rate(field, shape)
        case FieldKind.IDENTIFIER:
            is_no_number = shape.share("real_date") > _HALF or shape.share("digit") < 1 - _MOST
            return is_no_number or (field.key == _OWN_KEY and _counts_rows(shape))
    if field.key in _NAMES:
        return shape.share("code") > _MOST
    return field.key == "email" and shape.share("email") < _HALF


def _is_rate(field: Field, shape: ColumnShape) -> bool:
    """Whether percentages stand where money should: in their form, or one and the same interest for all."""
    return shape.share("percent") > 1 - _MOST or (field.key == _INTEREST and shape.different == 1)


def _counts_rows(shape: ColumnShape) -> bool:
    """Whether these are running numbers of this sheet: next month's sheet begins with 1 again."""
    return shape.first.strip().lstrip("0") == "1" and shape.different == shape.filled


def looks_like(shape: ColumnShape) -> str:
    """Return the key of the one field that these values can hardly be anything but, '' for none."""
    if shape.filled < _ENOUGH:
        return ""
    return next((key for key, look in _TELLING.items() if shape.share(look) > _MOST), "")


def words_of(table: Table, column: int, layout: Layout) -> frozenset[str]:
    """Return the different texts of a sample of the column's filled cells, folded; numbers are no words."""
    cells = list(_sample(table, column, layout))
    if len(cells) < _ENOUGH or any(cell.kind is not Kind.TEXT for cell in cells):
        return frozenset()
    return frozenset(fold(cell.stored) for cell in cells)


def _sample(table: Table, column: int, layout: Layout) -> Iterator[Cell]:
    rows = range(layout.first_row, layout.last_row + 1)
    step = max(1, len(rows) // (_SAMPLE * 2))
    found = 0
    for row in rows[::step]:
        cell = table.cell(row, column)
        if cell.kind not in _SAY_NOTHING and cell.stored.strip():
            yield cell
            found += 1
            if found == _SAMPLE:
                return


def _is_date(cell: Cell) -> bool:
    if cell.kind is Kind.NUMBER:
        return (whole_number(cell.stored) or "").isdigit() and bool(dates.number_day(cell.stored))
    return cell.kind is Kind.DATE or bool(cell.kind is Kind.TEXT and dates.readings(tidy(cell.stored).text))


def _is_amount(cell: Cell) -> bool:
    return cell.kind is Kind.NUMBER or (cell.kind is Kind.TEXT and bool(amount.readings(cell.stored)))


def _digits(cell: Cell) -> str:
    if cell.kind is Kind.NUMBER:
        return whole_number(cell.stored) or ""
    return "".join(cell.stored.split())


_LOOKS: Mapping[str, Callable[[Cell], bool]] = MappingProxyType(
    {
        "date": _is_date,
        "real_date": lambda cell: cell.kind is Kind.DATE,
        "amount": _is_amount,
        "percent": lambda cell: "%" in (cell.stored if cell.kind is Kind.TEXT else cell.format),
        "code": lambda cell: cell.kind is Kind.NUMBER or _CODE.match(tidy(cell.stored).text) is not None,
        "digit": lambda cell: any(letter.isdigit() for letter in cell.stored),
        "email": lambda cell: _EMAIL.fullmatch(tidy(cell.stored).text) is not None,
        "organization": lambda cell: is_organization(_digits(cell), "NO"),
        "person": lambda cell: is_person(_digits(cell), "NO"),
    }
)
