"""Where in a sheet's XML its rows and cells stand, so that others can be put beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rowpost.model.cells import column_number
from rowpost.reports.quick_scan import QuickRow, QuickSheet, missing_rows, quick_scan
from rowpost.reports.xml_edits import NotEditable, new_parser, parse, tag_end

_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Span:
    """An element's start tag, and the place of its end tag; `empty` where it is one tag: <row/>."""

    start: int
    opened: int
    closing: int
    empty: bool = False


@dataclass(slots=True)
class SheetPlaces:
    """What a scan has found: the rows wanted, and where those that are `missing` would stand.

    `tail` are the elements behind the rows, (local name, place), in their order.
    """

    data: bytes
    root: str = ""
    namespace: str = ""
    rows: dict[int, Span] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0
    all_rows: Span = Span(0, 0, 0)
    columns: Span | None = None
    last_sized_column: int = 0
    dimension: Span | None = None
    tail: list[tuple[str, int]] = field(default_factory=list)
    drawing_id: str = ""
    end: int = 0
    dropped: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # row -> its cells' places

    @property
    def prefix(self) -> str:
        """The prefix of the sheet's own elements, with its colon; '' usually."""
        return self.root.removesuffix("worksheet")


def scan_sheet(data: bytes, rows: Iterable[int], drop: range = range(0)) -> SheetPlaces:
    """Find rows, and the last column that any row uses. NotEditable for what is no sheet.

    Cells in the columns `drop` (the last ones) are found as well, and count as if they were not there.
    """
    quick = None if drop else quick_scan(data)
    return _Scan(data, rows, drop).run() if quick is None else _around(data, quick, frozenset(rows))


def _around(data: bytes, quick: QuickSheet, wanted: frozenset[int]) -> SheetPlaces:
    """Scan what stands around the rows, and put the rows in that were found quickly."""
    found = _Scan(data[: quick.opened] + data[quick.closing :], ()).run()
    more, spans = quick.closing - quick.opened, {row.number: row for row in quick.rows}
    found.data, found.end = data, found.end + more
    found.tail = [(name, place + more) for name, place in found.tail]
    found.all_rows = Span(found.all_rows.start, quick.opened, quick.closing)
    found.rows = {
        number: Span(row.start, row.opened, row.closing, row.opened == row.closing and _is_one_tag(data, row))
        for number, row in spans.items()
        if number in wanted
    }
    found.missing = missing_rows(quick.rows, wanted, quick.closing)
    found.last_row = max(spans, default=0)
    found.last_column = max((row.last_column for row in quick.rows), default=0)
    return found


def _is_one_tag(data: bytes, row: QuickRow) -> bool:
    return data[row.opened - 2 : row.opened] == b"/>"


class _Scan:
    def __init__(self, data: bytes, rows: Iterable[int], drop: range = range(0)) -> None:
        self._drop = drop
        self._drop_start = -1
        self._parser = new_parser()
        self._parser.ordered_attributes = True
        self._places = SheetPlaces(data)
        self._wanted = frozenset(rows)
        self._next = iter(sorted(self._wanted))
        self._expected = next(self._next, 0)
        self._depth = self._row = self._column = 0
        self._letters: dict[str, int] = {}
        self._row_start = self._rows_start = self._columns_start = 0
        self._row_name = self._cell_name = self._rows_name = ""

    def run(self) -> SheetPlaces:
        self._outside()
        parse(self._parser, self._places.data)
        if not self._places.root.endswith("worksheet") or not self._places.all_rows.opened:
            raise NotEditable("no worksheet")
        return self._places

    def _outside(self) -> None:
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end

    def _span(self, start: int) -> Span:
        data = self._places.data
        opened = tag_end(data, start)
        empty = data[opened - 2 : opened] == b"/>"
        return Span(start, opened, opened if empty else self._parser.CurrentByteIndex, empty)

    # -- Around the rows ---------------------------------------------------------------------

    def _start(self, name: str, attributes: list[str]) -> None:
        place, here = self._parser.CurrentByteIndex, self._places
        self._depth += 1
        local = name.rpartition(":")[2]
        if self._depth == 1:
            here.root = name
            here.namespace = _value(attributes, f"xmlns:{name}".rpartition(":")[0])
            self._row_name, self._cell_name = f"{here.prefix}row", f"{here.prefix}c"
        elif self._depth == 2 and local == "sheetData":
            self._rows_start, self._rows_name = place, name
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._inside, self._leave
        elif self._depth == 2:
            self._beside_rows(local, attributes, place)
        elif self._depth == 3 and local == "col":
            last = int(_value(attributes, "max") or 0)
            here.last_sized_column = max(here.last_sized_column, last)

    def _beside_rows(self, local: str, attributes: list[str], place: int) -> None:
        here = self._places
        if self._rows_start:
            here.tail.append((local, place))
        if local == "cols":
            self._columns_start = place
        elif local == "dimension":
            here.dimension = Span(place, tag_end(here.data, place), place)
        elif local == "legacyDrawing":
            here.drawing_id = next((text for name, text in _pairs(attributes) if name.endswith(":id")), "")

    def _end(self, name: str) -> None:
        if self._depth == 2 and name.rpartition(":")[2] == "cols":
            self._places.columns = self._span(self._columns_start)
        elif self._depth == 1:
            self._places.end = self._parser.CurrentByteIndex
        self._depth -= 1

    # -- The rows ----------------------------------------------------------------------------

    def _inside(self, name: str, attributes: list[str]) -> None:
        if name == self._cell_name:
            column = self._column_of(_value(attributes, "r"))
            if column in self._drop:
                self._drop_start = self._parser.CurrentByteIndex
            else:
                self._column = column
        elif name == self._row_name:
            self._begin_row(int(_value(attributes, "r") or self._row + 1))

    def _end_cell(self) -> None:
        data, start = self._places.data, self._drop_start
        end = self._span(start)
        behind = end.opened if end.empty else tag_end(data, end.closing)
        self._places.dropped.setdefault(self._row, []).append((start, behind))
        self._drop_start = -1

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip(_DIGITS)
        if not letters:
            return self._column + 1
        known = self._letters.get(letters)
        if known is None:
            known = self._letters[letters] = column_number(letters)
        return known

    def _begin_row(self, number: int) -> None:
        self._row, self._row_start, self._column = number, self._parser.CurrentByteIndex, 0
        self._pass_missing(number, self._row_start)

    def _pass_missing(self, number: int, place: int) -> None:
        while self._expected and (self._expected < number or not number):
            if self._expected not in self._places.rows:
                self._places.missing[self._expected] = place
            self._expected = next(self._next, 0)

    def _leave(self, name: str) -> None:
        here = self._places
        if name == self._row_name:
            here.last_column = max(here.last_column, self._column)
            here.last_row = max(here.last_row, self._row)
            if self._row in self._wanted:
                here.rows[self._row] = self._span(self._row_start)
        elif self._drop_start >= 0 and name == self._cell_name:
            self._end_cell()
        elif name == self._rows_name:
            here.all_rows = self._span(self._rows_start)
            self._pass_missing(0, here.all_rows.closing)
            self._depth -= 1
            self._outside()


def _value(attributes: list[str], name: str) -> str:
    for index in range(0, len(attributes), 2):
        if attributes[index] == name:
            return attributes[index + 1]
    return ""


def _pairs(attributes: list[str]) -> Iterator[tuple[str, str]]:
    return zip(attributes[::2], attributes[1::2], strict=True)
