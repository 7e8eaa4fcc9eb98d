"""Many cells at once: worked out beside the window, taken over as a whole or not at all, one step to undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.state import State, Step
from rowpost.gui.table.blocks import FEW_CELLS, Area, Filled, Pasted
from rowpost.gui.table.model import Index, TableModel
from rowpost.gui.table.sheet_view import SheetView
from rowpost.gui.views.entering import Layer, Under, entered, laid_over
from rowpost.gui.views.foot import foot_view
from rowpost.gui.views.frame import frame_view
from rowpost.gui.views.review_index import Chip
from rowpost.gui.workplace import Workplace
from rowpost.model.table import NO_EDITS
from rowpost.shown import habits_of
from rowpost.wiring import open_session
from tests.support.intakes import HEADINGS
from tests.support.review_book import FIRST_ROW, ROWS, review_book
from tests.support.tables import table_of
from tests.support.window import wait_for_state, wait_until, window_over

COLUMNS = 10  # more than FEW_CELLS with the thirty rows of the workbook
BLOCK = "\n".join("\t".join(f"new {row} {column}" for column in range(COLUMNS)) for row in range(ROWS))


@pytest.fixture(scope="module")
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """One window on Review."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(tmp_path_factory.mktemp("home")))
        with open_session(language="en") as session, window_over(qapp, session) as workplace:
            workplace.open(str(review_book(tmp_path_factory.mktemp("book"))))
            wait_for_state(workplace, lambda state: state.opened is not None)
            workplace.deeds.columns.choose_constant("invoiceType", "PAYMENT_REMINDER")
            workplace.act("check")
            wait_for_state(workplace, lambda state: state.index is not None)
            page_of(workplace).choose(Chip.ALL)
            yield workplace


@pytest.fixture
def work(opened: Workplace) -> Iterator[Workplace]:
    """The window; what a test has done is undone."""
    begun = opened.undo.index()
    yield opened
    opened.deeds.reviewing.layering.cancel()
    opened.undo.setIndex(begun)
    opened.store.update(trouble=None, step=Step.REVIEW)
    page_of(opened).show_proposal(None)
    page_of(opened).say()
    settled(opened)


def page_of(work: Workplace) -> ReviewPage:
    page = work.page(Step.REVIEW)
    assert isinstance(page, ReviewPage)
    return page


def view_of(work: Workplace) -> SheetView:
    view = page_of(work).table
    assert view is not None
    return view


def settled(work: Workplace) -> None:
    wait_for_state(
        work,
        lambda state: (
            state.cells is None
            and state.index is not None
            and state.index.follows(state.edits, state.left_out)
        ),
    )


def select(view: SheetView, columns: range) -> None:
    """Select these columns of all rows."""
    model = view.table_model
    corner = model.index(0, columns.start)
    view.setCurrentIndex(corner)
    area = QItemSelection(corner, model.index(model.rowCount() - 1, columns.stop - 1))
    view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def paste(work: Workplace, text: str = BLOCK, column: int = 3) -> None:
    view = view_of(work)
    view.setCurrentIndex(view.table_model.index(0, column))
    QGuiApplication.clipboard().setText(text)
    view.paste()


def test_a_large_block_is_pasted_as_one_step(work: Workplace) -> None:
    paste(work)
    state = work.store.state
    assert (dict(state.edits), state.sendable) == ({}, 0), "nothing is sent while cells are worked out"
    assert state.cells is not None
    settled(work)
    edits = work.store.state.edits
    assert len(edits) == ROWS * COLUMNS
    sheet = page_of(work).sheet
    assert sheet is not None
    assert edits[FIRST_ROW + 5, sheet.grid.excel_column(3 + 4)] == "new 5 4"
    assert work.undo.undoText() == f"paste {ROWS * COLUMNS} cells"
    work.undo.undo()
    assert not work.store.state.edits
    work.undo.redo()
    assert work.store.state.edits is edits


def test_a_block_that_changes_nothing_is_no_step(work: Workplace) -> None:
    select(view_of(work), range(1, 1 + COLUMNS))
    view_of(work).copy()
    wait_until(lambda: work.store.state.cells is None)
    steps = work.undo.index()
    paste(work, QGuiApplication.clipboard().text(), column=1)
    settled(work)
    assert (dict(work.store.state.edits), work.undo.index()) == ({}, steps)


def test_what_finds_no_room_is_told(work: Workplace) -> None:
    paste(work, f"{BLOCK}\nmore\tthan\tthere\tis")
    settled(work)
    assert len(work.store.state.edits) == ROWS * COLUMNS
    assert page_of(work).notices.isVisible()


def test_cancel_leaves_everything_as_it_was(work: Workplace) -> None:
    paste(work)
    work.act("cancel_cells")
    assert work.store.state.cells is None
    wait_until(lambda: not work.background.busy)
    assert not work.store.state.edits
    paste(work)  # and it can be done again
    settled(work)
    assert len(work.store.state.edits) == ROWS * COLUMNS


def test_what_was_worked_out_for_another_state_is_dropped_and_told(work: Workplace) -> None:
    paste(work)
    work.deeds.reviewing.edit(FIRST_ROW, 1, "777", "change A2")
    wait_until(lambda: work.store.state.cells is None)
    trouble = work.store.state.trouble
    assert trouble is not None
    assert trouble.code == "gui.cells_changed"
    assert dict(work.store.state.edits) == {(FIRST_ROW, 1): "777"}
    work.store.update(trouble=None)


def test_one_at_a_time(work: Workplace) -> None:
    paste(work)
    view_of(work).paste()
    trouble = work.store.state.trouble
    assert trouble is not None
    assert trouble.code == "gui.cells_first"
    work.store.update(trouble=None)
    settled(work)
    assert len(work.store.state.edits) == ROWS * COLUMNS, "the first one is done all the same"


def test_cells_that_are_cut_are_copied_first(work: Workplace) -> None:
    QGuiApplication.clipboard().clear()
    select(view_of(work), range(1, 1 + COLUMNS))
    view_of(work).cut()
    settled(work)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == ROWS
    assert lines[0].split("\t")[0] == "10200"
    assert set(work.store.state.edits.values()) == {""}


def test_large_areas_are_filled_and_emptied(work: Workplace) -> None:
    select(view_of(work), range(1, 1 + COLUMNS))
    view_of(work).fill_down()
    settled(work)
    number = HEADINGS.index("Fakturanr") + 1
    filled = {text for (_, column), text in work.store.state.edits.items() if column == number}
    assert filled == {"10200"}
    view_of(work).empty()
    settled(work)
    assert set(work.store.state.edits.values()) == {""}


def test_progress_can_be_seen_and_cancelled(work: Workplace) -> None:
    paste(work)
    news = work.store.state.cells
    assert news is not None
    assert not any(one.actions for one in frame_view(work.store.state, work.words).notices)
    seen = frame_view(with_progress(work, 100), work.words).notices
    assert [action for one in seen for action, _ in one.actions] == ["cancel_cells"]
    assert "100" in seen[0].sentence
    settled(work)


def test_the_send_button_waits_for_the_cells_and_never_says_none(work: Workplace) -> None:
    work.go(Step.SEND)
    wait_for_state(work, lambda state: state.sendable > 0 and state.busy is None)
    before = foot_view(work.store.state, work.words)
    paste(work)
    foot = foot_view(work.store.state, work.words)
    assert (before.enabled, foot.enabled) == (True, False)
    assert foot.word == before.word
    work.deeds.reviewing.layering.cancel()


def with_progress(work: Workplace, done: int) -> State:
    state = work.store.state
    assert state.cells is not None
    return replace(state, cells=replace(state.cells, done=done))


# -- Without a window ------------------------------------------------------------------------

TABLE = table_of([("Nr", "Navn", "Sum"), ("1", "Kari", 12.5), ("2", "Ola", 7), ("3", "", 3)])
TEXTS = st.sampled_from(["", "1", "Kari", "12,5", "12.5", "7", "æ"])
CELLS = st.dictionaries(st.tuples(st.integers(2, 4), st.integers(1, 3)), TEXTS)


@given(
    CELLS, st.lists(st.lists(TEXTS.filter(lambda text: "\t" not in text), min_size=3, max_size=3), max_size=4)
)
def test_a_block_is_the_same_as_typing_it_cell_by_cell(
    before: dict[tuple[int, int], str], lines: list[list[str]]
) -> None:
    under = Under(TABLE, habits_of("nb"), frozenset({3}))
    now = Layer(MappingProxyType(before), frozenset({9}))
    block = Pasted("\n".join("\t".join(line) for line in lines), Area([2, 3], [1, 2, 3]))
    told: list[int] = []
    made = entered(block, under, now, told.append)
    typed = now
    for row, column, text in block.cells():
        if row > 0 and text != under.shows(row, column, typed.edits):
            typed = laid_over([(row, column, under.meant(row, column, text))], (), under, typed, told.append)
    assert made.layer == typed
    assert made.cut_off == sum(map(len, lines[2:]))


def test_rows_are_left_out_with_the_same_step() -> None:
    under = Under(TABLE, habits_of("en"))
    layer = laid_over([(2, 2, "Åse")], [3], under, Layer(NO_EDITS, frozenset({4})), lambda _: None)
    assert (dict(layer.edits), layer.left_out) == ({(2, 2): "Åse"}, {3, 4})


def test_areas_count_their_cells() -> None:
    block = Filled([Area([1, 2], [0, 3]), Area([5], [3])], {0: "a", 3: "b"})
    assert (block.size, len(list(block.cells()))) == (5, 5)
    assert list(block.in_columns(lambda column: column + 10).cells())[-1] == (5, 13, "b")
    assert Pasted("a\n" * FEW_CELLS, Area([1], [1])).size > FEW_CELLS


class Counting(TableModel):
    """A model that counts how often it is asked what can be done with a cell."""

    asked = 0

    def flags(self, index: Index):  # type: ignore[no-untyped-def] # as the base class
        self.asked += 1
        return super().flags(index)


def test_headings_do_not_ask_every_row_whether_it_is_selected(qapp: QApplication, work: Workplace) -> None:
    grid = page_of(work).sheet.grid  # type: ignore[union-attr]
    model = Counting(grid, lambda _changes, _deed: None)
    model.show_grid(grid, [FIRST_ROW] * 20_000)
    view = SheetView(work.look, "Rows", model)
    view.freeze(2)
    view.resize(900, 400)
    view.show()
    select(view, range(3))
    model.asked = 0
    assert not view.grab().isNull()
    assert model.asked < 5_000
    view.close()
    view.deleteLater()
