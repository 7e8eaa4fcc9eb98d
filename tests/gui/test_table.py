"""The item model and the view over it."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import LIGHT, Tone
from rowpost.gui.table.grid import Face, Quality
from rowpost.gui.table.model import TableModel
from rowpost.gui.table.sheet_view import SheetView

ROLE = Qt.ItemDataRole


class Squares:
    """A grid in which every cell says where it is; multiples of seven are wrong."""

    def __init__(self, rows: int = 1000, columns: int = 5) -> None:
        self.row_count = rows
        self.column_count = columns

    def heading(self, column: int) -> str:
        return f"heading {column}"

    def row_name(self, row: int) -> str:
        return str(row + 4)

    def face(self, row: int, column: int) -> Face:
        return Face(f"{row}:{column}", None if row % 7 else Tone.MUST_FIX, right=column == 1)

    def sentence(self, row: int, column: int) -> str:
        return "" if row % 7 else "Enter a due date."

    def editable(self, row: int, column: int) -> bool:
        return column > 0

    def edit_text(self, row: int, column: int) -> str:
        return f"{row}:{column}"

    def quality(self, column: int) -> Quality | None:
        return Quality(90, 3, 5, 2) if column else None


@pytest.fixture
def edits() -> list[tuple[int, int, str]]:
    return []


@pytest.fixture
def model(qapp: QApplication, edits: list[tuple[int, int, str]]) -> TableModel:
    return TableModel(Squares(), lambda *edit: edits.append(edit))


def test_the_model_keeps_the_rules_of_qt(model: TableModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_grid(Squares(), array("I", range(0, 1000, 3)))
    model.show_grid(Squares(), array("I"))
    model.show_grid(Squares(20, 3), range(20))
    model.update_grid(Squares(20, 3))
    assert tester.model() is model


def test_a_filter_is_an_array_of_rows(model: TableModel) -> None:
    model.show_grid(Squares(), array("I", [5, 7, 300]))
    assert model.rowCount() == 3
    assert model.index(1, 2).data() == "7:2"
    assert model.headerData(2, Qt.Orientation.Vertical) == "304"
    assert model.headerData(3, Qt.Orientation.Horizontal) == "heading 3"


def test_a_screen_reader_hears_the_sentence_of_a_cell(model: TableModel) -> None:
    assert model.index(7, 1).data(ROLE.AccessibleDescriptionRole) == "Enter a due date."
    assert model.index(8, 1).data(ROLE.AccessibleDescriptionRole) is None


def test_an_edit_goes_to_its_owner_in_rows_of_the_grid(
    model: TableModel, edits: list[tuple[int, int, str]]
) -> None:
    model.show_grid(Squares(), array("I", [5, 7, 300]))
    assert model.setData(model.index(2, 1), "new")
    assert not model.setData(model.index(2, 1), "300:1"), "nothing was changed"
    assert edits == [(300, 1, "new")]


def test_what_is_not_editable_is_not_edited(model: TableModel) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, 0)) & editable
    assert model.flags(model.index(0, 1)) & editable
    assert not TableModel(Squares()).flags(TableModel(Squares()).index(0, 1)) & editable


def test_headings_of_numbers_stand_over_them(model: TableModel) -> None:
    sides = [model.headerData(column, Qt.Orientation.Horizontal, ROLE.TextAlignmentRole) for column in (0, 1)]
    assert sides[0] & Qt.AlignmentFlag.AlignLeft
    assert sides[1] & Qt.AlignmentFlag.AlignRight


def test_enter_goes_down_and_the_first_columns_stay(qapp: QApplication, model: TableModel) -> None:
    view = SheetView(Look(LIGHT, 1.0), "Rows", model)
    view.resize(240, 300)
    view.freeze(2)
    view.fit_columns()
    view.show()
    view.setCurrentIndex(model.index(3, 4))
    view.move_by(1, 0)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (4, 4)
    view.move_by(5000, 5000)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (999, 4)
    assert not view.grab().isNull()
    view.close()
