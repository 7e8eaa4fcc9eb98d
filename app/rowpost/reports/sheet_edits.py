"""Puts columns of cells, marks and a drawing of comments into a sheet's XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from rowpost.model.cells import column_letters
from rowpost.model.table import Cell
from rowpost.reports.additions import AddedColumns, Additions
from rowpost.reports.cell_edits import cell_xml, row_cell_edits
from rowpost.reports.cells_xml import text_cell
from rowpost.reports.marks import mark_edits
from rowpost.reports.sheet_scan import SheetPlaces, Span, scan_sheet
from rowpost.reports.styles import Styles
from rowpost.reports.xml_edits import Edit, NotEditable, spliced

_SPANS = re.compile(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""")
_LAST_COLUMN = 16_384
# what may stand behind <legacyDrawing>, ECMA-376 part 1, 18.3.1.99
_BEHIND_DRAWING = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst", "AlternateContent",
)  # fmt: skip


class SheetWithAdditions:
    """One sheet of the workbook, scanned, and what is to be added to it."""

    def __init__(self, data: bytes, additions: Additions, styles: Styles, renewed: range = range(0)) -> None:
        self._data, self._additions, self._styles = data, additions, styles
        columns = additions.columns
        rows = {*columns.rows, additions.header_row} - {0} if columns else set()
        self._cells_of = _by_row(additions.cells, renewed)
        self.places = scan_sheet(data, rows | self._cells_of.keys(), renewed)
        self._kept = columns.kept if columns and renewed else frozenset[int]()
        changed = (column for cells in self._cells_of.values() for column in cells)
        self.first_column = max(self.places.last_column, *changed, 0) + 1
        if columns and self.first_column + len(columns.headings) > _LAST_COLUMN:
            raise NotEditable("no room")

    @property
    def drawing_id(self) -> str:
        """The relationship that leads to the drawing of comments, '' where there is none."""
        return self.places.drawing_id

    def pieces(self, drawing: bytes = b"") -> Iterator[bytes | memoryview]:
        """The sheet's XML with everything in it; `drawing` is a <legacyDrawing> element."""
        edits = [
            *self._cell_edits(),
            *self._row_edits(),
            *self._dropped_edits(),
            *mark_edits(self.places, self._additions.marks, self._styles),
            *self._column_edits(),
            *self._dimension_edit(),
        ]
        if drawing:
            place = next(
                (start for name, start in self.places.tail if name in _BEHIND_DRAWING), self.places.end
            )
            edits.append(Edit(place, place, drawing))
        return spliced(self._data, edits)

    # -- Rows --------------------------------------------------------------------------------

    def _row_edits(self) -> Iterator[Edit]:
        for row, span in self.places.rows.items():
            new = self._cells_of.get(row, {}) if span.empty else {}
            cells = "".join((*self._changed(row, new), *self._beside(row)))
            yield from self._without_spans(span)
            if cells:
                yield self._at_end(span, cells.encode(), f"{self.places.prefix}row")
        yield from self._missing_rows()

    def _dropped_edits(self) -> Iterator[Edit]:
        """What an earlier report said goes, but of the rows that this one says nothing new of."""
        for row, cells in self.places.dropped.items():
            if row not in self._kept:
                yield from (Edit(start, end, b"") for start, end in cells)

    def _missing_rows(self) -> Iterator[Edit]:
        here, prefix = self.places, self.places.prefix
        new = {
            row: "".join((*self._changed(row, self._cells_of.get(row, {})), *self._beside(row)))
            for row in here.missing
        }
        rows = {row: f'<{prefix}row r="{row}">{cells}</{prefix}row>'.encode() for row, cells in new.items()}
        if here.all_rows.empty:
            if rows:
                yield self._at_end(here.all_rows, b"".join(rows.values()), f"{prefix}sheetData")
        else:
            yield from (Edit(place, place, rows[row]) for row, place in here.missing.items())

    @staticmethod
    def _at_end(span: Span, xml: bytes, name: str) -> Edit:
        if span.empty:
            return Edit(span.opened - 2, span.opened, b">" + xml + f"</{name}>".encode())
        return Edit(span.closing, span.closing, xml)

    def _without_spans(self, span: Span) -> Iterator[Edit]:
        """A row may say which columns it uses; that would no longer be true."""
        found = _SPANS.search(self._data, span.start, span.opened)
        if found:
            yield Edit(found.start(), found.end(), b"")

    def _beside(self, row: int) -> Iterator[str]:
        columns = self._additions.columns
        if not columns or row in self._kept:
            return
        if row == self._additions.header_row:
            yield from self._cells(row, columns.headings, self._styles.bold())
        elif beside := columns.rows.get(row):
            yield from self._cells(row, beside.texts, self._styles.text(beside.tone))

    # -- Changed cells -----------------------------------------------------------------------

    def _cell_edits(self) -> Iterator[Edit]:
        for row, cells in self._cells_of.items():
            span = self.places.rows.get(row)
            if span is not None and not span.empty:
                yield from row_cell_edits(self._data, span, row, cells, self.places.prefix)

    def _changed(self, row: int, cells: Mapping[int, Cell]) -> Iterator[str]:
        """Changed cells of a row in which there is none yet."""
        for column, cell in sorted(cells.items()):
            yield cell_xml(cell, row, column, self.places.prefix)

    def _cells(self, row: int, texts: Iterable[str], style: int) -> Iterator[str]:
        for column, text in enumerate(texts, start=self.first_column):
            yield text_cell(self.places.prefix, f"{column_letters(column)}{row}", style, text)

    # -- Columns -----------------------------------------------------------------------------

    def _column_edits(self) -> Iterator[Edit]:
        columns, here = self._additions.columns, self.places
        if columns is None or here.last_sized_column >= self.first_column:
            return
        sizes = _sizes(here, columns, self.first_column)
        if here.columns is None:
            place = here.all_rows.start
            yield Edit(place, place, f"<{here.prefix}cols>{sizes}</{here.prefix}cols>".encode())
        else:
            yield self._at_end(here.columns, sizes.encode(), f"{here.prefix}cols")

    def _dimension_edit(self) -> Iterator[Edit]:
        here, columns = self.places, self._additions.columns
        if here.dimension and columns:
            last = column_letters(here.last_column + len(columns.headings))
            row = max(here.last_row, *columns.rows, 1)
            tag = self._data[here.dimension.start : here.dimension.opened]
            new = re.sub(rb"""\sref\s*=\s*("[^"]*"|'[^']*')""", f' ref="A1:{last}{row}"'.encode(), tag)
            yield Edit(here.dimension.start, here.dimension.opened, new)


def _by_row(cells: Mapping[tuple[int, int], Cell], renewed: range) -> dict[int, dict[int, Cell]]:
    """The changed cells of every row; what an earlier report has put there is renewed anyway."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in cells.items():
        if column not in renewed:
            rows.setdefault(row, {})[column] = cell
    return rows


def _sizes(places: SheetPlaces, columns: AddedColumns, first: int) -> str:
    return "".join(
        f'<{places.prefix}col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in enumerate(columns.widths, start=first)
    )
