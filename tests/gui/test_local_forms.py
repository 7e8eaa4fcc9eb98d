"""Cells in the form of the program's language: what is seen is found, copied and edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from rowpost.checks import Change, Fix
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.state import Corrected, Step
from rowpost.gui.table.preview import PreviewGrid
from rowpost.gui.table.review import ReviewGrid
from rowpost.gui.views.mapping import map_view
from rowpost.gui.views.proposal import of_copy, of_fixes
from rowpost.gui.views.review_index import Chip
from rowpost.gui.words import Words
from rowpost.gui.workplace import Workplace
from rowpost.model.cells import CellRef, Kind
from rowpost.model.table import VALUE, Cell
from rowpost.shown import EXCEL_US, habits_of
from rowpost.wiring import open_session
from rowpost.wording import Wording
from tests.support.catalogs import invoice_catalog
from tests.support.intakes import HEADINGS, row_with
from tests.support.tables import table_of
from tests.support.window import wait_for_state, wait_until, window_over

REST, DUE = HEADINGS.index("Restbeløp") + 1, HEADINGS.index("Forfallsdato") + 1
SEEN, TYPED = "3\N{NO-BREAK SPACE}657,25", "3 658,50"


@pytest.fixture(scope="module")
def work(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A Norwegian window on three invoices: amounts with thousands, due dates as the system shows them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(tmp_path_factory.mktemp("home")))
        with open_session(language="nb") as session, window_over(qapp, session) as workplace:
            workplace.open(str(book(tmp_path_factory.mktemp("book"))))
            wait_for_state(workplace, lambda state: state.opened is not None)
            workplace.deeds.columns.choose_constant("invoiceType", "PAYMENT_REMINDER")
            workplace.deeds.columns.choose_constant("currency", "NOK")
            workplace.act("check")
            wait_for_state(workplace, lambda state: state.index is not None)
            yield workplace


def book(folder: Path) -> Path:
    made = Workbook()
    sheet = made.active
    sheet.append(HEADINGS)
    for row, amount in enumerate((3657.25, 3657.25, 812), 2):
        sheet.append(row_with(Fakturanr=f"1023{row}", Restbeløp=amount, Forfallsdato=date(2026, 9, 1)))
        sheet.cell(row, REST).number_format = "#,##0.00"
        sheet.cell(row, DUE).number_format = "m/d/yy"
    path = folder / "fakturaer.xlsx"
    made.save(path)
    return path


@pytest.fixture
def page(work: Workplace) -> Iterator[ReviewPage]:
    """Review, as it was when it was opened."""
    begun = work.undo.index()
    found = review(work)
    found.choose(Chip.ALL)
    yield found
    work.undo.setIndex(begun)
    settled(work)


def review(work: Workplace) -> ReviewPage:
    found = work.page(Step.REVIEW)
    assert isinstance(found, ReviewPage)
    return found


def grid(page: ReviewPage) -> ReviewGrid:
    assert page.sheet is not None
    return page.sheet.grid


def shown(page: ReviewPage, row: int, column: int) -> str:
    return grid(page).face(row, grid(page).grid_column(column)).text


def at(page: ReviewPage, row: int, column: int) -> None:
    assert page.sheet is not None
    page.sheet.go_to(list(page.sheet.model.rows).index(row), page.sheet.grid.grid_column(column))


def settled(work: Workplace) -> None:
    wait_for_state(
        work, lambda state: state.index is not None and state.index.follows(state.edits, state.left_out)
    )


def sent(page: ReviewPage, work: Workplace) -> str:
    """The document of the row that the panel shows, once it has been judged."""
    settled(work)
    return page.panel.document_text


def test_cells_are_shown_as_excel_shows_them_there(page: ReviewPage) -> None:
    assert [shown(page, 2, column) for column in (REST, DUE)] == [SEEN, "01.09.2026"]


def test_editing_begins_with_what_is_seen_and_nothing_changed_is_no_edit(
    page: ReviewPage, work: Workplace
) -> None:
    at(page, 2, REST)
    assert page.table is not None
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == SEEN
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not work.store.state.edits
    work.deeds.reviewing.edit(2, REST, "3 657,25")
    work.deeds.reviewing.edit(2, DUE, "1.9.2026")
    assert not work.store.state.edits


def test_what_is_typed_in_the_local_form_means_the_same_in_every_language(
    page: ReviewPage, work: Workplace
) -> None:
    work.deeds.reviewing.edit(2, REST, TYPED)
    work.deeds.reviewing.edit(2, DUE, "02.09.2026")
    assert dict(work.store.state.edits) == {(2, REST): VALUE + "3658.50", (2, DUE): VALUE + "46267"}
    at(page, 2, REST)
    assert shown(page, 2, REST) == "3\N{NO-BREAK SPACE}658,50"
    assert page.panel.view.original == SEEN
    assert '"remainingAmount": 3658.50' in sent(page, work)
    chosen = work.chosen
    work.change_look(replace(chosen, language="en"))
    english = review(work)
    wait_until(lambda: english.sheet is not None)
    assert [shown(english, 2, column) for column in (REST, DUE)] == ["3,658.50", "9/2/26"]
    at(english, 2, REST)
    assert '"remainingAmount": 3658.50' in sent(english, work)
    work.change_look(chosen)


def test_what_means_two_things_is_told_not_guessed(page: ReviewPage, work: Workplace) -> None:
    work.deeds.reviewing.edit(2, REST, "1.234")
    settled(work)
    assert shown(page, 2, REST) == "1.234"
    assert [one.code for one in grid(page).problems(2, grid(page).grid_column(REST))] == ["amount.ambiguous"]


def test_what_is_seen_is_copied_and_can_be_pasted(page: ReviewPage, work: Workplace) -> None:
    assert page.table is not None
    at(page, 2, REST)
    page.table.copy()
    assert QGuiApplication.clipboard().text() == SEEN
    at(page, 4, REST)
    page.table.paste()
    assert dict(work.store.state.edits) == {(4, REST): VALUE + "3657.25"}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("3 657,25", [2, 3]),
        (SEEN, [2, 3]),
        ("3 65", [2, 3]),
        ("3,657.25", [2, 3]),
        ("657,2", [2, 3]),
        ("812,00", [4]),
        ("3 657,26", []),
        ("10232", [2]),
    ],
)
def test_what_is_seen_is_found(page: ReviewPage, text: str, rows: list[int]) -> None:
    assert page.sheet is not None
    sheet = page.sheet
    page.bar.search.setText(text)
    wait_until(lambda: list(sheet.model.rows) == rows)
    page.bar.search.setText("")
    wait_until(lambda: list(sheet.model.rows) == [2, 3, 4])


def test_the_list_of_values_speaks_as_the_cells_do(page: ReviewPage, work: Workplace) -> None:
    assert page.sheet is not None
    sheet = page.sheet
    page._work.ask_for_values(grid(page).grid_column(REST))
    wait_until(page.values.isVisible)
    assert [page.values.values.item(row).text() for row in range(2)] == [f"{SEEN}  ·  2", "812,00  ·  1"]
    page.values.search.setText("3 657")
    assert page.values.values.count() == 1
    page.values.close()
    page._work.show_value(REST, SEEN)
    wait_until(lambda: list(sheet.model.rows) == [2, 3])
    page._work.forget_value()


def test_another_value_everywhere_is_read_as_it_is_typed(page: ReviewPage, work: Workplace) -> None:
    page._work.replace(REST, SEEN, "3 600,5")
    wait_until(page.proposal.isVisible)
    assert [page.proposal.table.table_model.face(row, 3).text for row in range(2)] == ["3 600,5", "3 600,5"]
    page.proposal.yes.click()
    assert dict(work.store.state.edits) == dict.fromkeys([(2, REST), (3, REST)], VALUE + "3600.5")


def test_a_corrected_copy_is_shown_so_and_taken_as_the_value(page: ReviewPage, work: Workplace) -> None:
    copy = Corrected("k.xlsx", ((2, REST, VALUE + "3658.5"), (3, REST, "3.658")))
    made = of_copy(copy, grid(page).source.table, work.words)
    assert [(one.before, one.after) for one in made.changes] == [
        (SEEN, "3\N{NO-BREAK SPACE}658,50"),
        (SEEN, "3.658"),
    ]
    assert list(made.edits()) == [(2, REST, VALUE + "3658.5"), (3, REST, "3.658")]


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_a_fix_shows_the_time_of_day_that_the_cell_hides(epoch_1904: bool) -> None:
    words = Words(Wording("nb", invoice_catalog()), invoice_catalog())
    stored = "44500.6" if epoch_1904 else "45962.6"
    cells = [Cell(Kind.DATE, stored, "dd.mm.yyyy"), Cell(Kind.DATE, stored, "dd.mm.yyyy hh:mm")]
    written = ["2025-11-01 14:24", "01.11.2025 14:24"]
    table = table_of([[one] for one in (*cells, *written)], epoch_1904=epoch_1904)
    changes = tuple(Change(CellRef(table.sheet, row, 1), "01.11.2025", "2025-11-01") for row in range(1, 5))
    made = of_fixes([Fix("fix.date", "dueDate", changes)], table, words, lambda _: None)
    assert [(one.before, one.after) for one in made.changes] == [
        ("01.11.2025 14:24", "01.11.2025"),
        ("01.11.2025 14:24", "01.11.2025 00:00"),
        ("2025-11-01 14:24", "2025-11-01"),
        ("01.11.2025 14:24", "2025-11-01"),
    ]
    day = VALUE + ("44500" if epoch_1904 else "45962")
    assert [edit for _, _, edit in made.edits()] == [day, day, "2025-11-01", "2025-11-01"]


def test_the_other_pages_show_them_so_too(work: Workplace) -> None:
    state = work.store.state
    assert state.opened is not None
    preview = PreviewGrid(state.opened, work.words)
    assert SEEN in {preview.face(1, column).text for column in range(preview.column_count)}
    work.go(Step.MAP)
    wait_for_state(work, lambda state: map_view(state, work.words) is not None)
    view = map_view(work.store.state, work.words)
    assert view is not None
    lines = {line.key: line for group in view.groups for line in group.lines}
    assert lines["remainingAmount"].samples[0] == f"{SEEN} → 3657.25 NOK"


def test_languages_differ_in_nothing_that_is_sent() -> None:
    assert habits_of("en") is EXCEL_US
