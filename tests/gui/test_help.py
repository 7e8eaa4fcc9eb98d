"""Help: the guide and the lists, in the reader's own language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QTextBrowser

from rowpost import __version__
from rowpost.gui.look.tokens import Appearance
from rowpost.gui.state import Step
from rowpost.gui.views.help import CHAPTER_OF, all_chapters
from rowpost.gui.views.settings import Chosen
from rowpost.gui.workplace import Workplace
from rowpost.host.about import libraries
from rowpost.wording import LANGUAGES
from tests.support.window import children, sweep


def contents_and_text(workplace: Workplace) -> tuple[QListWidget, QTextBrowser]:
    page = workplace.page(Step.HELP)
    return page.findChildren(QListWidget)[0], page.findChildren(QTextBrowser)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_opens_and_its_pictures_are_there(
    qapp: QApplication, workplace: Workplace, language: str
) -> None:
    workplace.change_look(Chosen(language, Appearance.LIGHT, 100))
    sweep()
    workplace.go(Step.HELP)
    contents, text = contents_and_text(workplace)
    chapters = all_chapters(workplace.words)
    assert [contents.item(at).text() for at in range(contents.count())] == [one.title for one in chapters]
    for at, chapter in enumerate(chapters):
        contents.setCurrentRow(at)
        qapp.processEvents()
        shown = text.toPlainText()
        assert shown.startswith(chapter.title)
        assert shown.count("\ufffc") == chapter.markdown.count("![")  # a picture's place in the text
        assert text.document().size().width() <= text.viewport().width() + 1


def test_f1_opens_the_chapter_of_the_page_one_comes_from(workplace: Workplace) -> None:
    workplace.go(Step.HISTORY)
    QTest.keyClick(workplace.window, Qt.Key.Key_F1)
    assert workplace.store.state.step is Step.HELP
    contents, _ = contents_and_text(workplace)
    keys = [chapter.key for chapter in all_chapters(workplace.words)]
    assert keys[contents.currentRow()] == CHAPTER_OF[Step.HISTORY]


def test_every_step_has_a_chapter_that_exists(workplace: Workplace) -> None:
    keys = {chapter.key for chapter in all_chapters(workplace.words)}
    assert set(CHAPTER_OF) == set(Step) - {Step.HELP}
    assert set(CHAPTER_OF.values()) <= keys


def test_support_gets_versions_and_codes_and_no_file(workplace: Workplace) -> None:
    workplace.go(Step.HELP)
    page = workplace.page(Step.HELP)
    copy = next(one for one in children(page, QPushButton) if one.text() == workplace.words("help.copy"))
    copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"Rowpost {__version__}")
    assert "target practice" in copied


def test_licences_name_every_library_the_program_ships_with(workplace: Workplace) -> None:
    licences = next(one for one in all_chapters(workplace.words) if one.key == "licences")
    assert {"requests", "openpyxl"} <= {one.name for one in libraries()}
    for library in libraries():
        assert library.licence
        assert f"**{library.name}** {library.version}" in licences.markdown
