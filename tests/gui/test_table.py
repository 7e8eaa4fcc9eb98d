"""The item model and the view over it."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from rowpost.gui.look.look import Look
from rowpost.gui.look.tokens import LIGHT, Tone
from rowpost.gui.table.blocks import NO_ROOM, Area, Pasted, from_text, to_text
from rowpost.gui.table.grid import Face, Quality
from rowpost.gui.table.model import Changes, TableModel
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
def edits() -> list[Changes]:
    return []


@pytest.fixture
def model(qapp: QApplication, edits: list[Changes]) -> TableModel:
    return TableModel(Squares(), lambda changes, _deed: edits.append(changes))


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


def test_an_edit_goes_to_its_owner_in_rows_of_the_grid(model: TableModel, edits: list[Changes]) -> None:
    model.show_grid(Squares(), array("I", [5, 7, 300]))
    assert model.setData(model.index(2, 1), "new")
    assert not model.setData(model.index(2, 1), "300:1"), "nothing was changed"
    assert edits == [{(300, 1): "new"}]


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


TEXTS = st.text(st.characters(blacklist_characters="\r\0", blacklist_categories=("Cs",)), max_size=8)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1)
    )
)
def test_what_is_copied_comes_back_the_same(block: list[list[str]]) -> None:
    assert from_text(to_text(block)) == block or block == [[""]]


def test_a_block_ends_at_the_edge_of_the_table() -> None:
    block = Pasted("a\tb\nc\td\n", Area([20], [2]))
    assert list(block.cells()) == [(20, 2, "a"), (NO_ROOM, 0, "b"), (NO_ROOM, 2, "c"), (NO_ROOM, 0, "d")]


def test_the_clipboard_is_that_of_excel(qapp: QApplication, model: TableModel, edits: list[Changes]) -> None:
    view = SheetView(Look(LIGHT, 1.0), "Rows", model)
    view.setCurrentIndex(model.index(2, 2))
    qapp.clipboard().setText("x\ty\r\nz\tw\r\n")
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edits == [{(2, 2): "x", (2, 3): "y", (3, 2): "z", (3, 3): "w"}]
    view.selectionModel().select(
        QItemSelection(model.index(2, 1), model.index(4, 2)), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == "2:1\t2:2\n3:1\t3:2\n4:1\t4:2"
    QTest.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert edits[1] == {(3, 1): "2:1", (4, 1): "2:1", (3, 2): "2:2", (4, 2): "2:2"}
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert set(edits[2].values()) == {""}
    assert len(edits[2]) == 6
