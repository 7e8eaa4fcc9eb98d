"""A table is painted in one go: every cell at its place, and again when what it shows has changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from rowpost.gui.app import dress
from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import Appearance, Tone
from rowpost.gui.table.grid import Face
from rowpost.gui.table.lines import FactLines
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.sheet_view import SheetView
from rowpost.gui.table.view import CalmTable
from tests.support.window import let_settle

ROWS, COLUMNS = 200, 12


class Lines(FactLines):
    """Counts how often it is asked."""

    row_count, column_count = ROWS, COLUMNS

    def __init__(self, word: str = "cell") -> None:
        self.word, self.asked = word, 0

    def heading(self, column: int) -> str:
        return f"Heading {column}"

    def row_name(self, row: int) -> str:
        return str(row)

    def face(self, row: int, column: int) -> Face:
        self.asked += 1
        tone = Tone.MUST_FIX if (row + column) % 7 == 0 else None
        return Face(f"{self.word} {row} {column}", tone, right=column % 2 == 0)


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return dress(qapp, Appearance.LIGHT)


@pytest.fixture
def view(look: Look) -> SheetView:
    made = SheetView(look, "Rows", TableModel(Lines()))
    made.fit_columns()
    made.resize(700, 400)
    made.show()
    let_settle()
    return made


def seen(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def test_what_is_painted_by_parts_is_what_is_painted_whole(view: SheetView) -> None:
    """Qt asks for strips: after scrolling for the new rows only. Each is as it is in the whole."""
    view.verticalScrollBar().setValue(333)
    view.horizontalScrollBar().setValue(77)
    let_settle()
    port = view.viewport()
    whole = seen(port)
    for area in (QRect(0, 0, 50, 50), QRect(101, 97, 333, 1), QRect(600, 300, 30, 50), port.rect()):
        assert port.grab(area).toImage() == whole.copy(area)


def test_a_scrolled_table_is_the_table_further_down(view: SheetView) -> None:
    port, height = view.viewport(), view.rowHeight(0)
    view.setCurrentIndex(view.table_model.index(150, 0))
    view.verticalScrollBar().setValue(10 * height)
    before = seen(port).copy(0, height, port.width(), 200)
    view.verticalScrollBar().setValue(11 * height)
    assert seen(port).copy(0, 0, port.width(), 200) == before


def test_a_selection_and_the_keyboard_are_seen(view: SheetView) -> None:
    view.setCurrentIndex(view.table_model.index(5, 5))
    port, plain = view.viewport(), seen(view.viewport())
    index = view.table_model.index(2, 3)
    view.setCurrentIndex(index)
    cell = view.visualRect(index)
    chosen = seen(port)
    assert chosen.copy(cell) != plain.copy(cell)
    assert chosen.copy(0, 0, port.width(), cell.top()) == plain.copy(0, 0, port.width(), cell.top())


def test_no_cell_is_asked_twice_until_it_has_changed(view: SheetView) -> None:
    grid = view.table_model.grid
    assert isinstance(grid, Lines)
    before = seen(view.viewport())
    asked = grid.asked
    assert seen(view.viewport()) == before
    assert grid.asked == asked
    view.table_model.update_grid(Lines("other"))
    assert seen(view.viewport()) != before
    view.table_model.show_grid(Lines(), range(5, ROWS))
    assert seen(view.viewport()) != before
    assert view.table_model.face(0, 0).text == "cell 5 0"


def test_a_long_way_through_a_table_keeps_little(view: SheetView) -> None:
    for row in range(ROWS):
        for column in range(COLUMNS):
            assert view.table_model.face(row, column).text == f"cell {row} {column}"
    assert view.table_model.face(3, 3).text == "cell 3 3"


def test_what_lies_behind_the_still_columns_is_not_painted(
    view: SheetView, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.freeze(2)
    let_settle()
    area = view.viewport().rect()
    for left in (0, 77, view.horizontalScrollBar().maximum()):
        view.horizontalScrollBar().setValue(left)
        let_settle()
        painted = [line.number for line in view._columns_in(area)]
        seen_so = seen(view)
        with monkeypatch.context() as patch:
            patch.setattr(SheetView, "_columns_in", CalmTable._columns_in)
            assert len(view._columns_in(area)) > len(painted)
            assert seen(view) == seen_so, "nobody sees a difference"
    view.resize(4000, 400)
    let_settle()
    assert [line.number for line in view._columns_in(view.viewport().rect())] == list(range(COLUMNS))
