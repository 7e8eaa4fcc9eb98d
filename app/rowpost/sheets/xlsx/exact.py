"""The exact path: a sheet read with expat, cell by cell. Slow, and it knows every shape of the XML."""

from __future__ import annotations

import re

from rowpost.model.cells import Kind, column_number
from rowpost.sheets.building import MOST_COLUMNS, MOST_ROWS, SheetBuilder
from rowpost.sheets.refusals import refuse
from rowpost.sheets.xlsx.cells import CellTaker, Formulas, Look, look_of
from rowpost.sheets.xlsx.frame import Frame
from rowpost.sheets.xlsx.markup import Attributes, is_true
from rowpost.sheets.xlsx.strings import StringCollector
from rowpost.sheets.xlsx.styles import Styles

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class ExactReader:
    """Takes the elements of a sheet in the order of the file."""

    def __init__(self, builder: SheetBuilder, styles: Styles, frame: Frame) -> None:
        self._builder = builder
        self._styles = styles
        self._frame = frame
        self._cells = CellTaker(builder)
        self._looks: dict[tuple[str, str], Look] = {}
        self._inline = StringCollector(self._take_inline, "is")
        self._row = 0
        self._column = 0
        self._inside: str = ""  # the element whose text is being gathered
        self._value: list[str] | None = None
        self._inline_text: bytes | None = None
        self._formula: list[str] | None = None
        self._group = ""
        self._formulas = Formulas()
        self._look: Look | None = None
        self.in_data = False

    def start(self, element: str, attributes: Attributes) -> None:
        """Begin an element."""
        if not self.in_data:
            self._frame.start(element, attributes)
            self.in_data = element == "sheetData"
        elif element == "c":
            self._begin_cell(attributes)
        elif element == "row":
            self._begin_row(attributes)
        elif element == "v":
            self._inside, self._value = "v", [] if self._value is None else self._value
        elif element == "f":
            self._formula, self._group = (
                [],
                attributes.get("si", "") if attributes.get("t") == "shared" else "",
            )
            self._inside = "f"
        elif element == "is" or self._inside == "is":
            self._inside = "is"
            self._inline.start(element, attributes)

    def end(self, element: str) -> None:
        """End an element."""
        if element == "sheetData":
            self.in_data = False
        elif element == "c" and self._look is not None:
            self._end_cell(self._look)
        elif element in ("v", "f"):
            self._inside = ""
        elif self._inside == "is":
            self._inline.end(element)

    def text(self, data: str) -> None:
        """Take character data."""
        if self._inside == "v" and self._value is not None:
            self._value.append(data)
        elif self._inside == "f" and self._formula is not None:
            self._formula.append(data)
        elif self._inside == "is":
            self._inline.text(data)

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", str(self._row + 1))
        if not (number.isascii() and number.isdigit()) or len(number) > 7:
            raise refuse("sheets.odd_row", row=self._row + 1)
        if int(number) <= self._row:
            raise refuse("sheets.row_twice", row=int(number))
        if int(number) > MOST_ROWS:
            raise refuse("sheets.too_large")
        self._row, self._column = int(number), 0
        self._builder.rows_seen += 1
        if is_true(attributes.get("hidden")) or _is_zero(attributes.get("ht")):
            self._builder.hidden_rows.append(self._row)

    def _begin_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        column = self._column + 1 if place is None else self._column_of(place)
        if column <= self._column or column > MOST_COLUMNS or not self._row:
            raise refuse("sheets.cell_twice", row=self._row)
        self._column = column
        key = (attributes.get("s", "0"), attributes.get("t", "n"))
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = look_of(*key, self._styles, (self._row, column))
        self._look = look
        self._value, self._inline_text, self._formula, self._inside = None, None, None, ""

    def _column_of(self, place: str) -> int:
        match = _PLACE.fullmatch(place)
        if match is None or match[2] != str(self._row):
            raise refuse("sheets.odd_row", row=self._row)
        return column_number(match[1])

    def _end_cell(self, look: Look) -> None:
        place = (self._row, self._column)
        self._look = None
        if self._inline_text is not None:
            kind, ref = look.kind, self._cells.text(self._inline_text, place)
        else:
            value = None if self._value is None else "".join(self._value).encode()
            kind, ref = self._take(look, value, place)
        self._builder.put(*place, kind, ref, look.number_format)

    def _take(self, look: Look, value: bytes | None, place: tuple[int, int]) -> tuple[Kind, int]:
        if self._formula is None:
            return self._cells.take(look, value, place)
        changing = self._formulas.changing("".join(self._formula), self._group)
        return self._cells.take(look, value, place, formula=True, changing=changing)

    def _take_inline(self, text: bytes) -> None:
        self._inline_text = text
        self._inside = ""


def _is_zero(height: str | None) -> bool:
    return height is not None and not height.strip("0.") and "0" in height
