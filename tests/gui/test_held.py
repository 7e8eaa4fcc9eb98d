"""What a person has chosen on a page is still chosen when language or appearance change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QListWidget, QTextBrowser

from rowpost.gui.look.tokens import Appearance
from rowpost.gui.pages.page import Page
from rowpost.gui.pages.review_page import ReviewPage
from rowpost.gui.parts.held import hold
from rowpost.gui.state import Place, Step
from rowpost.gui.views.review_index import Chip
from rowpost.gui.workplace import Workplace
from rowpost.wiring import open_session
from tests.support.window import let_settle, wait_for_state, wait_until, window_over


@pytest.fixture(scope="module")
def shared(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A window over the sample, judged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROWPOST_HOME", str(tmp_path_factory.mktemp("held")))
        with open_session(language="en") as session, window_over(qapp, session) as made:
            made.window.resize(1024, 640)
            made.open_sample()
            wait_for_state(made, lambda state: state.opened is not None)
            made.act("check")
            wait_for_state(made, lambda state: state.step is Step.REVIEW)
            yield made


@pytest.fixture(params=[{"language": "fi"}, {"appearance": Appearance.DARK}], ids=["language", "colours"])
def work(shared: Workplace, request: pytest.FixtureRequest) -> Iterator[tuple[Workplace, dict[str, object]]]:
    """The window, and what is going to change in it; it changes back."""
    before = shared.chosen
    yield shared, request.param
    shared.change_look(before)


def turn(workplace: Workplace, change: dict[str, object]) -> Page:
    """Change it; return the page that is there then."""
    workplace.change_look(replace(workplace.chosen, **change))  # type: ignore[arg-type]  # as they are named
    return workplace.page(workplace.store.state.step)


def review(page: Page) -> ReviewPage:
    assert isinstance(page, ReviewPage)
    return page


def test_the_cell_and_the_filter_of_review(work: tuple[Workplace, dict[str, object]]) -> None:
    workplace, change = work
    workplace.go(Step.REVIEW)
    let_settle()
    page = review(workplace.page(Step.REVIEW))
    page.choose(Chip.READY)
    page.return_to(Place(Chip.READY.value, 20, 3))
    let_settle()
    place, scrolled = page.place, hold(page).scrolled
    assert (place.chip, place.row) == (Chip.READY.value, 20)
    page = review(turn(workplace, change))
    wait_until(lambda: page.place == place and hold(page).scrolled == scrolled)


def test_a_search_and_what_it_has_found(work: tuple[Workplace, dict[str, object]]) -> None:
    workplace, change = work
    workplace.go(Step.REVIEW)
    let_settle()
    page = review(workplace.page(Step.REVIEW))
    page.choose(Chip.ALL)
    page.bar.search.setText("10207")
    wait_until(lambda: list_of_rows(page) == [10])
    page = review(turn(workplace, change))
    wait_until(lambda: page.bar.search.text() == "10207" and list_of_rows(page) == [10])
    page.bar.search.clear()
    wait_until(lambda: len(list_of_rows(page)) > 1)


def list_of_rows(page: ReviewPage) -> list[int]:
    return list(page.sheet.model.rows) if page.sheet else []


def test_the_chapter_of_help_and_how_far_it_was_read(work: tuple[Workplace, dict[str, object]]) -> None:
    workplace, change = work
    workplace.go(Step.HELP)
    let_settle()
    chapters, text = parts_of_help(workplace)
    chapters.setCurrentRow(2)
    let_settle()
    text.verticalScrollBar().setValue(60)
    turn(workplace, change)
    wait_until(lambda: parts_of_help(workplace)[0].currentRow() == 2)
    wait_until(lambda: parts_of_help(workplace)[1].verticalScrollBar().value() == 60)


def parts_of_help(workplace: Workplace) -> tuple[QListWidget, QTextBrowser]:
    page = workplace.page(Step.HELP)
    (chapters,), (text,) = page.findChildren(QListWidget), page.findChildren(QTextBrowser)
    return chapters, text


def test_a_page_that_is_not_looked_at_has_it_when_it_is(work: tuple[Workplace, dict[str, object]]) -> None:
    workplace, change = work
    workplace.go(Step.REVIEW)
    let_settle()  # the page before has had its say
    page = review(workplace.page(Step.REVIEW))
    page.choose(Chip.ALL)
    page.show_row(25)
    turn(workplace, {"text_percent": 125})
    workplace.go(Step.SETTINGS)
    turn(workplace, change)
    workplace.go(Step.REVIEW)
    page = review(workplace.page(Step.REVIEW))
    wait_until(lambda: (page.place.chip, page.place.row) == (Chip.ALL.value, 25))
